#!/usr/bin/env python3
"""Writes test/fixtures/linear.json: growth rates of harmonics about the uniform measure, by mpmath at 50 digits.

gamma_k^SA = (lambda_k / beta) I_{k+nu}(beta) / I_nu(beta), gamma_k^USA = c_0 gamma_k^SA, c_0 = Gamma(d/2) (2/beta)^nu I_nu(beta),
nu = d/2 - 1, lambda_k = k (k + d - 2). Transitions: roots of gamma_{k+1} = gamma_k in beta.
Run: python3 generate/linear.py
"""
import json
import os
import mpmath as mp

mp.mp.dps = 50
DIMENSIONS = [2, 3, 8, 128]
BETAS = ["0.001", "0.01", "0.1", "0.5", "1", "2", "5", "10", "31.5", "100", "316.25", "1000"]
DEGREES = [1, 2, 3, 5, 8, 13, 21, 34, 60]
TABLE_BETAS = [0.5, 1, 2, 3, 4, 5, 7, 9, 16, 25, 36, 64, 100]


def gamma_sa(k, d, beta):
    nu = mp.mpf(d) / 2 - 1
    return k * (k + d - 2) / beta * mp.besseli(k + nu, beta) / mp.besseli(nu, beta)


def log_c0(d, beta):
    nu = mp.mpf(d) / 2 - 1
    return mp.loggamma(mp.mpf(d) / 2) + nu * mp.log(2 / beta) + mp.log(mp.besseli(nu, beta))


def rates():
    rows = []
    for d in DIMENSIONS:
        for text in BETAS:
            # The double nearest to the decimal is the argument both sides see.
            beta = mp.mpf(float(text))
            for k in DEGREES:
                sa = gamma_sa(k, d, beta)
                log_usa = mp.log(sa) + log_c0(d, beta)
                row = {"d": d, "beta": float(text), "k": k, "log_sa": float(mp.log(sa)), "log_usa": float(log_usa)}
                if mp.mpf("1e-300") < sa:
                    row["sa"] = float(sa)
                if -690 < log_usa < 709:
                    row["usa"] = float(mp.e ** log_usa)
                rows.append(row)
    return rows


def dominant(d, beta):
    k = 1
    while gamma_sa(k + 1, d, mp.mpf(beta)) > gamma_sa(k, d, mp.mpf(beta)):
        k += 1
    return k


def transitions():
    rows = []
    for d in DIMENSIONS:
        for k in [1, 2, 3, 4, 5, 6]:
            f = lambda b: gamma_sa(k + 1, d, b) / gamma_sa(k, d, b) - 1
            low, high = mp.mpf("0.01"), mp.mpf(4 * d * (k + 1) + 40)
            rows.append({"d": d, "k": k, "beta": float(mp.findroot(f, (low, high), solver="anderson", tol=1e-60, maxsteps=400))})
    return rows


out = {
    "about": "Growth rates, dominant degrees and transitions about the uniform measure; mpmath 50 digits, generate/linear.py",
    "rates": rates(),
    "dominant": [{"d": d, "beta": b, "k": dominant(d, b)} for d in DIMENSIONS for b in TABLE_BETAS],
    "transitions": transitions(),
}
target = os.path.join(os.path.dirname(__file__), "..", "test", "fixtures", "linear.json")
with open(target, "w") as file:
    file.write("{\n")
    file.write(f'"about": {json.dumps(out["about"])},\n')
    for i, name in enumerate(["rates", "dominant", "transitions"]):
        rows = ",\n".join(json.dumps(row) for row in out[name])
        file.write(f'"{name}": [\n{rows}\n]{"," if i < 2 else ""}\n')
    file.write("}\n")
