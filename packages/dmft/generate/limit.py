"""Values of the mean-field map and its closed forms, by their definitions in mpmath, 60 digits.

    python3 packages/dmft/generate/limit.py > packages/dmft/test/fixtures/limit.json

Needs Debian's python3-mpmath. Networks are drawn by a linear congruential generator, so that the table is the same everywhere.
"""
import json
from datetime import date
from mpmath import mp, mpf, tanh, exp, sqrt, findroot, polyroots

mp.dps = 60
state = 20240611


def draw(bound):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % bound


def sign():
    return 1 - 2 * draw(2)


def network(m, c, p, length, beta, gamma, eps):
    roles = "ovqk"
    weights = [1 + draw(7) for _ in range(c)]
    return {
        "weights": weights,
        "xi": {r: [[sign() for _ in range(c)] for _ in range(m)] for r in roles},
        "zeta": {r: [[sign() for _ in range(p)] for _ in range(m)] for r in roles} if p else None,
        "L": length, "beta": beta, "gamma": gamma, "eps": eps,
    }


def step(n, u, t):
    """u: rows newest first (mpf); returns u of the next token and the largest logit."""
    total = sum(n["weights"])
    eps = mpf(n["eps"])
    p = len(n["zeta"]["o"][0]) if n["zeta"] else 0

    def overlap(role, row, time):
        phase = time % 2**p
        word = [1 if (phase >> (p - 1 - j)) & 1 else -1 for j in range(p)]
        out = []
        for a in range(len(n["xi"][role])):
            content = sum(mpf(w) / total * x * y for w, x, y in zip(n["weights"], n["xi"][role][a], row))
            position = sum(z * b for z, b in zip(n["zeta"][role][a], word)) * eps / p if p else 0
            out.append((1 - eps) * content + position)
        return out

    m = len(n["xi"]["o"])
    g = mpf(n["gamma"]) / sqrt(mpf(m))
    query = overlap("q", u[0], t)
    keys = [overlap("k", row, t - d) for d, row in enumerate(u)]
    values = [overlap("v", row, t - d) for d, row in enumerate(u)]
    logits = [g * sum(x * y for x, y in zip(query, key)) for key in keys]
    top = max(logits)
    alpha = [exp(x - top) for x in logits]
    norm = sum(alpha)
    output = [sum(w * v[a] for w, v in zip(alpha, values)) / norm for a in range(m)]
    fields = [sum(n["xi"]["o"][a][c] * output[a] for a in range(m)) for c in range(len(n["weights"]))]
    return [tanh(mpf(n["beta"]) * h) for h in fields], max(abs(x) for x in logits)


def steps():
    rows = []
    for m in range(1, 6):
        for gamma in [0, 3.5, 220, 1e4, 1e6]:
            c, p, length = 1 + draw(6), draw(4), 1 + draw(6)
            n = network(m, c, p, length, 0.25 + draw(20) / 4, gamma, 0.0625 if p else 0)
            given = 1 + draw(length)
            u = [[(draw(2001) - 1000) / 1024 for _ in range(c)] for _ in range(given)]
            t = draw(50)
            exact = [[mpf(x) for x in row] for row in u]
            following, logit = step(n, exact, t)
            rows.append({**n, "u": u, "t": t, "largest_logit": float(logit), "next": [float(x) for x in following]})
    return rows


def jacobians():
    rows = []
    for m, c, p, length, gamma in [(1, 1, 0, 2, 3.5), (2, 3, 2, 3, 12), (3, 3, 2, 4, 220), (4, 5, 1, 2, 40), (5, 4, 3, 3, 8)]:
        n = network(m, c, p, length, 1.5, gamma, 0.0625 if p else 0)
        u = [[(draw(2001) - 1000) / 1024 for _ in range(c)] for _ in range(length)]
        t = draw(50)
        h = mpf(10) ** -25
        columns = []
        for d in range(length):
            for k in range(c):
                def moved(s):
                    rows_ = [[mpf(x) for x in row] for row in u]
                    rows_[d][k] += s
                    return step(n, rows_, t)[0]
                columns.append([(a - b) / (2 * h) for a, b in zip(moved(h), moved(-h))])
        rows.append({**n, "u": u, "t": t, "jacobian": [[float(col[r]) for col in columns] for r in range(c)]})
    return rows


def magnetisations():
    def solve(beta):
        b = mpf(beta)
        # Iterate from above, then polish: the root below one is the attracting one.
        m = mpf(1)
        for _ in range(200):
            m = tanh(b * m)
        return findroot(lambda x: tanh(b * x) / x - 1, (m, m * (1 - mpf(10) ** -6)), tol=mpf(10) ** -100, verify=False) if beta < 20 else m
    rows = []
    for beta in [1.0000001, 1.0001, 1.001, 1.003, 1.01, 1.1, 1.2, 1.5, 2.0, 3.0, 5.0, 10.0, 40.0]:
        m = solve(beta) if beta > 1.05 else near(beta)
        rows.append({"beta": beta, "m": float(m)})
    return rows


def near(beta):
    """Just above one: the root in x = beta m of tanh(x)/x = 1/beta, from its expansion."""
    b = mpf(beta)
    x = sqrt(3 * (1 - 1 / b))
    return findroot(lambda y: tanh(y) / y - 1 / b, x) / b


def multipliers():
    rows = []
    for length in [1, 2, 3, 4, 7]:
        for k in [mpf("0.6"), mpf("-1.75"), mp.mpc(0.5, 1), mp.mpc(-1.25, 0.5)]:
            roots = polyroots([1] + [-k / length] * length, maxsteps=500, extraprec=200)
            rows.append({"L": length, "K": [float(mp.re(k)), float(mp.im(k))],
                         "moduli": sorted((float(abs(z)) for z in roots), reverse=True)})
    return rows


def critical():
    """Least b such that z^L = (b kappa/L)(z^(L-1)+...+1) has a root on the unit circle: by scanning b and bisecting on the largest modulus."""
    def largest(kappa, b, length):
        return max(abs(z) for z in polyroots([1] + [-b * kappa / length] * length, maxsteps=500, extraprec=200))
    rows = []
    mp.dps = 25
    for length in [1, 2, 3, 4, 5]:
        for re, im in [(1, 0), (-1, 0), (0, 1), (0.5, 1), (-0.5, 0.25), (-1.5, -2)]:
            kappa = mp.mpc(re, im)
            low, high = mpf(0), mpf(0)
            while largest(kappa, high + mpf(1) / 16, length) < 1:
                high += mpf(1) / 16
            low, high = high, high + mpf(1) / 16
            for _ in range(50):
                middle = (low + high) / 2
                if largest(kappa, middle, length) < 1:
                    low = middle
                else:
                    high = middle
            rows.append({"L": length, "kappa": [re, im], "beta": float((low + high) / 2)})
    return rows


print(json.dumps({
    "about": "Mean-field map of 1-bit self-attention: steps, Jacobians by central differences at 1e-25, m*, window multipliers, critical beta (bisection on roots); "
             f"mpmath 60 digits (critical: 25), generate/limit.py, {date.today().isoformat()}",
    "steps": steps(), "jacobians": jacobians(), "magnetisations": magnetisations(), "multipliers": multipliers(), "critical": critical(),
}, indent=None, separators=(",", ":")).replace('"steps"', '\n"steps"').replace('"jacobians"', '\n"jacobians"').replace('"magnetisations"', '\n"magnetisations"').replace('"multipliers"', '\n"multipliers"').replace('"critical"', '\n"critical"').replace('},{"weights"', '},\n{"weights"'))
