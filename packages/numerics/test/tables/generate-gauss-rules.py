"""Reference nodes and weights of Gauss rules by function and regime: test/tables/gauss-rules.json.

Run:  python3 test/tables/generate-gauss-rules.py        (a minute)
Needs mpmath (made with 1.2.1, 50 digits) and numpy (first guesses). Newton's iteration on the recurrence of the monic
polynomials for a few nodes x >= 0 of each rule, the outermost and the innermost among them. A row is
[n, lambda, place counted from the right end, value, (exact - value)/ulp(value)]; lambda is 0 where it has no meaning.
Weights below the normal doubles are left out.
"""

import datetime
import json
import math
import pathlib

import mpmath as mp
import numpy as np

mp.mp.dps = 50


def rule(n, squares, mass, steepness):
    """[place, node, weight] of some nodes; steepness(x, p_{n-1}, p_n) is p_n'(x)."""
    jacobi = np.diag(np.sqrt(np.array([float(g) for g in squares[1:]])), 1)
    guesses = np.sort(np.linalg.eigvalsh(jacobi + jacobi.T))[::-1]
    norm = mass * mp.fprod(squares[1:])

    def pair(x):
        p, q = mp.mpf(1), x
        for k in range(1, n):
            p, q = q, x * q - squares[k] * p
        return p, q

    half = (n + 1) // 2
    places = sorted({0, 1, 2, half // 4, half // 2, 3 * half // 4, half - 1} & set(range(half)))
    found = []
    for i in places:
        x = mp.mpf(float(guesses[i])) if 2 * i != n - 1 else mp.mpf(0)
        for _ in range(3 if 2 * i != n - 1 else 0):
            p, q = pair(x)
            x -= q / steepness(x, p, q)
        p, q = pair(x)
        found.append((i, x, norm / (steepness(x, p, q) * p)))
    return found


def hermite(n):
    squares = [mp.mpf(k) / 2 for k in range(n)]
    return rule(n, squares, mp.sqrt(mp.pi), lambda x, p, q: n * p)


def gegenbauer(n, lam):
    lam = mp.mpf(lam)
    squares = [mp.mpf(0)] + [k * (k - 1 + 2 * lam) / (4 * (k + lam) * (k - 1 + lam)) if k > 1 else 1 / (2 * (1 + lam)) for k in range(1, n)]
    mass = mp.sqrt(mp.pi) * mp.gamma(lam + mp.mpf(1) / 2) / mp.gamma(lam + 1)
    kappa = n * (n - 1 + 2 * lam) / (2 * (n - 1 + lam)) if n > 1 else mp.mpf(1)
    return rule(n, squares, mass, lambda x, p, q: (kappa * p - n * x * q) / (1 - x * x))


def entry(n, lam, i, exact):
    value = float(exact)
    rest = float((exact - mp.mpf(value)) / mp.mpf(math.ulp(value)))
    return [n, lam, i, value, round(rest, 4)]


def regimes(rules):
    out = {}
    for name, n, lam, found in rules:
        out.setdefault(f"nodes, {name}", []).extend(entry(n, lam, i, x) for i, x, _ in found if x != 0)
        out.setdefault(f"weights, {name}", []).extend(entry(n, lam, i, w) for i, _, w in found if w > 2.3e-308)
    return out


few, many = [2, 3, 4, 7, 16, 33, 64], [100, 255, 500, 1000, 2000]
tables = {
    "gaussLegendre": {"weights, n to 2000": [entry(n, 0, i, w) for n in few + many for i, _, w in gegenbauer(n, 0.5)]},
    "gaussHermite": regimes([("n to 64", n, 0, hermite(n)) for n in [1] + few] + [("n to 2000", n, 0, hermite(n)) for n in many]),
    "gaussGegenbauer": regimes(
        [("lambda -0.499 to 0.4", n, lam, gegenbauer(n, lam)) for lam in [-0.499, -0.25, 0, 0.125, 0.4] for n in [1] + few + [255] + [1000] * (lam == -0.25)]
        + [("lambda 0.5 to 31", n, lam, gegenbauer(n, lam)) for lam in [0.5, 0.7, 1, 3.25, 31] for n in [1] + few + [255] + [2000] * (lam == 31)]
        + [("lambda 255 to 1e4", n, lam, gegenbauer(n, lam)) for lam in [255, 2047, 1e4] for n in [1] + few + [255] + [1000] * (lam == 2047)]
    ),
}
header = {
    "what": "Gauss rules",
    "generator": f"test/tables/generate-gauss-rules.py, mpmath {mp.__version__}, 50 digits",
    "date": datetime.date.today().isoformat(),
    "rows": "[n, lambda, place from the right end, value, (exact - value)/ulp]",
}
text = json.dumps({"header": header, "tables": tables}, separators=(",", ":")).replace("],[", "],\n[")
(pathlib.Path(__file__).parent / "gauss-rules.json").write_text(text + "\n")
