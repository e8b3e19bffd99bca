"""The mean-field map of 1-bit self-attention and its Lyapunov spectrum in NumPy, asked block by block by one-bit-limit.mjs.

As one would write it with care: overlaps of old tokens are kept, the Jacobian is analytic, QR is LAPACK's.
"""
import json
import sys
from time import process_time

import numpy as np


class Map:
    def __init__(self, system, L, beta, gamma, eps):
        w = np.array(system["weights"])
        xi = {r: np.array(system["xi"][r], float) for r in "ovqk"}
        zeta = {r: np.array(system["zeta"][r], float) for r in "ovqk"}
        m, p = zeta["o"].shape
        self.L, self.beta, self.g = L, beta, gamma / np.sqrt(m)
        self.out = xi["o"].T.copy()
        self.project = {r: (1 - eps) * xi[r] * w for r in "vqk"}
        words = np.array([[1 if (t >> (p - 1 - j)) & 1 else -1 for j in range(p)] for t in range(2**p)])
        self.offset = {r: eps / p * words @ zeta[r].T for r in "vqk"}
        self.start(xi["o"][0])

    def start(self, u):
        self.t, self.values, self.keys = 0, [], []
        self.push(u)

    def push(self, u):
        phase = self.t % len(self.offset["v"])
        self.values.insert(0, self.project["v"] @ u + self.offset["v"][phase])
        self.keys.insert(0, self.project["k"] @ u + self.offset["k"][phase])
        self.query = self.project["q"] @ u + self.offset["q"][phase]
        del self.values[self.L:], self.keys[self.L:]

    def attend(self):
        self.V, self.K = np.array(self.values), np.array(self.keys)
        logits = self.g * (self.K @ self.query)
        alpha = np.exp(logits - logits.max())
        self.alpha = alpha / alpha.sum()
        self.A = self.alpha @ self.V
        self.h = self.out @ self.A

    def step(self):
        self.attend()
        u = np.tanh(self.beta * self.h)
        self.t += 1
        self.push(u)
        return u

    def tangent_step(self, Q):
        """Q (L C, k), newest token first."""
        self.attend()
        C = len(self.h)
        away = (self.V - self.A) @ self.out.T
        kq = self.g * (self.query @ self.project["k"])
        ov = self.out @ self.project["v"]
        J = self.alpha[:, None, None] * (ov[None] + away[:, :, None] * kq[None, None, :])
        J[0] += self.g * ((self.alpha[:, None] * away).T @ self.K) @ self.project["q"]
        J *= (self.beta / np.cosh(self.beta * self.h) ** 2)[None, :, None]
        top = J.transpose(1, 0, 2).reshape(C, -1) @ Q
        u = np.tanh(self.beta * self.h)
        self.t += 1
        self.push(u)
        return np.vstack([top, Q[:-C]])


def work(state, question):
    kind = question["work"]
    if kind == "prepare":
        state["map"] = Map(question["system"], question["L"], question["beta"], question["gamma"], question["eps"])
        return {}
    m = state["map"]
    if kind == "trajectory":
        return {"u": [m.step().tolist() for _ in range(question["tokens"])]}
    start = process_time()
    if kind == "token":
        for _ in range(question["tokens"]):
            m.step()
        return {"seconds": process_time() - start}
    Q = np.eye(m.L * len(m.out))
    total = np.zeros(len(Q))
    for _ in range(question["tokens"]):
        Q, R = np.linalg.qr(m.tangent_step(Q))
        total += np.log(np.abs(np.diag(R)))
    return {"seconds": process_time() - start, "exponents": (total / question["tokens"]).tolist()}


known = {}
for line in sys.stdin:
    print(json.dumps(work(known, json.loads(line))), flush=True)
