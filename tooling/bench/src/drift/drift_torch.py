"""The drift of softmax attention in PyTorch, and by its fused attention where it has one (2.0 on). Asked by rivals/python.mjs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from rival import answer, serve

try:
    import torch
except ImportError:
    answer({"absent": "python3-torch is not installed"})
    sys.exit()

torch.set_grad_enabled(False)


def kept(problem, dtype):
    x = torch.tensor(problem["x"], dtype=torch.float64).reshape(problem["n"], problem["d"])
    return x.to(torch.float64 if dtype == "f64" else torch.float32), problem["beta"]


def tangent(x, mean):
    return mean - (x * mean).sum(dim=1, keepdim=True) * x


def textbook(problem):
    x, beta = problem
    return tangent(x, torch.softmax(beta * (x @ x.T), dim=1) @ x)


def fused(problem):
    x, beta = problem
    queries = (beta * x.shape[1] ** 0.5 * x)[None, None]
    return tangent(x, torch.nn.functional.scaled_dot_product_attention(queries, x[None, None], x[None, None])[0, 0])


def version(threads):
    torch.set_num_threads(threads)
    return f"PyTorch {torch.__version__}"


forms = {"textbook": textbook}
if hasattr(torch.nn.functional, "scaled_dot_product_attention"):
    forms["fused"] = fused
serve(version, forms, kept)
