"""Reference nodes and weights of Gauss-Legendre rules.

Run:  python3 test/tables/generate-quadrature.py
Needs mpmath (made with 1.2.1, 40 digits). Newton's iteration on the recurrence for a few nodes x > 0 of each rule, the
outermost and the innermost among them. A row is [n, place counted from the right end, 1 - x, weight].
"""

import json
import pathlib
import mpmath as mp

mp.mp.dps = 40


def pair(n, x):
    p, q = mp.mpf(1), x
    for k in range(1, n):
        p, q = q, ((2 * k + 1) * x * q - k * p) / (k + 1)
    return p, q


def node(n, i):
    x = mp.cos(mp.pi * (4 * i + 3) / (4 * n + 2))
    for _ in range(6):
        p, q = pair(n, x)
        x -= q * (1 - x * x) / (n * (p - x * q))
    p, q = pair(n, x)
    slope = n * (p - x * q) / (1 - x * x)
    return [n, i, float(1 - x), float(2 / ((1 - x * x) * slope**2))]


rows = []
for n in [2, 3, 5, 8, 13, 32, 64, 127, 500, 2000]:
    half = n // 2
    rows += [node(n, i) for i in sorted({0, 1, half // 4, half // 2, 3 * half // 4, half - 1}) if i < half]
table = {
    "header": {
        "what": "Gauss-Legendre nodes and weights",
        "generator": f"test/tables/generate-quadrature.py, mpmath {mp.__version__}, 40 digits",
        "date": "2026-11-22",
        "rows": "[n, place from the right end, 1 - node, weight]",
    },
    "rows": rows,
}
text = json.dumps(table, separators=(",", ":")).replace("],[", "],\n[")
(pathlib.Path(__file__).parent / "gauss-legendre.json").write_text(text + "\n")
