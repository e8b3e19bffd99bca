"""Writes test/tables/*.json: reference values by function and regime, from mpmath at 60 digits or more.

    python3 generate/reference_tables.py [bessel gamma ...]    (Python 3.11, mpmath 1.2.1; all tables, or those named: under a minute)

Arguments are doubles, log-uniform in the regime with a fixed seed; values are computed for exactly those doubles and
rounded once. A value whose double would be subnormal or infinite is stored as null.
"""
import datetime
import json
import math
import random
import sys
from pathlib import Path

import mpmath as mp

mp.mp.dps = 60
TARGET = Path(__file__).resolve().parent.parent / "test" / "tables"
LEAST_NORMAL = sys.float_info.min


def double(x):
    if x != 0 and (abs(x) < LEAST_NORMAL or abs(x) > sys.float_info.max):
        return None
    return float(x)


def log_uniform(rng, low, high):
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def write(name, about, columns, regimes):
    head = {"about": about, "generator": "generate/reference_tables.py", "precision": "mpmath %s, %d digits or more" % (mp.__version__, mp.mp.dps),
            "date": datetime.date.today().isoformat(), "columns": columns}
    lines = ",\n".join(json.dumps(k) + ": [\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]" for k, rows in regimes.items())
    (TARGET / name).write_text('{"header": ' + json.dumps(head, indent=1) + ',\n"regimes": {\n' + lines + "\n}}\n")
    print(name, {k: len(v) for k, v in regimes.items()}, flush=True)


BITS = 320  # of the fixed point in log_bessel


def log_bessel(nu, x):
    """log I_nu(x) from the ascending series, summed outwards from its largest term: all terms positive, any x.

    Terms are integers of BITS fractional bits relative to the largest; doubles nu and x are represented exactly.
    """
    nu, x = mp.mpf(nu), mp.mpf(x)
    y = x * x / 4
    peak = int(mp.floor((mp.sqrt(nu * nu + x * x) - nu) / 2))
    order, square, one = int(mp.ldexp(nu, BITS)), int(mp.ldexp(y, BITS)), 1 << BITS
    total, term, k = one, one, peak
    while True:  # upwards: term_k = term_{k-1} y/(k (nu + k))
        k += 1
        term = term * square // (k * (order + (k << BITS)))
        total += term
        if term < 1 << 40:
            break
    term, k = one, peak
    while k > 0:  # downwards
        term = term * (k * (order + (k << BITS))) // square
        total += term
        k -= 1
        if term < 1 << 40:
            break
    with mp.workdps(90):
        return (nu + 2 * peak) * mp.log(x / 2) - mp.loggamma(peak + 1) - mp.loggamma(nu + peak + 1) + mp.log(mp.ldexp(total, -BITS))


def bessel_row(nu, x):
    with mp.workdps(80):
        log_i = log_bessel(nu, x)
        return [nu, x, double(mp.exp(log_i)), double(mp.exp(log_i - x)), float(log_i), double(mp.exp(log_bessel(nu + mp.mpf(1), x) - log_i))]


def bessel():
    rng = random.Random(20260101)
    uniform, lu = rng.uniform, lambda a, b: log_uniform(rng, a, b)
    regimes = {
        "series, integer and half-integer order": [bessel_row(0.5 * rng.randrange(0, 49), lu(1e-3, 24.9)) for _ in range(150)],
        "series, real order": [bessel_row(uniform(0, 24.9), lu(1e-6, 24.9)) for _ in range(150)],
        "tiny argument": [bessel_row(rng.choice([0, 1, 0.5, uniform(0, 3)]), lu(1e-100, 1e-6)) for _ in range(60)],
        "join of series and Debye": [bessel_row(r * math.cos(a), r * math.sin(a)) for r, a in ((uniform(24.5, 25.5), uniform(0, math.pi / 2)) for _ in range(120))],
        "Debye, small order": [bessel_row(rng.choice([float(rng.randrange(0, 25)), uniform(0, 25)]), lu(25, 700)) for _ in range(150)],
        "Debye, small order, large argument": [bessel_row(rng.choice([float(rng.randrange(0, 25)), uniform(0, 25)]), lu(700, 1e6)) for _ in range(100)],
    }

    def normal(order, argument, count):
        rows = []
        while len(rows) < count:
            row = bessel_row(order(), argument())
            if row[3] is not None:
                rows.append(row)
        return rows

    regimes["Debye, order to 256"] = normal(lambda: rng.choice([float(rng.randrange(25, 257)), uniform(25, 256)]), lambda: lu(1e-2, 1e6), 200)
    regimes["Debye, order to 1e4"] = normal(lambda: rng.choice([float(rng.randrange(257, 10001)), lu(256, 1e4)]), lambda: lu(10, 1e6), 150)
    regimes["Debye, order to 1e4, value near the bottom of the range"] = [bottom(rng) for _ in range(60)]
    regimes["beyond the range of doubles"] = [bessel_row(lu(1e2, 1e4), lu(1e-8, 10)) for _ in range(60)] + [bessel_row(uniform(0, 300), lu(720, 1e6)) for _ in range(40)]
    write("bessel-i.json", "modified Bessel function of the first kind", ["nu", "x", "I", "exp(-x) I", "log I", "I(nu+1)/I(nu)"], regimes)


def bottom(rng):
    """An order in the hundreds or thousands with exp(-x) I between 1e-300 and 1e-100: the exponent's worst case."""
    nu = log_uniform(rng, 60, 3e3)
    goal = -rng.uniform(230, 690)
    low, high = 1e-6 * nu, 20 * nu  # exp(-x) I_nu(x) grows up to its maximum near x = nu^2
    for _ in range(60):
        mid = math.sqrt(low * high)
        r = math.hypot(nu, mid)
        if nu * nu / (r + mid) - nu * math.asinh(nu / mid) < goal:
            low = mid
        else:
            high = mid
    return bessel_row(nu, mid)


def gamma():
    rng = random.Random(20260102)
    lu = lambda a, b: log_uniform(rng, a, b)

    def rows(points):
        out = []
        for x in points:
            v = mp.mpf(x)
            out.append([x, double(mp.gamma(v)), float(mp.loggamma(v)), double(mp.digamma(v)), double(mp.polygamma(1, v))])
        return out

    regimes = {
        "below 1/2": rows([lu(1e-100, 1e-10) for _ in range(20)] + [lu(1e-10, 0.5) for _ in range(80)]),
        "1/2 to 5/2": rows([rng.uniform(0.5, 2.5) for _ in range(150)]),
        "beside 1 and 2": rows([c + s * lu(1e-12, 1e-2) for c in (1, 2) for s in (1, -1) for _ in range(15)]),
        "beside the root of digamma": rows([1.4616321449683622 + s * lu(1e-12, 0.2) for s in (1, -1) for _ in range(20)]),
        "5/2 to 12": rows([rng.uniform(2.5, 12) for _ in range(120)] + [float(n) for n in range(3, 13)]),
        "12 to 171": rows([rng.uniform(12, 171.6) for _ in range(120)]),
        "to 1e300": rows([lu(171, 1e300) for _ in range(100)]),
    }
    write("gamma.json", "gamma and polygamma functions", ["x", "Gamma", "log Gamma", "digamma", "trigamma"], regimes)


def normalised(k, d, t):
    """P_k(t) by the three-term recurrence at working precision (80 digits lose at most six to k = 512)."""
    t = mp.mpf(t)
    below, here = mp.mpf(1), t
    if k == 0:
        return below
    for j in range(1, k):
        below, here = here, ((2 * j + d - 2) * t * here - j * below) / (j + d - 2)
    return here


def gegenbauer():
    rng = random.Random(20260103)

    def rows(degrees, dimensions, cosines, count):
        out = []
        for _ in range(count):
            k, d, t = degrees(), dimensions(), cosines()
            with mp.workdps(80):
                slope = mp.mpf(k) * (k + d - 2) / (d - 1) * normalised(k - 1, d + 2, t)
                out.append([k, d, t, float(normalised(k, d, t)), float(slope)])
        return out

    inside = lambda: rng.uniform(-1, 1)
    edge = lambda: rng.choice([1, -1]) * (1 - log_uniform(rng, 1e-12, 1e-2))
    regimes = {
        "Chebyshev, d = 2": rows(lambda: rng.randrange(1, 513), lambda: 2, inside, 80),
        "Legendre, d = 3": rows(lambda: rng.randrange(1, 513), lambda: 3, inside, 80),
        "d = 4 to 64": rows(lambda: rng.randrange(1, 513), lambda: rng.randrange(4, 65), inside, 80),
        "d = 65 to 4096": rows(lambda: rng.randrange(1, 513), lambda: rng.randrange(65, 4097), inside, 80),
        "beside t = 1 and t = -1": rows(lambda: rng.randrange(1, 513), lambda: rng.choice([2, 3, 4, 8, 128, 4096]), edge, 120),
    }
    write("gegenbauer.json", "Gegenbauer polynomials normalised to 1 at 1, and their derivative", ["k", "d", "t", "P", "dP/dt"], regimes)


def exponential_integrals():
    rng = random.Random(20260104)

    def rows(points):
        out = []
        for x in points:
            v = mp.mpf(x)
            ei, e1 = mp.ei(v), mp.e1(v)
            out.append([x, double(ei), float(ei * mp.exp(-v)), double(e1), float(e1 * mp.exp(v))])
        return out

    regimes = {
        "below 1": rows([log_uniform(rng, 1e-30, 1) for _ in range(100)]),
        "beside the root of Ei": rows([0.37250741078136663 + s * log_uniform(rng, 1e-13, 0.15) for s in (1, -1) for _ in range(30)]),
        "1 to 40": rows([rng.uniform(1, 40) for _ in range(120)]),
        "40 to 700": rows([rng.uniform(40, 700) for _ in range(80)]),
        "to 1e6": rows([log_uniform(rng, 700, 1e6) for _ in range(60)]),
    }
    write("exponential-integrals.json", "exponential integrals", ["x", "Ei", "exp(-x) Ei", "E1", "exp(x) E1"], regimes)


def hypergeometric():
    rng = random.Random(20260105)

    def zero_f_one(parameters, arguments, count):
        return [[b, y, float(mp.log(mp.hyp0f1(b, y)))] for b, y in ((parameters(), arguments()) for _ in range(count))]

    lu = lambda a, b: log_uniform(rng, a, b)
    regimes = {
        "parameter to 1": zero_f_one(lambda: lu(1e-3, 1), lambda: lu(1e-8, 1e5), 80),
        "parameter d/2, d to 4096": zero_f_one(lambda: rng.randrange(2, 4097) / 2, lambda: lu(1e-8, 1e6), 120),
        "real parameter": zero_f_one(lambda: lu(1, 1e4), lambda: lu(1e-8, 1e6), 80),
    }
    write("hypergeometric-0f1.json", "logarithm of the confluent hypergeometric limit function", ["b", "y", "log 0F1(; b; y)"], regimes)

    def moebius(dimensions, radii, count):
        out = []
        for _ in range(count):
            d, r = dimensions(), radii()
            z = r * r
            with mp.workdps(80):
                out.append([1, 1 - d / 2, 1 + d / 2, z, float(mp.hyp2f1(1, 1 - mp.mpf(d) / 2, 1 + mp.mpf(d) / 2, z, maxterms=10**6))])
        return out

    regimes = {
        "1, 1 - d/2; 1 + d/2; z to 0.8": moebius(lambda: rng.randrange(2, 200), lambda: rng.uniform(0, 0.9), 100),
        "the same, z to 1": moebius(lambda: rng.randrange(2, 40), lambda: math.sqrt(1 - lu(1e-12, 0.3)), 100),
        "the same, d to 4096": moebius(lambda: rng.randrange(40, 4097), lambda: rng.uniform(0, 1), 60),
        "positive parameters": [[a, b, c, z, float(mp.hyp2f1(a, b, c, z))] for a, b, c, z in
                                ((lu(0.1, 20), lu(0.1, 20), lu(0.1, 40), rng.uniform(0, 0.8)) for _ in range(100))],
    }
    write("hypergeometric-2f1.json", "Gauss's hypergeometric function", ["a", "b", "c", "z", "2F1(a, b; c; z)"], regimes)


def error_function():
    rng = random.Random(20260106)
    lu = lambda a, b: log_uniform(rng, a, b)

    def rows(points):
        out = []
        for x in points:
            v = mp.mpf(x)
            out.append([x, double(mp.erf(v)), double(mp.erfc(v)), double(mp.exp(v * v) * mp.erfc(v))])
        return out

    sign = lambda: rng.choice([1, -1])
    regimes = {
        "tiny": rows([sign() * lu(1e-300, 1e-8) for _ in range(60)]),
        "below 1/2": rows([sign() * lu(1e-8, 0.5) for _ in range(60)] + [rng.uniform(-0.5, 0.5) for _ in range(140)]),
        "1/2 to 5/2": rows([rng.uniform(0.5, 2.5) for _ in range(300)]),
        "5/2 to 5": rows([rng.uniform(2.5, 5) for _ in range(150)]),
        "5 to 26.5": rows([rng.uniform(5, 26.5) for _ in range(200)]),
        "-6 to -1/2": rows([-rng.uniform(0.5, 6) for _ in range(150)]),
        "-26 to -6": rows([-rng.uniform(6, 26) for _ in range(60)]),
        "to 1e150": rows([lu(26.6, 1e150) for _ in range(60)]),
        "joins": rows([c + s * lu(1e-15, 1e-3) for c in (0.25, 0.5, 1.25, 2.5, 5) for s in (1, -1) for _ in range(10)]),
    }
    write("error-function.json", "error function, its complement, and that one scaled", ["x", "erf", "erfc", "exp(x^2) erfc"], regimes)


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for make in (bessel, gamma, gegenbauer, exponential_integrals, hypergeometric, error_function):
        if len(sys.argv) == 1 or make.__name__ in sys.argv[1:]:
            make()
