"""Reference values for test/fixtures/laws.json: by SciPy where it has the thing, the dip from its definition by linear programs.

    python3 scripts/laws.py > test/fixtures/laws.json
"""
import datetime
import json
from fractions import Fraction
import numpy as np
import scipy
from scipy import stats
from scipy.optimize import linprog


def dip(x):
    """min over unimodal U of sup |F_n - U|: one linear program for each atom that may be the mode. (A mode between two atoms does no better:
    the jump of U there can as well sit at one of them.)"""
    z, counts = np.unique(np.asarray(x, float), return_counts=True)
    k, total = len(z), counts.sum()
    upto = np.cumsum(counts) / total
    below = upto - counts / total
    best = np.inf
    # variables: left[j] = U(z_j-), right[j] = U(z_j), distance
    for at in range(k):
        rows, rhs, equal = [], [], []
        left = lambda j: j
        right = lambda j: k + j
        def at_most(terms, bound=0.0):
            row = np.zeros(2 * k + 1)
            for index, value in terms:
                row[index] += value
            rows.append(row)
            rhs.append(bound)
        for j in range(k):
            for var, f in ((left(j), below[j]), (right(j), upto[j])):
                at_most([(var, 1), (2 * k, -1)], f)
                at_most([(var, -1), (2 * k, -1)], -f)
            if j != at:
                row = np.zeros(2 * k + 1)
                row[left(j)], row[right(j)] = 1, -1
                equal.append(row)
            else:
                at_most([(left(j), 1), (right(j), -1)])
            if j + 1 < k:
                at_most([(right(j), 1), (left(j + 1), -1)])
        slope = lambda j: [(left(j + 1), 1 / (z[j + 1] - z[j])), (right(j), -1 / (z[j + 1] - z[j]))]
        minus = lambda terms: [(i, -v) for i, v in terms]
        for j in range(1, k - 1):
            if j + 1 <= at:
                at_most(slope(j - 1) + minus(slope(j)))
            if j - 1 >= at:
                at_most(slope(j) + minus(slope(j - 1)))
        result = linprog(np.eye(2 * k + 1)[2 * k], A_ub=np.array(rows), b_ub=rhs, A_eq=np.array(equal) if equal else None, b_eq=np.zeros(len(equal)) if equal else None,
                         bounds=[(0, 1)] * (2 * k + 1), method="highs")
        assert result.status == 0, result.message
        best = min(best, result.fun)
    return float(best)


def k_statistics(x):
    """k_2, k_3, k_4 in exact rational arithmetic (stats.kstat loses digits far from zero)."""
    x = [Fraction(v) for v in x]
    n = len(x)
    mean = sum(x) / n
    m2, m3, m4 = (sum((v - mean) ** p for v in x) / n for p in (2, 3, 4))
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 ** 2) / ((n - 1) * (n - 2) * (n - 3))
    return [float(n * m2 / (n - 1)), float(n * n * m3 / ((n - 1) * (n - 2))), float(k4)]


rng = np.random.default_rng(20260)
short = lambda a: [float(f"{v:.4f}") for v in a]
samples = {
    "normal": short(rng.normal(size=23)),
    "exponential": short(rng.exponential(size=31)),
    "far": short(1e3 + rng.normal(size=12)),
    "heavy": short(rng.standard_t(2, size=40)),
    "two modes": short(np.concatenate([rng.normal(-2, 0.7, size=14), rng.normal(2, 0.7, size=17)])),
}
lattices = {f"lattice {i}": [int(v) for v in rng.integers(0, spread, size=size)] for i, (spread, size) in enumerate([(3, 9), (4, 12), (5, 20), (7, 15), (9, 24), (2, 7), (12, 16)])}
lattices |= {f"random {i}": short(rng.exponential(size=5 + 2 * i) * rng.choice([-1, 1], size=5 + 2 * i)) for i in range(8)}
pairs = [("normal", "exponential"), ("far", "normal"), ("heavy", "two modes"), ("two modes", "normal")]

print(json.dumps({
    "functions": "stats.wasserstein_distance, stats.skew and stats.kurtosis (bias=False), k-statistics as exact fractions, stats.wilcoxon (statistic), dip by linear programs (highs)",
    "generator": "scripts/laws.py",
    "made": f"SciPy {scipy.__version__}, NumPy {np.__version__}",
    "precision": "double; linear programs to 1e-9",
    "date": datetime.date.today().isoformat(),
    "samples": {**samples, **lattices},
    "wasserstein": [[a, b, float(stats.wasserstein_distance(samples[a], samples[b]))] for a, b in pairs],
    "moments": [[name, float(stats.skew(x, bias=False)), float(stats.kurtosis(x, bias=False)), *k_statistics(x)] for name, x in samples.items()],
    "signedRank": [[name, float(stats.wilcoxon(x, method="asymptotic", alternative="greater").statistic)] for name, x in samples.items() if name != "far"],
    "dip": [[name, dip(x)] for name, x in {**samples, **lattices}.items()],
}, indent=1))
