"""Multi-head attention at initialisation: reference values in test/fixtures/attention.json.

Run:  /usr/bin/python3 generate/attention.py > test/fixtures/attention.json      (made with NumPy 1.24.2, SciPy 1.10.1, mpmath 1.2.1; some minutes)

Independent of the package in its methods, not only in its code: Gauss-Hermite rules on eigenvectors of the covariance of logit differences to the first key (the package: trapezoidal rules on pivoted Cholesky
factors of differences to the last), tangent kernels carried forward layer by layer (the package: gradients carried back, group by group), finite widths by SciPy's adaptive quadrature or mpmath, depth by SciPy's DOP853,
derivatives of V^s by central differences (the package: Hermite moments).
"""

import datetime
import json

import mpmath as mp
import numpy as np
from scipy.integrate import quad, solve_ivp
from scipy.special import erf
from scipy.stats import chi2


def gauss_hermite(n, dimensions):
    z, w = np.polynomial.hermite_e.hermegauss(n)
    w = w / w.sum()
    grids = np.meshgrid(*[z] * dimensions, indexing="ij")
    weights = np.ones(1)
    for _ in range(dimensions):
        weights = np.outer(weights, w).ravel()
    points = np.stack([g.ravel() for g in grids], axis=1) if dimensions else np.zeros((1, 0))
    keep = weights > 1e-17
    return points[keep], weights[keep]


NODES = {0: 1, 1: 200, 2: 120, 3: 60, 4: 46}
RULES = {}


def rule(d):
    if d not in RULES:
        RULES[d] = gauss_hermite(NODES[d], d)
    return RULES[d]


def pair_weights(H, S, i, j, keys, scale=1.0):
    """Points of sigma_i, sigma_j (count, S) and their weights."""
    rows = [i] if i == j else [i, j]
    base = {r: S * (r // S) for r in rows}
    index = [(r, base[r] + a, base[r] + keys[r % S][0]) for r in rows for a in keys[r % S][1:]]
    m = len(index)
    C = np.zeros((m, m))
    for x, (r, a, c) in enumerate(index):
        for y, (q, b, d) in enumerate(index):
            C[x, y] = scale * H[r, q] * (H[a, b] - H[a, d] - H[c, b] + H[c, d])
    if m:
        lam, vec = np.linalg.eigh(C)
        keep = lam > 1e-11 * max(lam.max(), 1e-300)
        F = vec[:, keep] * np.sqrt(lam[keep])
    else:
        F = np.zeros((0, 0))
    z, w = rule(F.shape[1])
    d = z @ F.T
    out, at = {}, 0
    for r in rows:
        k = keys[r % S]
        logits = np.concatenate([np.zeros((len(w), 1)), d[:, at : at + len(k) - 1]], axis=1)
        at += len(k) - 1
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        sigma = np.zeros((len(w), S))
        sigma[:, k] = e / e.sum(axis=1, keepdims=True)
        out[r] = sigma
    return out[i], out[j], w


def averages(H, S, keys=None, shaped=False):
    """V, var B, T (n, n, S, S), E J H J."""
    n = len(H)
    keys = keys or [list(range(S))] * S
    V, var = np.zeros((n, n)), np.zeros((n, n))
    T, JT = np.zeros((n, n, S, S)), np.zeros((n, n, S, S))
    for i in range(n):
        for j in range(i, n):
            a, b, w = pair_weights(H, S, i, j, keys)
            block = H[S * (i // S) : S * (i // S) + S, S * (j // S) : S * (j // S) + S]
            left = a[:, :, None] * (block[None] - (a @ block)[:, None, :])
            JT[i, j] = np.einsum("p,pkl->kl", w, left * b[:, None, :]) - np.einsum("p,pk,pl->kl", w, np.einsum("pkl,pl->pk", left, b), b)
            if shaped:
                for s, x in ((i % S, a), (j % S, b)) if i != j else ((i % S, a),):
                    x[:, keys[s]] -= 1 / len(keys[s])
                    x[:, s] += 1
            T[i, j] = np.einsum("p,pk,pl->kl", w, a, b)
            B = np.einsum("pk,kl,pl->p", a, block, b)
            V[i, j] = V[j, i] = w @ B
            var[i, j] = var[j, i] = w @ B**2 - (w @ B) ** 2
            T[j, i], JT[j, i] = T[i, j].T, JT[i, j].T
    return V, var, T, JT


def uniform(H, S, keys=None):
    n = len(H)
    keys = keys or [list(range(S))] * S
    U = np.zeros((n, n))
    J = np.zeros((n, S, S))
    for i in range(n):
        k = keys[i % S]
        U[i, [S * (i // S) + a for a in k]] = 1 / len(k)
        p = np.zeros(S)
        p[k] = 1 / len(k)
        J[i] = np.diag(p) - np.outer(p, p)
    T, JT = np.zeros((n, n, S, S)), np.zeros((n, n, S, S))
    for i in range(n):
        for j in range(n):
            block = H[S * (i // S) : S * (i // S) + S, S * (j // S) : S * (j // S) + S]
            T[i, j] = np.outer(U[i, S * (i // S) : S * (i // S) + S], U[j, S * (j // S) : S * (j // S) + S])
            JT[i, j] = J[i] @ block @ J[j]
    return U @ H @ U.T, np.zeros((n, n)), T, JT


ACTIVATIONS = {
    "relu": (lambda x: np.maximum(x, 0), lambda x: (x > 0).astype(float)),
    "erf": (lambda x: erf(x / np.sqrt(2)), lambda x: np.sqrt(2 / np.pi) * np.exp(-x * x / 2)),
    "gelu": (lambda x: x * (1 + erf(x / np.sqrt(2))) / 2, lambda x: (1 + erf(x / np.sqrt(2))) / 2 + x * np.exp(-x * x / 2) / np.sqrt(2 * np.pi)),
    "tanh": (np.tanh, lambda x: 1 / np.cosh(x) ** 2),
}


def perceptron(H, name, nodes=150):
    f, g = ACTIVATIONS[name]
    z, w = gauss_hermite(nodes, 2)
    n = len(H)
    phi, slope = np.zeros((n, n)), np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            lam, vec = np.linalg.eigh(np.array([[H[i, i], H[i, j]], [H[i, j], H[j, j]]]))
            uv = z @ (vec * np.sqrt(np.maximum(lam, 0))).T
            phi[i, j], slope[i, j] = w @ (f(uv[:, 0]) * f(uv[:, 1])), w @ (g(uv[:, 0]) * g(uv[:, 1]))
    return phi, slope


def depth(H0, S, L, alphaA, alphaL, beta0, mlp=None, keys=None, epsilon=None, shaped=False, scheme="mean-field"):
    """H^L, and the pooled tangent kernel by carrying it forward. Mean-field: without keys and queries (order 1/N)."""
    n, P = len(H0), len(H0) // S
    b2 = beta0**2 * L ** (-2 * alphaL)
    rate = L ** (2 * alphaL - 1) if scheme == "mean-field" else 1.0
    H, Theta = H0.copy(), H0.copy()

    def read(H, Theta):
        if epsilon is None:
            return H, Theta
        s = 1 / np.sqrt(np.diag(H) + epsilon)
        return H * np.outer(s, s), Theta * np.outer(s, s)

    for _ in range(L):
        h, th = read(H, Theta)
        V, _, T, JT = averages(h, S, keys, shaped) if alphaA == 0.5 else uniform(h, S, keys)
        add, learn = V, np.zeros((n, n))
        for i in range(n):
            for j in range(n):
                si, sj = slice(S * (i // S), S * (i // S) + S), slice(S * (j // S), S * (j // S) + S)
                learn[i, j] = rate * (V[i, j] + np.sum(T[i, j] * h[si, sj])) + np.sum(T[i, j] * th[si, sj])
                if alphaA == 0.5:
                    learn[i, j] += h[i, j] * np.sum(JT[i, j] * th[si, sj]) + th[i, j] * np.sum(JT[i, j] * h[si, sj])
                    if scheme == "ntk":
                        learn[i, j] += 2 * h[i, j] * np.sum(JT[i, j] * h[si, sj])
        H, Theta = H + b2 * add, Theta + b2 * learn
        if mlp:
            h, th = read(H, Theta)
            phi, slope = perceptron(h, mlp, 200) if mlp in ("gelu", "tanh") else perceptron(h, mlp, 100)
            if mlp == "erf":
                q = 1 + np.diag(h)
                phi, slope = 2 / np.pi * np.arcsin(h / np.sqrt(np.outer(q, q))), 2 / np.pi / np.sqrt(np.outer(q, q) - h**2)
            H, Theta = H + b2 * phi, Theta + b2 * (rate * (phi + slope * h) + slope * th)
    h, th = read(H, Theta)
    pooled = lambda M: M.reshape(P, S, P, S).mean(axis=(1, 3))
    return H, pooled(h) + pooled(th)


def finite_width(N, alphaA, H):
    """V of a two-token input at width N: given the key difference logits are normal with H chi^2_N / N."""
    delta = H[0, 0] + H[1, 1] - 2 * H[0, 1]
    scale = N ** (1 - 2 * alphaA) * delta
    z, w = gauss_hermite(200, 1)
    zz, ww = gauss_hermite(100, 2)
    p = lambda d: 1 / (1 + np.exp(-d))

    def given(u):
        s = np.sqrt(u * scale)
        second = [w @ p(s * np.sqrt(H[i, i]) * z[:, 0]) ** 2 for i in (0, 1)]
        L = np.linalg.cholesky(H)
        d = s * zz @ L.T
        return second[0], ww @ (p(d[:, 0]) * p(d[:, 1])), second[1]

    def mean(k):
        density = lambda u: N * chi2.pdf(N * u, N)
        ends = [0, 0.2, 0.5, 1, 1.5, 2.5, 4, 7, 12, 20]
        return sum(quad(lambda u: given(u)[k] * density(u), a, b, epsabs=1e-12, epsrel=1e-11, limit=300)[0] for a, b in zip(ends, ends[1:]))

    e11, e12, e22 = mean(0), mean(1), mean(2)
    v = lambda e: H[1, 1] + (H[0, 1] - H[1, 1]) + e * delta
    return [v(e11), v(e12), v(e22)]


def width_one(H):
    """V_11 at N = 1: the logit difference is a product of two normals, with a Bessel density."""
    mp.mp.dps = 25
    delta = mp.mpf(H[0][0]) + mp.mpf(H[1][1]) - 2 * mp.mpf(H[0][1])
    s = mp.sqrt(mp.mpf(H[0][0]) * delta)
    f = lambda d: (1 / (1 + mp.e**-d) ** 2 + 1 / (1 + mp.e**d) ** 2) * mp.besselk(0, d / s) / (mp.pi * s)
    return float(mp.mpf(H[0][1]) + delta * mp.quad(f, [0, mp.mpf("0.01"), mp.mpf("0.1"), 1, 3, 10, 40, 100]))


def flow(H0, S, beta0, mlp=None):
    n = len(H0)

    def field(_, y):
        H = y.reshape(n, n)
        V = averages(H, S)[0]
        if mlp:
            V = V + perceptron(H, mlp, 200)[0]
        return (beta0**2 * V).ravel()

    run = solve_ivp(field, (0, 1), H0.ravel(), method="DOP853", rtol=1e-10, atol=1e-11)
    return run.y[:, -1].reshape(n, n)


def derivatives(H, S, D, keys=None):
    """V'[D] and V''[D, D] / 2 by central differences, two steps extrapolated."""
    V = lambda t: averages(H + t * D, S, keys)[0]
    V0 = V(0)
    first, second = [], []
    for h in (0.02, 0.01):
        a, b = V(h), V(-h)
        first.append((a - b) / (2 * h))
        second.append((a - 2 * V0 + b) / (2 * h * h))
    return (4 * first[1] - first[0]) / 3, (4 * second[1] - second[0]) / 3


def rounded(x):
    return [float(f"{v:.13g}") for v in np.asarray(x, dtype=float).ravel()]


rng = np.random.default_rng(20261125)


def random_kernel(P, S, D, size):
    x = np.round(rng.normal(size=(P * S, D)) * size, 2)
    return x @ x.T / D


A = np.array([[[1.0, 0.2, -0.3], [-0.4, 1.1, 0.5], [0.3, -0.2, 0.9]], [[0.5, -0.7, 0.8], [1.2, 0.1, -0.6], [-0.9, 0.4, 0.2]]]).reshape(6, 3)
B2 = np.array([[-1.2, 1.1], [0.0, -0.9], [0.9, -0.1]])
HA, HB = A @ A.T / 3, B2 @ B2.T / 2
causal = lambda S: [list(range(s + 1)) for s in range(S)]

case_averages = []
for name, P, S, D, size, keys, shaped in [("S = 3, two inputs", 2, 3, 3, 0.8, None, False), ("S = 3, causal", 1, 3, 4, 0.9, causal(3), False), ("S = 2, shaped, two inputs", 2, 2, 2, 0.8, None, True), ("S = 3, shaped, causal", 1, 3, 3, 0.9, causal(3), True), ("S = 3 in one dimension", 2, 3, 1, 0.7, None, False)]:
    H = random_kernel(P, S, D, size)
    V, var, T, JT = averages(H, S, keys, shaped)
    case_averages.append({"name": name, "inputs": P, "tokens": S, "causal": keys is not None, "shaped": shaped, "kernel": rounded(H), "value": rounded(V), "variance": rounded(var), "weights": rounded(T), "jacobians": rounded(JT)})

HP = random_kernel(2, 2, 3, 0.6)
phi = {name: perceptron(HP, name, 200) for name in ("gelu", "tanh")}

case_depth = []
for arguments in [
    {"L": 2, "alphaA": 0.5, "alphaL": 0.5, "beta0": 1.0, "mlp": "erf"},
    {"L": 2, "alphaA": 0.5, "alphaL": 1.0, "beta0": 1.3},
    {"L": 2, "alphaA": 0.5, "alphaL": 0.5, "beta0": 1.0, "mlp": "tanh", "scheme": "ntk"},
    {"L": 2, "alphaA": 1.0, "alphaL": 0.5, "beta0": 0.8, "mlp": "gelu", "epsilon": 1e-6},
    {"L": 2, "alphaA": 0.5, "alphaL": 0.5, "beta0": 0.9, "epsilon": 1e-6, "causal": True, "scheme": "ntk"},
    {"L": 3, "alphaA": 1.0, "alphaL": 0.5, "beta0": 1.1, "causal": True, "mlp": "gelu"},
    {"L": 1, "alphaA": 0.5, "alphaL": 0.5, "beta0": 1.0, "shaped": True, "scheme": "ntk"},
]:
    given = dict(arguments)
    keys = causal(3) if given.pop("causal", False) else None
    H, K = depth(HA, 3, keys=keys, **given)
    case_depth.append({**arguments, "kernel": rounded(H), "tangent": rounded(K)})

V, _, T, JT = averages(HA, 3)
layer = np.zeros((6, 6))
for i in range(6):
    for j in range(6):
        block = HA[3 * (i // 3) : 3 * (i // 3) + 3, 3 * (j // 3) : 3 * (j // 3) + 3]
        layer[i, j] = V[i, j] + 2 * np.sum(T[i, j] * block) + HA[i, j] * 2 * np.sum(JT[i, j] * block) + 2 * HA[i, j] * np.sum(JT[i, j] * block)

H2 = np.array([[1.2, 0.3], [0.3, 0.9]])
finite = [{"N": N, "alphaA": a, "value": rounded(finite_width(N, a, H2))} for N, a in [(3, 0.5), (4, 0.75), (8, 1.0), (16, 0.5)]]

H3 = random_kernel(1, 3, 4, 0.9)
D3 = np.array([[0.3, -0.1, 0.2], [-0.1, 0.1, 0.15], [0.2, 0.15, -0.25]])
first, second = derivatives(H3, 3, D3)

table = {
    "header": {
        "what": "Multi-head attention at initialisation: head averages, perceptron kernels, depth and tangent kernels, finite widths, infinite depth, derivatives of V^s",
        "generator": "generate/attention.py, numpy 1.24.2, scipy 1.10.1, mpmath 1.2.1",
        "precision": "averages and depth about 1e-9 or better, finite widths 1e-10, flows 1e-9, derivatives 1e-7",
        "date": datetime.date.today().isoformat(),
    },
    "averages": case_averages,
    "perceptron": {"kernel": rounded(HP), **{name: {"phi": rounded(p), "slope": rounded(s)} for name, (p, s) in phi.items()}},
    "depth": case_depth,
    "layer": {"nngp": rounded(V), "ntk": rounded(layer)},
    "finite": finite,
    "widthOne": width_one([["1.2", "0.3"], ["0.3", "0.9"]]),
    "flow": {"beta0": 0.8, "tokensOfB": rounded(flow(HB, 3, 0.8)), "two": {"kernel": rounded(H2), "beta0": 1.1, "mlp": "tanh", "end": rounded(flow(H2, 2, 1.1, "tanh"))}},
    "derivatives": {"kernel": rounded(H3), "direction": rounded(D3), "first": rounded(first), "second": rounded(second)},
}
print(json.dumps(table, separators=(",", ":")).replace('"averages"', '\n"averages"').replace('"perceptron"', '\n"perceptron"').replace('"depth"', '\n"depth"').replace('"layer"', '\n"layer"').replace('"finite"', '\n"finite"').replace('"flow"', '\n"flow"').replace('"derivatives"', '\n"derivatives"').replace('},{"name"', '},\n{"name"').replace('},{"L"', '},\n{"L"'))
