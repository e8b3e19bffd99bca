"""Reference values of the fits over sizes for test/fixtures/scaling.json: SciPy's least_squares at tolerance 1e-15, mpmath at 50 digits, and a plain
numpy transcription of Houdayer and Hartmann (2004), eqs. (14) to (16).

    python3 scripts/scaling.py > test/fixtures/scaling.json
"""
import json
import numpy as np
from mpmath import mp, mpf, matrix, lu_solve, findroot
from scipy.optimize import least_squares

mp.dps = 50
rng = np.random.default_rng(20261125)


def fit(residual, start):
    best = least_squares(residual, start, xtol=1e-15, ftol=1e-15, gtol=1e-15, x_scale="jac", max_nfev=20000)
    return [float(x) for x in best.x], float(2 * best.cost)


def limits():
    for p, sizes in ((1.0, [16, 32, 64, 128, 256]), (0.5, [10, 30, 90, 200, 1000, 5000]), (1.7, [8, 16, 32, 64, 128])):
        n = np.array(sizes, float)
        errors = 0.004 * (1 + np.arange(len(n)) / 3)
        values = 2.5 - 3 / n**p + errors * rng.standard_normal(len(n))
        free, chi = fit(lambda t: (values - t[0] - t[1] / n ** t[2]) / errors, [2.5, -3, p])
        design = np.stack([1 / errors, n**-p / errors], axis=1)
        covariance = np.linalg.inv(design.T @ design)
        fixed = covariance @ design.T @ (values / errors)
        yield {"sizes": sizes, "values": list(values), "standardErrors": list(errors), "free": free, "chiSquare": chi, "order": p, "fixed": list(fixed), "fixedError": float(np.sqrt(covariance[0, 0]))}


def surfaces():
    for a, b, c, p, q in ((1, 2, 0, 1, 0.5), (-3, 1.5, 4, 1.2, 0.8)):
        points = [(n, h) for h in (4, 8, 16, 40) for n in (10, 20, 50, 100)]
        n, h = np.array(points, float).T
        truth = a / n**p + b / h**q + c / (n**p * h**q)
        errors = 0.002 + 0.01 * np.abs(truth)
        values = truth + errors * rng.standard_normal(len(n))
        cross = c != 0
        law = lambda t: (values - t[0] / n ** t[2] - t[1] / h ** t[3] - (t[4] / (n ** t[2] * h ** t[3]) if cross else 0)) / errors
        best, chi = fit(law, [a, b, p, q] + ([c] if cross else []))
        yield {"law": "sum-and-product" if cross else "sum", "points": points, "values": list(values), "standardErrors": list(errors), "best": best, "chiSquare": chi}


def richardson():
    for sizes, orders in (([16, 32], [1]), ([10, 17, 40], [0.5, 1.7]), ([8, 16, 32, 64], [1, 2, 3])):
        rows = matrix([[1] * len(sizes)] + [[mpf(n) ** -mpf(p) for n in sizes] for p in orders])
        yield {"sizes": sizes, "orders": orders, "weights": [float(w) for w in lu_solve(rows, matrix([1] + [0] * len(orders)))]}


def orders():
    for sizes, values in (([10, 17, 40], [1.3, 1.21, 1.11]), ([8, 16, 32], [0.2, 0.5, 0.9]), ([100, 150, 160], [3, 2, 1.9])):
        n, y = [mpf(x) for x in sizes], [mpf(x) for x in values]
        ratio = lambda p: (n[0] ** -p - n[1] ** -p) / (n[1] ** -p - n[2] ** -p)
        yield {"sizes": sizes, "values": values, "order": float(findroot(lambda p: ratio(p) - (y[0] - y[1]) / (y[1] - y[2]), (mpf("-1.93"), mpf("7.91")), solver="anderson", tol=mpf("1e-30")))}


def quality():
    curves = [{"x": sorted(rng.uniform(-1, 1, 7)), "e": list(rng.uniform(0.05, 0.2, 7))} for _ in range(3)]
    for curve in curves:
        curve["y"] = [float(np.tanh(x) + e * rng.standard_normal()) for x, e in zip(curve["x"], curve["e"])]
    total, terms = 0.0, 0
    for i, own in enumerate(curves):
        for x, y, e in zip(own["x"], own["y"], own["e"]):
            near = []
            for j, other in enumerate(curves):
                if i == j:
                    continue
                for k in range(len(other["x"]) - 1):
                    if other["x"][k] <= x <= other["x"][k + 1]:
                        near += [(other["x"][l], other["y"][l], other["e"][l] ** -2) for l in (k, k + 1)]
            if not near:
                continue
            xs, ys, w = (np.array(t) for t in zip(*near))
            K, Kx, Ky, Kxx, Kxy = w.sum(), (w * xs).sum(), (w * ys).sum(), (w * xs * xs).sum(), (w * xs * ys).sum()
            delta = K * Kxx - Kx**2
            line = (Kxx * Ky - Kx * Kxy) / delta + x * (K * Kxy - Kx * Ky) / delta
            variance = (Kxx - 2 * x * Kx + x * x * K) / delta
            total += (y - line) ** 2 / (e**2 + variance)
            terms += 1
    return {"curves": [{k: [float(x) for x in v] for k, v in c.items()} for c in curves], "quality": float(total / terms), "terms": terms}


table = {
    "made": "SciPy least_squares, mpmath at 50 digits, numpy; scripts/scaling.py; 2026-11-25",
    "limits": list(limits()),
    "surfaces": list(surfaces()),
    "richardson": list(richardson()),
    "orders": list(orders()),
    "quality": quality(),
}
print(json.dumps(table, indent=1))
