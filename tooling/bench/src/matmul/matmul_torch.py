"""Batched products in PyTorch, into a tensor that is made once. Asked by rivals/python.mjs."""

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
    batch, m, k, n = (problem[name] for name in ("batch", "m", "k", "n"))
    numbers = torch.float64 if dtype == "f64" else torch.float32
    a, b = (torch.tensor(problem[name], dtype=torch.float64).to(numbers) for name in ("a", "b"))
    return a.reshape(batch, m, k), b.reshape(batch, k, n), torch.empty((batch, m, n), dtype=numbers)


def version(threads):
    torch.set_num_threads(threads)
    return f"PyTorch {torch.__version__}"


serve(version, {"matmul": lambda problem: torch.matmul(problem[0], problem[1], out=problem[2])}, kept)
