"""Slowest relaxation times of small count chains, by linear algebra in many digits: test/fixtures/relaxation.json.

One class, features v = value * o and k = key * o, context L, no positions. The kernel between windows of counts is written out in mpmath,
its largest eigenvalues below 1 found by inverse iteration of (1 + shift - P) with LU factors at DIGITS digits. Needs python3-mpmath.

    python3 generate/relaxation_tables.py > test/fixtures/relaxation.json
"""
import datetime
import itertools
import json

from mpmath import mp, mpf

DIGITS = 60
mp.dps = DIGITS

CASES = [
    # bits, context, beta, gamma, value, key
    (80, 1, "1.5", "0", 1, 1),
    (120, 1, "1.5", "0", 1, 1),
    (40, 1, "0.5", "0", 1, 1),
    (60, 1, "2", "0", -1, 1),
    (10, 2, "1.5", "3", 1, 1),
    (14, 2, "2.5", "2", 1, -1),
]


def kernel(bits, context, beta, gamma, value, key):
    u = [mpf(2 * k - bits) / bits for k in range(bits + 1)]
    windows = list(itertools.product(range(bits + 1), repeat=context))  # newest last: index sum s_d S^d
    index = {w: i for i, w in enumerate(windows)}
    n = len(windows)
    p = [[mpf(0)] * n for _ in range(n)]
    choose = [mp.binomial(bits, k) for k in range(bits + 1)]
    for w, i in index.items():
        newest = u[w[-1]]
        logits = [gamma * newest * key * u[s] for s in w]
        weights = [mp.exp(x) for x in logits]
        field = beta * value * sum(a * u[s] for a, s in zip(weights, w)) / sum(weights)
        up = (1 + mp.tanh(field)) / 2
        for k in range(bits + 1):
            p[i][index[w[1:] + (k,)]] += choose[k] * up**k * (1 - up) ** (bits - k)
    return p, n


def lu(a, n):
    order = list(range(n))
    for k in range(n):
        best = max(range(k, n), key=lambda i: abs(a[i][k]))
        a[k], a[best] = a[best], a[k]
        order[k], order[best] = order[best], order[k]
        for i in range(k + 1, n):
            if a[i][k] == 0:
                continue
            f = a[i][k] / a[k][k]
            a[i][k] = f
            row, top = a[i], a[k]
            for j in range(k + 1, n):
                row[j] -= f * top[j]
    return order


def solve(a, order, b, n):
    x = [b[i] for i in order]
    for i in range(n):
        x[i] -= sum(a[i][j] * x[j] for j in range(i))
    for i in reversed(range(n)):
        x[i] = (x[i] - sum(a[i][j] * x[j] for j in range(i + 1, n))) / a[i][i]
    return x


def slowest(p, n, near):
    """The eigenvalue of P nearest to `near` among those that are not 1: (near - P) inverted on functions whose stationary mean is 0."""
    shift = mpf(10) ** -40
    a = [[(near + (shift if near > 0 else -shift) if i == j else mpf(0)) - p[i][j] for j in range(n)] for i in range(n)]
    order = lu(a, n)
    # Left null vector (stationary law) by iteration of the transpose is slow; deflate by two vectors instead: iterate and remove constants.
    transposed = [[(1 + shift if i == j else mpf(0)) - p[j][i] for j in range(n)] for i in range(n)]
    left_order = lu(transposed, n)
    law = [mpf(1) / n] * n
    for _ in range(3):
        law = solve(transposed, left_order, law, n)
        total = sum(law)
        law = [x / total for x in law]
    f = [mpf((i * 61803) % 100000) / 100000 for i in range(n)]
    old = mpf(0)
    for _ in range(400):
        mean = sum(x * y for x, y in zip(law, f))
        f = [x - mean for x in f]
        size = max(abs(x) for x in f)
        f = [x / size for x in f]
        g = solve(a, order, f, n)
        mean = sum(x * y for x, y in zip(law, g))
        g = [x - mean for x in g]
        at = max(range(n), key=lambda i: abs(f[i]))
        value = g[at] / f[at]
        f = g
        if abs(value / old - 1) < mpf(10) ** -18 if old else False:
            break
        old = value
    return (near + (shift if near > 0 else -shift)) - 1 / value


rows = []
for bits, context, beta, gamma, value, key in CASES:
    p, n = kernel(bits, context, mpf(beta), mpf(gamma), value, key)
    best = max((slowest([list(r) for r in p], n, mpf(s)) for s in (1, -1)), key=abs)
    rows.append({
        "bits": bits, "contextLength": context, "beta": float(beta), "gamma": float(gamma), "value": value, "key": key,
        "multiplier": mp.nstr(best, 25), "time": float(-1 / mp.log(abs(best))),
    })

print(json.dumps({
    "function": "slowest relaxation time of the chain of class counts, in tokens",
    "generator": "generate/relaxation_tables.py (mpmath)",
    "precision": f"{DIGITS} digits",
    "date": datetime.date.today().isoformat(),
    "rows": rows,
}, indent=1))
