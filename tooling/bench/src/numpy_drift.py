"""The other side of kernels.mjs: the drift of softmax attention in NumPy, as a textbook has it and as a careful user writes it.

Reads a line of JSON, answers a line of JSON. {"tokens": [...], "n": n, "d": d} keeps the tokens in both precisions;
{"time": "textbook" | "chunked", "dtype": "f64" | "f32", "beta": beta} times one drift in processor time.
Run by kernels.mjs with Debian's python3-numpy, on one thread.
"""

import json
import sys
import time

import numpy as np

ROWS = 64


def textbook(x, beta, _):
    scores = beta * (x @ x.T)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    mean = weights @ x
    return mean - (x * mean).sum(axis=1, keepdims=True) * x


def chunked(x, beta, scratch):
    """Rows in chunks whose scores stay in the cache, arrays made once. Tokens are unit: |beta| bounds the scores."""
    scores, mean = scratch
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


FORMS = {"textbook": textbook, "chunked": chunked}
tokens = {}
scratch = {}
for line in sys.stdin:
    asked = json.loads(line)
    if "tokens" in asked:
        x = np.array(asked["tokens"]).reshape(asked["n"], asked["d"])
        for name, dtype in (("f64", np.float64), ("f32", np.float32)):
            tokens[name] = np.ascontiguousarray(x.astype(dtype))
            scratch[name] = (np.empty((ROWS, len(x)), dtype), np.empty(x.shape, dtype))
        answer = {"versions": f"NumPy {np.__version__}, Python {sys.version.split()[0]}"}
    else:
        form, dtype, beta = FORMS[asked["time"]], asked["dtype"], asked["beta"]
        start = time.process_time()
        drift = form(tokens[dtype], tokens[dtype].dtype.type(beta), scratch[dtype])
        answer = {"seconds": time.process_time() - start, "drift": drift[:: max(1, len(drift) // 8)].ravel().tolist()}
    print(json.dumps(answer), flush=True)
