"""Writes accuracy.json: arguments by regime and values by mpmath at 50 digits, rounded once to doubles.

Run in this folder: python3 generate.py (needs mpmath). Made 2026-01 with mpmath 1.2.1. Arguments are doubles; the values are those of the doubles.
"""
import json
import random
from mpmath import atan2, besseli, fac2, factorial, gamma, gegenbauer, ln, mp, mpf, sqrt

mp.dps = 50
draw = random.Random(20260101)


def log_uniform(low, high):
    return 10 ** draw.uniform(low, high)


def funk_hecke(dimensions, degrees, low, high):
    """k, d, beta, log c_k, c_k/c_0, c_1/c_0 (the mean length)."""
    for _ in range(60):
        d, k, beta = draw.choice(dimensions), draw.choice(degrees), log_uniform(low, high)
        b, nu = mpf(beta), mpf(d) / 2 - 1
        zero, one, own = besseli(nu, b), besseli(nu + 1, b), besseli(nu + k, b)
        log_c = ln(gamma(mpf(d) / 2)) + nu * ln(2 / b) + ln(own)
        yield [k, d, beta, float(log_c), float(own / zero), float(one / zero)]


def unit(d, stretch=1):
    v = [draw.gauss(0, 1) for _ in range(d - 1)] + [stretch * draw.gauss(0, 1)]
    length = sum(x * x for x in v) ** 0.5
    return [x / length for x in v]


def harmonic(k, m, x, y, z):
    """N d^|m| P_k(z)/dz^|m| times the real or imaginary part of (x + i y)^|m|."""
    order = abs(m)
    norm = sqrt((2 if m else 1) * (2 * k + 1) * factorial(k - order) / factorial(k + order))
    turned = (mpf(x) + 1j * mpf(y)) ** order if order else mpf(1)
    part = turned.imag if m < 0 else mp.re(turned)
    return norm * fac2(2 * order - 1) * gegenbauer(k - order, order + mpf(1) / 2, mpf(z)) * part


def harmonics(low, high, stretch):
    """k, m, x, y, z, Y_km."""
    for _ in range(60):
        x, y, z = unit(3, stretch)
        k = draw.randint(low, high)
        m = draw.randint(-k, k)
        yield [k, m, x, y, z, float(harmonic(k, m, x, y, z))]


def distances(gap, antipodal):
    """Rows x and y on S^2 and their angle; `gap` bounds its decadic logarithm, or None for any two points."""
    for _ in range(60):
        x, y = unit(3), unit(3)
        if gap is not None:
            size = log_uniform(*gap)
            moved = [(-a if antipodal else a) + size * b for a, b in zip(x, y)]
            length = sum(v * v for v in moved) ** 0.5
            y = [v / length for v in moved]
        a, b = [mpf(v) for v in x], [mpf(v) for v in y]
        cross = sqrt((a[1] * b[2] - a[2] * b[1]) ** 2 + (a[2] * b[0] - a[0] * b[2]) ** 2 + (a[0] * b[1] - a[1] * b[0]) ** 2)
        yield [*x, *y, float(atan2(cross, sum(p * q for p, q in zip(a, b))))]


TABLES = {
    "funk-hecke": {
        "d <= 8, beta in [1e-3, 1]": funk_hecke([2, 3, 4, 8], range(1, 13), -3, 0),
        "d <= 8, beta in [1, 1e3]": funk_hecke([2, 3, 4, 8], range(1, 31), 0, 3),
        "d in [16, 4096], beta in [1, 1e4]": funk_hecke([16, 128, 1024, 4096], range(1, 31), 0, 4),
    },
    "harmonics": {
        "degree <= 16": harmonics(0, 16, 1),
        "degree 17 .. 128": harmonics(17, 128, 1),
        "degree 129 .. 512": harmonics(129, 512, 1),
        "degree <= 128, near the poles": harmonics(0, 128, 100),
    },
    "distance": {
        "any two points": distances(None, False),
        "nearby, 1e-8 .. 1e-3": distances((-8, -3), False),
        "nearly antipodal, gap 1e-12 .. 1e-3": distances((-12, -3), True),
    },
}

if __name__ == "__main__":
    parts = []
    for name, regimes in TABLES.items():
        inner = ",\n".join(f"{json.dumps(regime)}: [\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]" for regime, rows in regimes.items())
        parts.append(f"{json.dumps(name)}: {{\n{inner}\n}}")
    with open("accuracy.json", "w") as out:
        out.write("{\n" + ",\n".join(parts) + "\n}\n")
