"""Law of one logit over untrained heads by another route than the package takes.

    python3 packages/dmft/generate/logit_law.py > packages/dmft/test/fixtures/logit-law.json

Needs Debian's python3-mpmath. A = N^-alphaA q.k with q ~ N(0, H_ss), k ~ N(0, H_aa) has the density of a variance-gamma law, a Bessel function K of order (N - 1)/2;
its distribution function is the integral of that. 20 digits are used, 17 printed.
"""

import json

from mpmath import mp, mpf, besselk, gamma, pi, power, quad, sqrt

mp.dps = 20
DATE = "2026-11-25"


def sd(N, alpha, query, key):
    return power(N, mpf(1) / 2 - alpha) * sqrt(query * key)


def density(x, N, s):
    """Of s g chi_N / sqrt N: p(x) = |z|^nu K_nu(|z|) c / (s / sqrt N), z = x sqrt N / s, nu = (N - 1)/2."""
    nu = mpf(N - 1) / 2
    z = abs(x) * sqrt(mpf(N)) / s
    c = 1 / (sqrt(pi) * power(2, nu) * gamma(mpf(N) / 2))
    return c * power(z, nu) * besselk(nu, z) * sqrt(mpf(N)) / s


def cdf(x, N, s):
    tail = quad(lambda y: density(y, N, s), [x, x + s / 4, x + s, x + 4 * s, x + max(12, 45 / sqrt(mpf(N))) * s])  # the rest is below 1e-19
    return 1 - tail


cases = []
for N, alpha in [(1, 0.5), (1, 1), (2, 0.75), (3, 1), (8, 0.5), (25, 1)]:
    query, key = mpf("1.25"), mpf("0.9")
    s = sd(N, mpf(alpha), query, key)
    points = [mpf(t) * s for t in ("0.01", "0.3", "1", "2.5", "5")]
    cases.append({
        "N": N,
        "alphaA": alpha,
        "query": float(query),
        "key": float(key),
        "x": [float(x) for x in points],
        "density": [float(density(mpf(float(x)), N, s)) for x in points],
        "cdf": [float(cdf(mpf(float(x)), N, s)) for x in points],
    })

print(json.dumps({"function": "logitLaw", "generator": "packages/dmft/generate/logit_law.py", "precision": "mpmath, 20 digits", "date": DATE, "cases": cases}, indent=1))
