"""Constants of the elementary functions: polynomials by Remez exchange, tables, two-part constants.

Run:  python3 scripts/coefficients.py > test/tables/coefficients.json
Needs mpmath (made with 1.2.1, working precision 60 digits). The literals in src/elementary are those printed here,
and so are the tables of exp and log, which it makes at load; test/elementary/coefficients.test.ts holds the two together.

A polynomial q of the stated degree makes  max |weight(t) (q(t) - g(t))|  on [a, b] as small as Remez exchange can. The
weight turns the error of q into the error of the function it is part of (absolute where the result is about 1, relative
to the leading term otherwise), so every `error` below may be compared with 2^-53 = 1.1e-16.
"""

import json
import mpmath as mp

mp.mp.dps = 60


def remez(g, weight, a, b, degree, sweeps=12):
    a, b = mp.mpf(a), mp.mpf(b)
    count = degree + 2
    nodes = [(a + b) / 2 - (b - a) / 2 * mp.cos(mp.pi * (i + mp.mpf(1) / 2) / count) for i in range(count)]
    for _ in range(sweeps):
        system = mp.matrix(count, count)
        right = mp.matrix(count, 1)
        for i, t in enumerate(nodes):
            for j in range(degree + 1):
                system[i, j] = t**j
            system[i, degree + 1] = (-1) ** i / weight(t)
            right[i] = g(t)
        solution = mp.lu_solve(system, right)
        q = [solution[j] for j in range(degree + 1)]
        error = lambda t: weight(t) * (mp.polyval(q[::-1], t) - g(t))
        nodes = extrema(error, a, b, count)
    return q, max(abs(error(t)) for t in nodes)


def extrema(error, a, b, count, samples=600):
    grid = [(a + b) / 2 - (b - a) / 2 * mp.cos(mp.pi * i / samples) for i in range(samples + 1)]
    values = [error(t) for t in grid]
    best, start = [], 0
    for i in range(1, samples + 2):
        if i == samples + 1 or (values[i] > 0) != (values[start] > 0):
            best.append(grid[max(range(start, i), key=lambda k: abs(values[k]))])
            start = i
    while len(best) > count:
        best.pop(0 if abs(error(best[0])) < abs(error(best[-1])) else -1)
    if len(best) < count:
        raise ValueError("the error alternates too rarely")
    return best


def series(f, order, terms=60):
    """t -> sum of Taylor coefficients f_k t^(k - order) for k >= order, without cancellation near 0."""
    coefficients = [f(k) for k in range(order, order + terms)]
    return lambda t: mp.polyval(coefficients[::-1], t)


def literal(x):
    return repr(float(x))


def polynomial(g, weight, a, b, degree):
    q, error = remez(g, weight, a, b, degree)
    return {"coefficients": [literal(c) for c in q], "error": mp.nstr(error, 3)}


def leading_bits(x, bits):
    """x cut to its leading bits."""
    exponent = mp.floor(mp.log(abs(x), 2)) + 1
    unit = mp.mpf(2) ** (exponent - bits)
    return mp.floor(x / unit) * unit


def multiple_of(x, unit):
    return mp.nint(x / unit) * unit


def parts(x, *bits):
    """x as a sum of doubles: leading parts of the given lengths, then the rest rounded."""
    out = []
    for b in bits:
        head = leading_bits(x, b)
        out.append(literal(head))
        x -= head
    return out + [literal(x)]


one = lambda t: mp.mpf(1)
ln2, pi = mp.log(2), mp.pi
inverse_factorial = lambda k: 1 / mp.factorial(k)

step = ln2 / 32
edge = step / 2 * mp.mpf("1.0001")
tanh_series = lambda k: (2 ** (2 * k + 2) * (2 ** (2 * k + 2) - 1) * mp.bernoulli(2 * k + 2) / mp.factorial(2 * k + 2))

unit = mp.mpf(2) ** -42
nodes16 = [1 + mp.mpf(j) / 16 for j in range(17)]
log_high = [multiple_of(mp.log(f), unit) for f in nodes16]
ln2_high = multiple_of(ln2, unit)
nodes8 = [mp.mpf(j) / 8 for j in range(9)]

out = {
    "header": {
        "what": "constants of the elementary functions",
        "generator": "scripts/coefficients.py, mpmath " + mp.__version__ + ", 60 digits",
        "date": "2026-11-22",
    },
    "exp": {
        "inverseStep": [literal(1 / step)],
        "step": parts(step, 37),
        "tableHigh": [literal(mp.mpf(2) ** (mp.mpf(j) / 32)) for j in range(32)],
        "tableLow": [literal(mp.mpf(2) ** (mp.mpf(j) / 32) - mp.mpf(float(mp.mpf(2) ** (mp.mpf(j) / 32)))) for j in range(32)],
        # e^r = 1 + r + r^2/2 + r^3 q(r)
        "polynomial": polynomial(series(inverse_factorial, 3), lambda t: abs(t) ** 3 + mp.mpf(10) ** -30, -edge, edge, 3),
    },
    # e^x - 1 = x + x^2/2 + x^3 q(x), error relative to x
    "expm1": {"polynomial": polynomial(series(inverse_factorial, 3), lambda t: t**2 + mp.mpf(10) ** -30, -0.25, 0.25, 8)},
    # tanh x = x + x z q(z), z = x^2
    "tanh": {"polynomial": polynomial(series(tanh_series, 1), lambda t: t + mp.mpf(10) ** -30, 0, mp.mpf(0.875) ** 2, 14)},
    "log": {
        "ln2": [literal(ln2_high), literal(ln2 - ln2_high)],
        "tableHigh": [literal(v) for v in log_high],
        "tableLow": [literal(mp.log(f) - v) for f, v in zip(nodes16, log_high)],
        # 2 atanh s = 2 s + s w q(w), w = s^2, error relative to 2 s
        "nearOne": polynomial(series(lambda k: mp.mpf(2) / (2 * k + 1), 1), lambda t: t / 2 + mp.mpf(10) ** -30, 0, mp.mpf(1) / 49, 6),
        # 2 atanh(u/2) = u + u w q(w), w = u^2, relative to u
        "table": polynomial(series(lambda k: 1 / (mp.mpf(4) ** k * (2 * k + 1)), 1), lambda t: t + mp.mpf(10) ** -30, 0, mp.mpf("0.032") ** 2, 2),
    },
    "sinCos": {
        "twoOverPi": [literal(2 / pi)],
        "halfPi": parts(pi / 2, 33, 33),
        # sin r = r + r z q(z); cos r = 1 - z/2 + z^2 q(z)
        "sin": polynomial(series(lambda k: (-1) ** k / mp.factorial(2 * k + 1), 1), lambda t: t + mp.mpf(10) ** -30, 0, (pi / 4 * mp.mpf("1.0001")) ** 2, 5),
        "cos": polynomial(series(lambda k: (-1) ** k / mp.factorial(2 * k), 2), lambda t: t**2 + mp.mpf(10) ** -30, 0, (pi / 4 * mp.mpf("1.0001")) ** 2, 5),
    },
    "atan": {
        "tableHigh": [literal(mp.atan(c)) for c in nodes8],
        "tableLow": [literal(mp.atan(c) - mp.mpf(float(mp.atan(c)))) for c in nodes8],
        # atan t = t + t z q(z), z = t^2: up to 1/16 about a node, up to 1/4 about zero
        "polynomial": polynomial(series(lambda k: mp.mpf(-1) ** k / (2 * k + 1), 1), lambda t: t + mp.mpf(10) ** -30, 0, mp.mpf("1.001") / 256, 4),
        "nearZero": polynomial(series(lambda k: mp.mpf(-1) ** k / (2 * k + 1), 1), lambda t: t + mp.mpf(10) ** -30, 0, mp.mpf("0.0626"), 8),
        "halfPi": [literal(pi / 2), literal(pi / 2 - mp.mpf(float(pi / 2)))],
        "pi": [literal(pi), literal(pi - mp.mpf(float(pi)))],
    },
}

with mp.workdps(500):
    # 2/pi to 1216 bits and pi/2 to 128 bits, as integers: for the reduction of arguments of any size.
    out["sinCos"]["twoOverPiBits"] = [hex(int(mp.floor(2 / mp.pi * mp.mpf(2) ** 1216))) + "n"]
    out["sinCos"]["halfPiBits"] = [hex(int(mp.floor(mp.pi / 2 * mp.mpf(2) ** 128))) + "n"]

print(json.dumps(out, indent=1))
