"""The drift of softmax attention in PyTorch, and its fused attention where it has one (2.0 on). Asked by python.mjs, see rival.py."""

import sys

from rival import answer, serve

try:
    import torch
except ImportError:
    answer({"absent": "python3-torch is not installed"})
    sys.exit()

torch.set_grad_enabled(False)


def kept(numbers, n, d, dtype):
    return torch.tensor(numbers, dtype=torch.float64).reshape(n, d).to(torch.float64 if dtype == "f64" else torch.float32)


def tangent(x, mean):
    return mean - (x * mean).sum(dim=1, keepdim=True) * x


def textbook(x, beta):
    return tangent(x, torch.softmax(beta * (x @ x.T), dim=1) @ x)


def fused(x, beta):
    queries = (beta * x.shape[1] ** 0.5 * x)[None, None]
    return tangent(x, torch.nn.functional.scaled_dot_product_attention(queries, x[None, None], x[None, None])[0, 0])


def version(threads):
    torch.set_num_threads(threads)
    return f"PyTorch {torch.__version__}"


forms = {"textbook": textbook}
if hasattr(torch.nn.functional, "scaled_dot_product_attention"):
    forms["fused"] = fused
serve(version, forms, kept, lambda drift: drift.flatten().tolist())
