"""Reference values of the elementary functions, one JSON file per function, one array per regime.

Run:  python3 test/tables/generate.py            (from the package's folder; about a minute)
Needs mpmath (made with 1.2.1). Working precision 60 digits, for trigonometric arguments 60 digits more than the
argument has before its point. Arguments are drawn by a fixed seed; every argument is a double, and the value is given
as a double and the rest, in ulps of that double, so that an error can be measured in thousandths of an ulp, subnormal
values included.

A row is [x, value, rest] or [y, x, value, rest] for atan2. The regime "hardest found" holds the arguments of
hard-arguments.json: the worst of some 10^5 random ones per function.
"""

import json
import math
import pathlib
import random
import mpmath as mp

DATE = "2026-11-22"
DIGITS = 60
COUNT = 200
HERE = pathlib.Path(__file__).parent

mp.mp.dps = DIGITS
rng = random.Random(20261122)


def linear(a, b, count=COUNT):
    return [rng.uniform(a, b) for _ in range(count)]


def logarithmic(a, b, signed=False, count=COUNT):
    # Not exp(u) alone: the logarithm of that would be a double to within far less than an ulp.
    values = [math.exp(rng.uniform(math.log(a), math.log(b))) * rng.uniform(0.9, 1) for _ in range(count)]
    return [v * rng.choice([-1, 1]) for v in values] if signed else values


def subnormal(signed=False):
    values = [math.ldexp(rng.randrange(1, 2 ** rng.randrange(1, 53)), -1074) for _ in range(COUNT)]
    return [v * rng.choice([-1, 1]) for v in values] if signed else values


def near(points, widths=(1e-3, 1e-15)):
    """Doubles close to the given points: offsets from the wide to the narrow, relative to the point or to 1."""
    low, high = math.log(widths[1]), math.log(widths[0])
    return [p + max(1, abs(p)) * math.exp(rng.uniform(low, high)) * rng.choice([-1, 1]) for p in rng.choices(points, k=COUNT)]


def nearest_multiples(offset):
    """The doubles closest to (k + offset) pi for k up to 2^1000: the hardest arguments of sine or cosine."""
    out = []
    with mp.workdps(400):
        for _ in range(COUNT):
            k = rng.randrange(1, 2 ** rng.randrange(1, 40))
            out.append(float((k + mp.mpf(offset)) * mp.pi) * rng.choice([-1, 1]))
    # The double nearest to a multiple of pi/2 among all doubles, found by continued fractions (see `closest`).
    return out + closest(offset)


def closest(offset, best=20):
    """By continued fractions of 2^e/(pi/2): m 2^e is extremely close to a multiple of pi/2."""
    found = []
    with mp.workdps(700):
        for e in range(-50, 971, 3):
            ratio = mp.mpf(2) ** e / (mp.pi / 2)
            h, h1, k, k1, a = 1, 0, 0, 1, ratio
            while True:
                digit = int(mp.floor(a))
                h, h1, k, k1 = digit * h + h1, h, digit * k + k1, k
                if k >= 2**53 or a == digit:
                    break
                if k >= 2**52 and h % 2 == (1 if offset else 0):
                    x = math.ldexp(k, e)
                    found.append((abs(mp.mpf(x) - h * mp.pi / 2), x))
                a = 1 / (a - digit)
    return [x for _, x in sorted(found)[:best]]


def value_at(f, arguments):
    digits = DIGITS + max(0, max(math.frexp(a)[1] for a in arguments)) // 3
    with mp.workdps(digits):
        return f(*[mp.mpf(a) for a in arguments])


def row(f, arguments):
    value = value_at(f, arguments)
    head = float(value)
    if math.isinf(head):
        return None
    return [*arguments, head, round(float((value - mp.mpf(head)) / mp.mpf(math.ulp(head))), 6)]


def angle(y, x):
    return mp.atan2(y, x)


pi = math.pi
trigonometric = lambda offset: {
    "tiny": logarithmic(1e-300, 1e-8, True),
    "small": linear(-pi / 4, pi / 4),
    "moderate": linear(-50, 50),
    "near zeros": near([(k + offset) * pi for k in range(-20, 21)]),
    "nearest to zeros": nearest_multiples(offset),
    "large": logarithmic(50, 1.5e6, True),
    "huge": logarithmic(1.8e6, 1.7e308, True),
    "subnormal": subnormal(True),
}

REGIMES = {
    "exp": (mp.exp, {
        "tiny": logarithmic(1e-300, 1e-8, True),
        "small": linear(-1, 1),
        "moderate": linear(-50, 50),
        "large": linear(50, 709.78),
        "very negative": linear(-708, -50),
        "subnormal results": linear(-745, -708.4),
    }),
    "expm1": (mp.expm1, {
        "tiny": logarithmic(1e-300, 1e-8, True),
        "small": linear(-0.25, 0.25),
        "moderate": linear(-3, 3),
        "near ln 2": near([math.log(2), -math.log(2)]),
        "large": linear(3, 709.78),
        "very negative": linear(-40, -3),
        "subnormal": subnormal(True),
    }),
    "log": (mp.log, {
        "near one": near([1.0], (0.2, 1e-16)),
        "small": linear(0.01, 0.75),
        "moderate": linear(0.75, 20),
        "large": logarithmic(20, 1.7e308),
        "close to zero": logarithmic(2.6e-308, 0.01),
        "subnormal": subnormal(),
    }),
    "log1p": (mp.log1p, {
        "tiny": logarithmic(1e-300, 1e-8, True),
        "small": linear(-0.25, 0.25),
        "moderate": linear(0.25, 20),
        "near minus one": [-1 + v for v in logarithmic(1e-16, 0.75)],
        "large": logarithmic(20, 1.7e308),
        "subnormal": subnormal(True),
    }),
    "sin": (mp.sin, trigonometric(0)),
    "cos": (mp.cos, trigonometric(0.5)),
    "tanh": (mp.tanh, {
        "tiny": logarithmic(1e-300, 1e-8, True),
        "small": linear(-0.75, 0.75),
        "moderate": linear(-3, 3),
        "large": linear(3, 25),
        "subnormal": subnormal(True),
    }),
    "atan": (mp.atan, {
        "tiny": logarithmic(1e-300, 1e-8, True),
        "small": linear(-1, 1),
        "moderate": linear(-20, 20),
        "large": logarithmic(20, 1e300, True),
        "subnormal": subnormal(True),
    }),
    "asin": (mp.asin, {
        "tiny": logarithmic(1e-300, 1e-8, True),
        "moderate": linear(-1, 1),
        "near one": [1 - v for v in logarithmic(1e-16, 1e-2)],
    }),
    "acos": (mp.acos, {
        "tiny": logarithmic(1e-300, 1e-8, True),
        "moderate": linear(-1, 1),
        "near one": [1 - v for v in logarithmic(1.3e-16, 1e-2)],
        "near minus one": [v - 1 for v in logarithmic(1.3e-16, 1e-2)],
    }),
    "atan2": (angle, {
        "moderate": list(zip(linear(-3, 3), linear(-3, 3))),
        "near axes": list(zip(logarithmic(1e-12, 1e-2, True), linear(-1, 1))) + list(zip(linear(-1, 1), logarithmic(1e-12, 1e-2, True))),
        "near diagonals": [(v * rng.choice([-1, 1]), v * (1 + rng.gauss(0, 1e-3)) * rng.choice([-1, 1])) for v in linear(0.1, 2)],
        "far apart": list(zip(logarithmic(1e-150, 1e150, True), logarithmic(1e-150, 1e150, True))),
    }),
}


def flat(argument):
    return argument if isinstance(argument, tuple) else (argument,)


hard = HERE / "hard-arguments.json"
hard_arguments = json.loads(hard.read_text()) if hard.exists() else {}

for name, (function, regimes) in REGIMES.items():
    if name in hard_arguments:
        regimes["hardest found"] = [tuple(a) for a in hard_arguments[name]]
    table = {
        "header": {
            "function": name,
            "generator": f"test/tables/generate.py, mpmath {mp.__version__}, {DIGITS} digits",
            "date": DATE,
            "rows": "[arguments..., value, rest in ulps of value]",
        },
        "regimes": {
            regime: [r for r in (row(function, flat(a)) for a in arguments) if r is not None]
            for regime, arguments in regimes.items()
        },
    }
    text = json.dumps(table, separators=(",", ":")).replace("]],", "]],\n").replace("],[", "],\n[")
    (HERE / f"{name}.json").write_text(text + "\n")
    print(name, {k: len(v) for k, v in table["regimes"].items()})
