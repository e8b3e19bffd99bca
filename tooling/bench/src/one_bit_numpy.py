"""The other side of one-bit-token.mjs: the same step of the published system in NumPy, as one would write it.

Reads a line of JSON, answers one: {"bits": N or null, "runs": R, "tokens": T, "beta": b} advances R runs by T tokens and says how long that took and
the mean of (m^o_1)^2 over them. One binomial a class (Generator.binomial), or tanh for bits = null; value and key overlaps are kept in rings.
"""

import json
import sys
import time

import numpy as np

XI = {
    "o": [[-1, 1, 1], [-1, 1, -1], [1, 1, 1]],
    "v": [[-1, 1, -1], [-1, -1, 1], [-1, 1, 1]],
    "q": [[1, -1, -1], [-1, -1, -1], [1, -1, 1]],
    "k": [[-1, -1, -1], [-1, -1, 1], [-1, 1, -1]],
}
ZETA = {"v": [[-1, -1], [1, -1], [-1, 1]], "q": [[1, -1], [1, 1], [-1, -1]], "k": [[-1, -1], [-1, -1], [-1, 1]]}
L, P, EPS, GAMMA, C = 4, 2, 0.02, 220.0, 3
WORDS = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
PROJECT = {role: (1 - EPS) / C * np.array(XI[role]).T for role in "vqk"}
OFFSET = {role: EPS / P * WORDS @ np.array(ZETA[role]).T for role in "vqk"}
OUT = np.array(XI["o"])
G = GAMMA / np.sqrt(3)
generator = np.random.default_rng(1)


def advance(bits, runs, tokens, beta):
    u = np.tile(np.array([-1.0, 1.0, 1.0]), (runs, 1))
    values, keys = np.zeros((runs, L, 3)), np.zeros((runs, L, 3))
    total, n = 0.0, None if bits is None else bits // C
    start = time.perf_counter()
    for t in range(tokens):
        phase, slot, seen = t % 4, t % L, min(t + 1, L)
        values[:, slot] = u @ PROJECT["v"] + OFFSET["v"][phase]
        keys[:, slot] = u @ PROJECT["k"] + OFFSET["k"][phase]
        query = u @ PROJECT["q"] + OFFSET["q"][phase]
        logits = G * np.einsum("ra,rla->rl", query, keys[:, :seen])
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        fields = np.einsum("rl,rla->ra", weights, values[:, :seen]) @ OUT
        u = np.tanh(beta * fields)
        if n is not None:
            u = 2 * generator.binomial(n, (1 + u) / 2) / n - 1
        if t >= tokens // 2:
            total += float(np.mean((u @ OUT[0] / C) ** 2))
    return {"seconds": time.perf_counter() - start, "moment": total / (tokens - tokens // 2), "versions": f"NumPy {np.__version__}, Python {sys.version.split()[0]}"}


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(advance(**asked)), flush=True)
