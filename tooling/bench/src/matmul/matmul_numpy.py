"""Batched products in NumPy, into an array that is made once. Asked by rivals/python.mjs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from rival import answer, numpy_version, serve

try:
    import numpy as np
except ImportError:
    answer({"absent": "python3-numpy is not installed"})
    sys.exit()


def kept(problem, dtype):
    batch, m, k, n = (problem[name] for name in ("batch", "m", "k", "n"))
    numbers = np.float64 if dtype == "f64" else np.float32
    return np.array(problem["a"], numbers).reshape(batch, m, k), np.array(problem["b"], numbers).reshape(batch, k, n), np.empty((batch, m, n), numbers)


serve(lambda _: numpy_version(np), {"matmul": lambda problem: np.matmul(problem[0], problem[1], out=problem[2])}, kept)
