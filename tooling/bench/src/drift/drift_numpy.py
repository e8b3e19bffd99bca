"""The drift of softmax attention in NumPy, as a textbook has it and as a careful user writes it. Asked by python.mjs, see rival.py."""

import ctypes
import sys

from rival import answer, serve

try:
    import numpy as np
except ImportError:
    answer({"absent": "python3-numpy is not installed"})
    sys.exit()

ROWS = 64


def kept(numbers, n, d, dtype):
    x = np.array(numbers).reshape(n, d).astype(np.float64 if dtype == "f64" else np.float32)
    return x, np.empty((ROWS, n), x.dtype), np.empty(x.shape, x.dtype)


def tangent(x, mean):
    return mean - (x * mean).sum(axis=1, keepdims=True) * x


def textbook(tokens, beta):
    x = tokens[0]
    scores = x.dtype.type(beta) * (x @ x.T)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    return tangent(x, weights @ x)


def chunked(tokens, beta):
    """Rows in chunks whose scores stay in the cache, arrays made once. Tokens are unit: |beta| bounds the scores."""
    x, scores, mean = tokens
    beta = x.dtype.type(beta)
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


def version(_):
    try:
        config = ctypes.CDLL("libblas.so.3").openblas_get_config
        config.restype = ctypes.c_char_p
        words = config().decode().split()
        blas = f"{words[0]} {words[1]}, kernels for {words[-2]}"
    except (OSError, AttributeError, IndexError):
        blas = "its BLAS"
    return f"NumPy {np.__version__}, {blas}"


serve(version, {"textbook": textbook, "chunked": chunked}, kept, lambda drift: drift.ravel().tolist())
