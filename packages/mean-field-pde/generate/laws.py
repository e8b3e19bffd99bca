#!/usr/bin/env python3
"""Writes test/fixtures/laws.json: departure laws, the race of modes and their Landau coefficients, by mpmath at 30 digits.

Departure of degree k on S^{d-1}: T = max(0, (ln M - ln X) / (2 gamma)), M = n r^2 / (1 - g r^2), X ~ chi2_D / D.
Race on the circle: T_k as above with D = 2 (X ~ Exp(1)), first = min_k T_k, winner = argmin_k of the untruncated T_k.
Everything is integrated from the densities; nothing here uses the closed forms of the package.
Run: python3 generate/laws.py
"""
import json
import os
import mpmath as mp

mp.mp.dps = 30
HERE = os.path.dirname(__file__)


def gamma(flow, beta, k, d=2):
    beta = mp.mpf(beta)
    nu = mp.mpf(d) / 2 - 1
    if beta == 0:
        return mp.mpf(d - 1) / d if k == 1 else mp.mpf(0)
    sa = k * (k + d - 2) / beta * mp.besseli(k + nu, beta) / mp.besseli(nu, beta)
    c0 = mp.gamma(mp.mpf(d) / 2) * (2 / beta) ** nu * mp.besseli(nu, beta)
    return sa if flow == "SA" else sa * c0


def landau_sa(beta, k):
    """Saturation of one mode of SA with its slaved double, closed form."""
    beta = mp.mpf(beta)
    i0 = mp.besseli(0, beta)
    r1, r2 = mp.besseli(k, beta) / i0, mp.besseli(2 * k, beta) / i0
    return (1 - r1) * (1 + r2 / (1 - 2 * r2 / r1) + r1)


def upper(dim, x):
    """P(chi2_D / D >= x)."""
    return mp.gammainc(mp.mpf(dim) / 2, mp.mpf(dim) * x / 2, regularized=True)


def departure(rate, M, dim):
    """Atom, mean, sd and quantiles of max(0, (ln M - ln X) / 2 rate) by integrating the survival function."""
    M = mp.mpf(M)
    below = lambda t: 1 - upper(dim, M * mp.e ** (-2 * rate * t))
    scale = 1 / (2 * rate)
    start = max(mp.mpf(0), mp.log(M) * scale)
    cuts = [mp.mpf(0)] + [start + scale * s for s in range(-6, 60, 2) if start + scale * s > 0] + [start + 140 * scale]
    mean = mp.quad(below, cuts)
    second = mp.quad(lambda t: 2 * t * below(t), cuts)
    quantiles = []
    for p in [mp.mpf("0.05"), mp.mpf("0.5"), mp.mpf("0.95")]:
        x = mp.findroot(lambda u: upper(dim, mp.e ** u) - p, (mp.mpf(-12), mp.mpf(4)), solver="anderson", tol=1e-40, maxsteps=300)
        quantiles.append(float(max(mp.mpf(0), (mp.log(M) - x) * scale)))
    return {"atom": float(upper(dim, M)), "mean": float(mean), "sd": float(mp.sqrt(second - mean ** 2)), "quantiles": quantiles}


def departures():
    rows = []
    for flow, beta, d, k, n, r, g in [
        ("USA", 0.5, 2, 1, 256, 0.2, 1), ("USA", 0.5, 2, 1, 4096, 0.5, 1), ("SA", 0.5, 2, 1, 256, 0.2, "sa"),
        ("SA", 0.5, 2, 1, 1024, 0.5, "sa"), ("USA", 2, 2, 2, 256, 0.2, 1), ("SA", 5, 2, 3, 1024, 0.2, "sa"),
        ("USA", 0.5, 2, 1, 8, 0.3, 1), ("SA", 0, 3, 1, 256, 0.5, "zero"), ("SA", 0, 8, 1, 256, 0.5, "zero"),
        ("SA", 0, 128, 1, 256, 0.5, "zero"), ("USA", 0, 8, 1, 10, 0.4, "zero"),
    ]:
        rate = gamma(flow, beta, k, d)
        if g == "sa":
            g = landau_sa(beta, k)
        elif g == "zero":
            g = mp.mpf(d * d) / ((d + 2) * (d - 1))
        dim = 2 if d == 2 else d
        q = mp.mpf(r) ** 2 / (1 - g * mp.mpf(r) ** 2)
        row = {"flow": flow, "beta": beta, "d": d, "k": k, "n": n, "r": r, "rate": float(rate), "g": float(g)}
        row.update(departure(rate, n * q, dim))
        rows.append(row)
    return rows


def race(flow, beta, n, r, modes):
    """USA: g = 1 in every mode. SA: g where gamma_2k <= gamma_k, else 0."""
    rates = [gamma(flow, beta, k) for k in modes]
    ms = []
    for k, rate in zip(modes, rates):
        g = mp.mpf(1)
        if flow == "SA":
            g = landau_sa(beta, k) if gamma(flow, beta, 2 * k) <= rate else mp.mpf(0)
        ms.append(n * mp.mpf(r) ** 2 / (1 - g * mp.mpf(r) ** 2))
    below = lambda j, t: -mp.expm1(-ms[j] * mp.e ** (-2 * rates[j] * t))
    survival = lambda t: mp.fprod(below(j, t) for j in range(len(modes)))
    fastest = max(rates)
    centre = max(mp.log(m) / (2 * g) for m, g in zip(ms, rates) if g > fastest / 4)
    step = mp.mpf(1) / (2 * fastest)
    cuts = [step * i for i in range(0, int(centre / step) + 60, 1)]
    mean = mp.quad(survival, cuts)
    second = mp.quad(lambda t: 2 * t * survival(t), cuts)
    wins = []
    for i in range(len(modes)):
        def integrand(t):
            u = ms[i] * mp.e ** (-2 * rates[i] * t)
            return 2 * rates[i] * u * mp.e ** (-u) * mp.fprod(below(j, t) for j in range(len(modes)) if j != i)
        wins.append(float(mp.quad(integrand, [step * c for c in range(-60, len(cuts), 1)])))
    return {"flow": flow, "beta": beta, "n": n, "r": r, "modes": modes, "mean": float(mean),
            "sd": float(mp.sqrt(second - mean ** 2)), "wins": wins}


rows = departures()
races = [race("USA", 5, 1024, 0.2, [1, 2, 3, 4, 5, 6, 7]), race("SA", 5, 1024, 0.2, [1, 2, 3, 4, 5, 6]),
         race("USA", 2, 256, 0.2, [1, 2, 3, 4]), race("SA", 2, 1024, 0.5, [1, 2, 3, 4])]
with open(os.path.join(HERE, "..", "test", "fixtures", "laws.json"), "w") as file:
    file.write('{\n"about": "Departure laws and races of modes; mpmath 30 digits, generate/laws.py",\n')
    file.write('"departures": [\n' + ",\n".join(json.dumps(row) for row in rows) + '\n],\n')
    file.write('"races": [\n' + ",\n".join(json.dumps(row) for row in races) + '\n]\n}\n')
