"""Reference values of the standard laws for test/fixtures/distributions.json, by mpmath at 50 digits.

    python3 scripts/distributions.py > test/fixtures/distributions.json
"""
import json
from mpmath import mp, mpf, betainc, erfc, gammainc, loggamma, sqrt

mp.dps = 50

def student(t, nu):
    t, nu = mpf(t), mpf(nu)
    half = betainc(nu / 2, mpf(1) / 2, 0, nu / (nu + t * t), regularized=True) / 2
    return half if t >= 0 else 1 - half

table = {
    "made": "mpmath at 50 digits, scripts/distributions.py",
    "logGamma": [[x, float(loggamma(mpf(x)))] for x in (0.05, 0.3, 0.5, 1.5, 3.7, 12.25, 250.5, 5000)],
    "normalTail": [[x, float(erfc(mpf(x) / sqrt(2)) / 2)] for x in (-6, -1.5, -0.1, 0, 0.7, 2, 5, 12, 30)],
    "studentTail": [[t, nu, float(student(t, nu))] for nu in (1, 2, 7, 99, 2000) for t in (-3, -0.2, 0.1, 1.5, 4, 20)],
    "chiSquareTail": [[x, k, float(gammainc(mpf(k) / 2, mpf(x) / 2, regularized=True))] for k in (1, 2, 5, 40, 300) for x in (0.1, 1, 5, 45, 320)],
    "incompleteBeta": [[a, b, x, float(betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True))] for a, b in ((0.5, 0.5), (3, 998), (40, 2.5), (500, 500)) for x in (0.001, 0.125, 0.5, 0.9375)],
}
print(json.dumps(table, indent=1))
