"""First finite-size terms of 1-bit self-attention by their definitions in mpmath: no formula for a derivative, only differences of the map itself.

    python3 packages/dmft/generate/finite_size.py > packages/dmft/test/fixtures/finite-size.json

Needs Debian's python3-mpmath. Working precision 60 digits; first and second derivatives by central differences at 1e-15, whose error is some 1e-30.
"""
import json
from datetime import date
from mpmath import mp, mpf, tanh, exp, sqrt, cosh, gamma, findroot, log

mp.dps = 60
H = mpf(10) ** -15

MIX = {
    "weights": [1, 2, 3, 2],
    "xi": {"o": [[1, 1, -1, 1], [1, -1, 1, 1]], "v": [[1, 1, 1, -1], [-1, -1, 1, 1]], "q": [[1, -1, -1, 1], [1, 1, 1, -1]], "k": [[1, -1, 1, 1], [-1, 1, -1, 1]]},
    "zeta": {"o": [[1, -1], [-1, -1]], "v": [[1, 1], [-1, 1]], "q": [[-1, 1], [1, 1]], "k": [[1, -1], [1, 1]]},
}
PAPER3 = {
    "weights": [1, 1, 1],
    "xi": {"o": [[-1, 1, 1], [-1, 1, -1], [1, 1, 1]], "v": [[-1, 1, -1], [-1, -1, 1], [-1, 1, 1]], "q": [[1, -1, -1], [-1, -1, -1], [1, -1, 1]], "k": [[-1, -1, -1], [-1, -1, 1], [-1, 1, -1]]},
    "zeta": {"o": [[-1, -1], [1, -1], [1, 1]], "v": [[-1, -1], [1, -1], [-1, 1]], "q": [[1, -1], [1, 1], [-1, -1]], "k": [[-1, -1], [-1, -1], [-1, 1]]},
}
HOP1 = {"weights": [1], "xi": {r: [[1]] for r in "ovqk"}, "zeta": None}


def fields(n, p, u, w, t):
    """h_c of the token after t; u rows newest first, w class weights that need not add to 1."""
    eps = mpf(p["eps"])
    bits = len(n["zeta"]["o"][0]) if n["zeta"] else 0
    m = len(n["xi"]["o"])

    def overlap(role, row, time):
        phase = time % 2**bits
        word = [1 if (phase >> (bits - 1 - j)) & 1 else -1 for j in range(bits)]
        out = []
        for a in range(m):
            content = sum(x * y * z for x, y, z in zip(w, n["xi"][role][a], row))
            position = sum(z * b for z, b in zip(n["zeta"][role][a], word)) * eps / bits if bits else 0
            out.append((1 - eps) * content + position)
        return out

    g = mpf(p["gamma"]) / sqrt(mpf(m))
    query = overlap("q", u[0], t)
    values = [overlap("v", row, t - d) for d, row in enumerate(u)]
    logits = [g * sum(x * y for x, y in zip(query, overlap("k", row, t - d))) for d, row in enumerate(u)]
    top = max(logits)
    alpha = [exp(x - top) for x in logits]
    norm = sum(alpha)
    output = [sum(x * v[a] for x, v in zip(alpha, values)) / norm for a in range(m)]
    return [sum(n["xi"]["o"][a][c] * output[a] for a in range(m)) for c in range(len(w))]


def next_token(n, p, flat, length, t):
    """flat: window (length, C), then weights (C)."""
    c = len(n["weights"])
    u = [flat[d * c:(d + 1) * c] for d in range(length)]
    return [tanh(mpf(p["beta"]) * h) for h in fields(n, p, u, flat[length * c:], t)]


def moved(flat, *steps):
    out = list(flat)
    for i, h in steps:
        out[i] += h
    return out


def series(n, p, u0, t, tokens, quenched):
    """N Cov m^o and N (E m^o - mf), token by token, from a window that is given."""
    c = len(n["weights"])
    total = sum(n["weights"])
    w = [mpf(x) / total for x in n["weights"]]
    length = len(u0)
    flat = [mpf(x) for row in u0 for x in row] + w
    size = length * c + c
    S = [[mpf(0)] * size for _ in range(size)]
    if quenched:
        for a in range(c):
            for b in range(c):
                S[length * c + a][length * c + b] = (w[a] if a == b else 0) - w[a] * w[b]
    mu = [mpf(0)] * size
    rows = []
    for _ in range(tokens):
        base = next_token(n, p, flat, length, t)
        active = list(range(size)) if quenched else list(range(length * c))
        f = lambda *steps: next_token(n, p, moved(flat, *steps), length, t)
        J = [[mpf(0)] * size for _ in range(c)]
        for i in active:
            plus, minus = f((i, H)), f((i, -H))
            for r in range(c):
                J[r][i] = (plus[r] - minus[r]) / (2 * H)
        bend = [mpf(0)] * c
        for i in active:
            for j in active:
                if j > i or S[i][j] == 0:
                    continue
                pp, pm, mp_, mm = f((i, H), (j, H)), f((i, H), (j, -H)), f((i, -H), (j, H)), f((i, -H), (j, -H))
                factor = S[i][j] / (2 if i == j else 1)
                for r in range(c):
                    bend[r] += factor * (pp[r] - pm[r] - mp_[r] + mm[r]) / (4 * H * H)
        shift = [bend[r] + sum(J[r][i] * mu[i] for i in range(size)) for r in range(c)]
        cross = [[sum(J[r][i] * S[i][j] for i in range(size)) for j in range(size)] for r in range(c)]
        own = [[sum(cross[r][i] * J[s][i] for i in range(size)) for s in range(c)] for r in range(c)]
        h = fields(n, p, [flat[d * c:(d + 1) * c] for d in range(length)], flat[length * c:], t)
        for r in range(c):
            own[r][r] += 1 / (w[r] * cosh(mpf(p["beta"]) * h[r]) ** 2)
        kept = min(length + 1, p["L"])
        old = list(range((kept - 1) * c)) + list(range(length * c, size))
        big = kept * c + c
        at = lambda i: i + c if i < (kept - 1) * c else i - length * c + kept * c
        T = [[mpf(0)] * big for _ in range(big)]
        for r in range(c):
            for s in range(c):
                T[r][s] = own[r][s]
            for j in old:
                T[r][at(j)] = T[at(j)][r] = cross[r][j]
        for i in old:
            for j in old:
                T[at(i)][at(j)] = S[i][j]
        mu = shift + [mu[i] for i in old]
        flat = base + [flat[i] for i in old]
        S, length, size, t = T, kept, big, t + 1
        m = len(n["xi"]["o"])
        P = [[mpf(0)] * size for _ in range(m)]
        for a in range(m):
            for r in range(c):
                P[a][r] = n["xi"]["o"][a][r] * w[r]
                if quenched:
                    P[a][length * c + r] = n["xi"]["o"][a][r] * flat[r]
        cov = [[sum(P[a][i] * S[i][j] * P[b][j] for i in range(size) for j in range(size)) for b in range(m)] for a in range(m)]
        mean = [sum(P[a][r] * mu[r] + (n["xi"]["o"][a][r] * S[length * c + r][r] if quenched else 0) for r in range(c)) for a in range(m)]
        overlap = [sum(P[a][r] * flat[r] for r in range(c)) for a in range(m)]
        rows.append({"mo": [float(x) for x in overlap], "cov": [[float(x) for x in row] for row in cov], "shift": [float(x) for x in mean]})
    return rows


def jets():
    rows = []
    for n, p, u, dw, t in [
        (MIX, {"L": 3, "beta": 1.6, "gamma": 8, "eps": 0.125}, [[0.25, -0.5, 0.75, 0.125], [-0.375, 0.5, 0.0625, -0.875], [0.5, 0.25, -0.125, 0.625]], [0.5, -0.25, 0.125, -0.375], 5),
        (MIX, {"L": 3, "beta": 1.6, "gamma": 8, "eps": 0.125}, [[0.25, -0.5, 0.75, 0.125], [-0.375, 0.5, 0.0625, -0.875]], [0, 0, 0, 0], 1),
        (PAPER3, {"L": 4, "beta": 1.28125, "gamma": 220, "eps": 0.03125}, [[0.25, 0.25, -0.5], [0.125, -0.25, 0.375], [-0.125, 0.375, 0.25], [0.0625, -0.125, 0.3125]], [0, 0, 0], 3),
    ]:
        c = len(n["weights"])
        total = sum(n["weights"])
        flat = [mpf(x) for row in u for x in row] + [mpf(x) / total for x in n["weights"]]
        direction = [mpf((7 * i + 3) % 11 - 5) / 8 for i in range(len(u) * c)] + [mpf(x) for x in dw]
        at = lambda s: next_token(n, p, [x + s * d for x, d in zip(flat, direction)], len(u), t)
        plus, zero, minus = at(H), at(0), at(-H)
        rows.append({**n, **p, "u": u, "t": t, "direction": [float(x) for x in direction],
                     "first": [float((a - b) / (2 * H)) for a, b in zip(plus, minus)],
                     "second": [float((a - 2 * z + b) / (H * H)) for a, z, b in zip(plus, zero, minus)]})
    return rows


def noise():
    rows = []
    for n, p, u, t, tokens, quenched in [
        (MIX, {"L": 3, "beta": 1.6, "gamma": 8, "eps": 0.125}, [[0.5, -0.25, 0.75, 0.125]], 0, 8, False),
        (MIX, {"L": 3, "beta": 1.6, "gamma": 8, "eps": 0.125}, [[0.5, -0.25, 0.75, 0.125]], 0, 6, True),
        (PAPER3, {"L": 4, "beta": 1.28125, "gamma": 220, "eps": 0.03125}, [[0.25, 0.25, -0.5], [0.125, -0.25, 0.375], [-0.125, 0.375, 0.25], [0.0625, -0.125, 0.3125]], 3, 10, False),
        (HOP1, {"L": 2, "beta": 1.5, "gamma": 3, "eps": 0}, [[0.5]], 0, 8, False),
        # Saturated: 1 - tanh^2 has no digits here.
        (HOP1, {"L": 1, "beta": 24, "gamma": 0, "eps": 0}, [[1]], 0, 2, False),
    ]:
        rows.append({**n, **p, "u": u, "t": t, "quenched": quenched, "tokens": series(n, p, u, t, tokens, quenched)})
    return rows


def barriers():
    rows = []
    for beta in ["1.0009765625", "1.015625", "1.125", "1.5", "2", "3", "12"]:
        b = mpf(beta)
        # u^2 from 1 - tanh(x)/x = 1 - 1/beta, bracketed from below by its series.
        x = sqrt(3 * (1 - 1 / b)) if b < 1.2 else b * tanh(b * tanh(b))
        x = findroot(lambda y: tanh(y) / y - 1 / b, x)
        rows.append({"beta": float(b), "barrier": float(2 * log(cosh(x)) - x * tanh(x))})
    return rows


print(json.dumps({
    "function": "2-jets of a step, linear noise and 1/N shift of overlaps (also with drawn class sizes), barriers, moment ratio at a pitchfork",
    "generator": "packages/dmft/generate/finite_size.py", "precision": "mpmath, 60 digits; differences at 1e-15", "date": date.today().isoformat(),
    "jets": jets(), "noise": noise(), "barriers": barriers(),
    "scalarRatio": float(gamma(mpf(1) / 4) * gamma(mpf(5) / 4) / gamma(mpf(3) / 4) ** 2),
}, indent=None, separators=(",", ":")).replace('"jets"', '\n"jets"').replace('"noise"', '\n"noise"').replace('"barriers"', '\n"barriers"').replace('},{"weights"', '},\n{"weights"').replace('{"mo"', '\n{"mo"'))
