"""The drift of softmax attention in NumPy, as a textbook has it and as a careful user writes it. Asked by rivals/python.mjs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from rival import answer, numpy_version, serve

try:
    import numpy as np
except ImportError:
    answer({"absent": "python3-numpy is not installed"})
    sys.exit()

ROWS = 64


def kept(problem, dtype):
    n, d = problem["n"], problem["d"]
    x = np.array(problem["x"]).reshape(n, d).astype(np.float64 if dtype == "f64" else np.float32)
    return x, x.dtype.type(problem["beta"]), np.empty((ROWS, n), x.dtype), np.empty(x.shape, x.dtype)


def textbook(problem):
    x, beta, *_ = problem
    scores = beta * (x @ x.T)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    mean = weights @ x
    return mean - (x * mean).sum(axis=1, keepdims=True) * x


def chunked(problem):
    """Rows in chunks whose scores stay in the cache, arrays made once. Tokens are unit: |beta| bounds the scores."""
    x, beta, scores, mean = problem
    for at in range(0, len(x), ROWS):
        chunk = x[at : at + ROWS]
        weights = scores[: len(chunk)]
        np.matmul(beta * chunk, x.T, out=weights)
        weights -= abs(beta)
        np.exp(weights, out=weights)
        sums = weights.sum(axis=1, keepdims=True)
        np.matmul(weights, x, out=mean[at : at + ROWS])
        mean[at : at + ROWS] /= sums
    return mean - np.einsum("ik,ik->i", x, mean)[:, None] * x


serve(lambda _: numpy_version(np), {"textbook": textbook, "chunked": chunked}, kept)
