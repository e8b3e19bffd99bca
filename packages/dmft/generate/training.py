"""Training limits of multi-head attention by other routes than the package takes.

    python3 packages/dmft/generate/training.py > packages/dmft/test/fixtures/training.json

Needs Debian's python3-numpy and python3-scipy. Routes:
- finite heads: explicit weights of a small network, gradients of the loss by complex steps (no formula for a derivative);
- heads in the limit: the map of small matrices in NumPy, all heads at once; gradient flow by SciPy's DOP853 at 1e-12;
- 1/H theory: dF/dDelta by complex steps, second derivatives by differences of them in 4th order (some 1e-9);
- 1/(N H) theory: the same with the change of F and of the logits along a root of the covariance of Gram matrices, complex steps again;
- one block: no recursion in time: each side is one linear system over all times, (1 - K) w = sources, solved densely; the two sides in turns until
  nothing moves. Variants that are wrong on purpose: without responses, the error on the first index of the kernel, kappa^2 left out.
Double precision; a value is good to about 1e-12 unless said otherwise.
"""

import json
import sys

import numpy as np
from scipy.integrate import solve_ivp

DATE = "2026-11-25"


def softmax(a):
    e = np.exp(a - a.real.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def wave(shape, phase):
    """Numbers of order one that any language can make again, up to the last bits of its sine: they are written to the table."""
    k = np.arange(int(np.prod(shape))) + 1
    return np.round(1.3 * np.sin(1.9 * k + phase) + 0.2 * np.cos(5.1 * k), 6).reshape(shape)


# ---------------------------------------------------------------- finite heads, explicit weights

def network(W, x, alpha, N, H, gamma0):
    WQ, WK, WV, w = W
    D = x.shape[-1]
    q, k, v = (np.einsum("hni,msi->hmsn", M, x) / np.sqrt(D) for M in (WQ, WK, WV))
    A = np.einsum("hmsn,hman->hmsa", q, k) * N ** (-alpha)
    vs = np.einsum("hmsa,hman->hmsn", softmax(A), v)
    return np.einsum("hn,hmn->m", w, vs.mean(2)) / (gamma0 * N * H), A


def explicit(x, y, alpha, N, H, eta0, gamma0, T):
    P, S, D = x.shape
    W = [wave((H, N, D), 0.3), wave((H, N, D), 1.1), wave((H, N, D), 2.7), wave((H, N), 0.9)]
    start = [M.copy() for M in W]
    # Rates of Q and K in the scaling whose entries have variance N^(2 - 2 alpha), written for unit variance here.
    rate = [N ** (2 * alpha - 2)] * 2 + [1.0, 1.0]
    f0 = network(W, x, alpha, N, H, gamma0)[0]
    out = []
    for t in range(T + 1):
        f, A = network(W, x, alpha, N, H, gamma0)
        out.append(f - f0)
        if t == T:
            break
        loss = lambda U: ((y - (network(U, x, alpha, N, H, gamma0)[0] - f0)) ** 2).sum() / (2 * P)
        grads = []
        for j, M in enumerate(W):
            g = np.zeros_like(M)
            for i in np.ndindex(M.shape):
                U = [X.astype(complex) for X in W]
                U[j][i] += 1e-60j
                g[i] = loss(U).imag / 1e-60
            grads.append(g)
        W = [M - eta0 * gamma0 ** 2 * N * H * r * g for M, g, r in zip(W, grads, rate)]
    return start, np.array(out), A


# ---------------------------------------------------------------- heads in the limit

def moves(state, x, Delta, kappa, r):
    """What each small matrix gains, as coefficients of kappa and of kappa^2; and F of each head times gamma0."""
    P, S, D = x.shape
    B, Q2, K2, b, C, a = state
    t_ = lambda M: M.swapaxes(1, 2)
    sig = softmax(np.einsum("msi,hij,maj->hmsa", x, B, x) / D)
    xs = np.einsum("hmsa,mai->hmsi", sig, x)
    pooled = xs.mean(2) / np.sqrt(D)
    F = np.einsum("hi,hmi->hm", b, pooled)
    M = sig * (np.einsum("hi,mai->hma", b, x)[:, :, None, :] - np.einsum("hi,hmsi->hms", b, xs)[..., None]) / np.sqrt(D)
    G = np.einsum("m,hmsa,msi,maj->hij", Delta, M, x, x) / (P * S * D)
    xi = np.einsum("m,hmi->hi", Delta, pooled) / P
    bx = np.einsum("hi,hi->h", b, xi)
    Cx = np.einsum("hij,hj->hi", C, xi)
    outer = lambda u, v: u[:, :, None] * v[:, None, :]
    one = (Q2 @ G + G @ K2, r * (B @ t_(G) + G @ t_(B)), r * (t_(B) @ G + t_(G) @ B), Cx + a[:, None] * xi, outer(b, xi) + outer(xi, b), 2 * bx)
    two = (r * G @ t_(B) @ G, r * G @ K2 @ t_(G), r * t_(G) @ Q2 @ G, xi * bx[:, None], a[:, None, None] * outer(xi, xi), np.einsum("hi,hi->h", xi, Cx))
    return F, one, two


def infinite(B0):
    h, D = len(B0), B0.shape[1]
    eye = np.repeat(np.eye(D)[None], h, 0)
    return B0.copy(), eye, eye.copy(), np.zeros((h, D)), eye.copy(), np.ones(h)


def nodes_of(n, D):
    z, w = np.polynomial.hermite_e.hermegauss(n)
    w = w / w.sum()
    grid = np.array(np.meshgrid(*[z] * (D * D), indexing="ij")).reshape(D * D, -1).T.reshape(-1, D, D)
    weight = np.array(np.meshgrid(*[w] * (D * D), indexing="ij")).reshape(D * D, -1).prod(0)
    return grid, weight


def head_map(state, weights, x, y, eta0, gamma0, r, T, errors=None, second=True):
    """f (T + 1, P), or F of every head (heads, T + 1, P) under given errors."""
    kappa = eta0 * gamma0
    out, heads = [], []
    for t in range(T + 1):
        F, one, two = moves(state, x, np.zeros_like(y) if errors is None else errors[t], kappa, r)
        f = np.einsum("h,hm->m", weights, F) / gamma0
        out.append(f)
        heads.append(F / gamma0)
        Delta = y - f + out[0] if errors is None else errors[t]
        F, one, two = moves(state, x, Delta, kappa, r)
        state = tuple(s + kappa * u + (kappa**2 * v if second else 0) for s, u, v in zip(state, one, two))
    return np.array(out) - out[0] if errors is None else np.swapaxes(np.array(heads), 0, 1)


def gradient_flow(state, weights, x, y, gamma0, r, tau):
    """f after the time tau = eta0 t for eta0 -> 0."""
    shapes = [s.shape for s in state]
    split = np.cumsum([s.size for s in state])[:-1]
    unpack = lambda v: tuple(p.reshape(s) for p, s in zip(np.split(v, split), shapes))
    f = lambda s: np.einsum("h,hm->m", weights, moves(s, x, y, gamma0, r)[0]) / gamma0

    def rhs(_, v):
        s = unpack(v)
        one = moves(s, x, y - f(s), gamma0, r)[1]
        return gamma0 * np.concatenate([u.ravel() for u in one])

    sol = solve_ivp(rhs, (0, tau), np.concatenate([s.ravel() for s in state]), method="DOP853", rtol=1e-12, atol=1e-13)
    return f(unpack(sol.y[:, -1]))


def fluctuations(nodes, x, y, eta0, gamma0, T):
    B0, weights = nodes_of(nodes, x.shape[-1])
    P = len(y)
    n = (T + 1) * P
    start = infinite(B0)
    f = head_map(start, weights, x, y, eta0, gamma0, 0.0, T).reshape(n)
    Delta = np.tile(y, T + 1) - f
    path = lambda errors: head_map(tuple(s.astype(complex) for s in start), weights, x, y, eta0, gamma0, 0.0, T, errors=errors.reshape(T + 1, P)).reshape(len(B0), n)
    # Each head along its own direction v (heads, n): loops over heads are avoided only where the direction is common.
    tangent = lambda v, at=0.0: path(Delta + at * v + 1e-40j * v).imag / 1e-40
    F = path(Delta.astype(complex)).real
    R = np.array([np.einsum("h,hi->i", weights, tangent(e)) for e in np.eye(n)]).T
    Sig = np.einsum("h,hi,hj->ij", weights, F - f, F - f)
    A = np.linalg.inv(np.eye(n) + R)
    C = A @ Sig @ A.T
    inner = np.zeros(n)
    jac = [tangent(e) for e in np.eye(n)]
    U = (F - f) @ A.T
    for j in range(n):
        inner -= np.einsum("h,h,hi->i", weights, U[:, j], jac[j])
    lam, vec = np.linalg.eigh(C)
    for value, v in zip(lam, vec.T):
        if value < 1e-13 * lam[-1]:
            continue
        h = 3e-3
        d = lambda step: np.einsum("h,hi->i", weights, tangent(v, step) - tangent(v, -step)) / (2 * step)
        inner += 0.5 * value * (4 * d(h) - d(2 * h)) / 3
    return dict(f=f, response=R, headCovariance=Sig, covariance=C, shift=A @ inner)


def gram_covariance(columns):
    """N times the covariance of the entries of a Gram matrix G = W^T W / N, W of N rows of N(0, 1): Isserlis."""
    same = np.eye(columns)
    return np.einsum("ik,jl->ijkl", same, same) + np.einsum("il,jk->ijkl", same, same)


def wide_noise(x, y, eta0, gamma0, T):
    """N H Cov f and N times the variance of logits over heads after T steps, alphaA = 1, leading order: changes of the state at the beginning under errors that stay, by complex steps."""
    P, S, D = x.shape
    n, kappa = (T + 1) * P, eta0 * gamma0
    limit = infinite(np.zeros((1, D, D)))
    f = head_map(limit, np.ones(1), x, y, eta0, gamma0, 1.0, T).reshape(n)
    Delta = (np.tile(y, T + 1) - f).reshape(T + 1, P)
    # Queries beside keys, values beside the read-out: roots of the covariance of both Gram matrices give directions of unit variance.
    directions = []
    for columns, places in ((2 * D, "attention"), (D + 1, "values")):
        value, vector = np.linalg.eigh(gram_covariance(columns).reshape(columns**2, columns**2))
        for lam, v in zip(value, vector.T):
            if lam > 1e-12:
                directions.append((places, np.sqrt(lam) * v.reshape(columns, columns)))
    state = tuple(s.astype(complex) for s in infinite(np.zeros((len(directions), D, D))))
    B, Q2, K2, b, C, a = state
    for k, (places, G) in enumerate(directions):
        e = 1e-40j * G
        if places == "attention":
            Q2[k] += e[:D, :D]
            B[k] += e[:D, D:]
            K2[k] += e[D:, D:]
        else:
            C[k] += e[:D, :D]
            b[k] += e[:D, D]
            a[k] += e[D, D]
    changes = []
    for t in range(T + 1):
        F, one, two = moves(state, x, Delta[t], kappa, 1.0)
        changes.append(F.imag / 1e-40 / gamma0)
        if t < T:
            state = tuple(s + kappa * u + kappa**2 * v for s, u, v in zip(state, one, two))
    # Outputs are centred by those at the beginning, which fluctuate, too.
    F = np.swapaxes(np.array(changes) - changes[0], 0, 1).reshape(len(directions), n)
    A = np.einsum("msi,hij,maj->hmsa", x, state[0], x).imag / 1e-40 / D
    path = lambda errors: head_map(tuple(s.astype(complex) for s in limit), np.ones(1), x, y, eta0, gamma0, 1.0, T, errors=errors.reshape(T + 1, P)).reshape(n)
    R = np.array([path(Delta.reshape(n) + 1e-40j * e).imag / 1e-40 for e in np.eye(n)]).T
    inverse = np.linalg.inv(np.eye(n) + R)
    return dict(f=f, covariance=inverse @ (F.T @ F) @ inverse.T, logitVariance=(A * A).sum(0))


# ---------------------------------------------------------------- one block with an output projection

def site_side(V, Rv, Delta, kappa, P, T, variant):
    """All times at once: stacked (w (T+1), ubar ((T+1) P)) = sources + K stacked."""
    n = T + 1
    K = np.zeros((n + n * P, n + n * P))
    for t in range(n):
        for u in range(t):
            K[t, n + u * P : n + (u + 1) * P] = kappa / P * Delta[u]
            # On the first index and at the first time: the newest error there is when ubar(t) is made.
            learned = kappa / P * (Delta[t - 1] * V[t, u].sum(1) if variant == "first-index" else V[t, u] @ Delta[u])
            K[n + t * P : n + (t + 1) * P, u] = learned + (0 if variant == "no-response" else Rv[t, u])
    solve = np.linalg.inv(np.eye(len(K)) - K)
    sources = np.zeros((len(K), 1 + n * P))
    sources[:n, 0] = 1
    sources[n:, 1:] = np.eye(n * P)
    fields = solve @ sources
    cov = np.zeros((1 + n * P,) * 2)
    cov[0, 0] = 1
    cov[1:, 1:] = V.transpose(0, 2, 1, 3).reshape(n * P, n * P)
    w, ub = fields[:n], fields[n:]
    Om = w @ cov @ w.T
    Rw = w[:, 1:].reshape(n, n, P)
    f = np.einsum("tc,cd,tmd->tm", w, cov, ub.reshape(n, P, -1))
    return f, Om, Rw


def head_side(B0, weights, Om, Rw, Delta, x, kappa, r, T, variant):
    P, S, D = x.shape
    n = T + 1
    V = np.zeros((n, n, P, P))
    Rv = np.zeros((n, n, P))
    logits = []
    cov = np.zeros((D + n, D + n))
    cov[:D, :D] = np.eye(D)
    cov[D:, D:] = Om
    for B, weight in zip(B0, weights):
        state = (B[None].copy(), np.eye(D)[None], np.eye(D)[None], None, None, None)
        xb = np.zeros((n, P, D))
        # Attention needs b(t) <= its past: values and backward fields are solved anew up to t, densely.
        for t in range(n):
            sig = softmax(np.einsum("msi,ij,maj->msa", x, state[0][0], x) / D)
            xs = np.einsum("msa,mai->msi", sig, x)
            xb[t] = xs.mean(1) / np.sqrt(D)
            m = t + 1
            # rows: W_V(0..t) as D rows each, then zeta(0..t)
            K = np.zeros((m * D + m,) * 2)
            for s in range(m):
                for u in range(s):
                    xi = Delta[u] @ xb[u] / P
                    K[s * D : (s + 1) * D, m * D + u] = kappa * xi
                    drive = kappa / P * Om[s, u] * (Delta[s] if variant == "first-index" else Delta[u]) + (0 if variant == "no-response" else Rw[s, u])
                    K[m * D + s, u * D : (u + 1) * D] = drive @ xb[u]
            sources = np.zeros((m * D + m, D + n))
            for s in range(m):
                sources[s * D : (s + 1) * D, :D] = np.eye(D)
                sources[m * D + s, D + s] = 1
            fields = np.linalg.solve(np.eye(len(K)) - K, sources)
            WV, zeta = fields[t * D : (t + 1) * D], fields[m * D + t]
            b = WV @ cov @ zeta
            M = sig * ((x @ b)[:, None, :] - (xs @ b)[..., None]) / np.sqrt(D)
            G = np.einsum("m,msa,msi,maj->ij", Delta[t], M, x, x)[None] / (P * S * D)
            Bt, Q2, K2 = state[:3]
            tr = lambda X: X.swapaxes(1, 2)
            if t < T:
                state = (
                    Bt + kappa * (Q2 @ G + G @ K2) + kappa**2 * r * G @ tr(Bt) @ G,
                    Q2 + r * (kappa * (Bt @ tr(G) + G @ tr(Bt)) + kappa**2 * G @ K2 @ tr(G)),
                    K2 + r * (kappa * (tr(Bt) @ G + tr(G) @ Bt) + kappa**2 * tr(G) @ Q2 @ G),
                )
        WV = fields[: n * D].reshape(n, D, -1)
        vb = np.einsum("tmi,tic->tmc", xb, WV)
        V += weight * np.einsum("tmc,cd,uqd->tumq", vb, cov, vb)
        Rv += weight * vb[:, :, D:].transpose(0, 2, 1)
        logits.append(np.einsum("msi,ij,maj->msa", x, state[0][0], x) / D)
    return V, Rv, np.array(logits)


def one_block(x, y, B0, weights, r, eta0, gamma0, T, variant="right", mixing=1.0, sweeps=None, exact=None):
    P, S, D = x.shape
    n = T + 1
    kappa = eta0 * gamma0
    pooled0 = [np.einsum("msa,mai->mi", softmax(np.einsum("msi,ij,maj->msa", x, B, x) / D), x) / S / np.sqrt(D) for B in B0]
    V = np.broadcast_to(sum(w * p @ p.T for w, p in zip(weights, pooled0)), (n, n, P, P)).copy()
    Rv, Om, Rw, Delta = np.zeros((n, n, P)), np.ones((n, n)), np.zeros((n, n, P)), np.tile(y, (n, 1))
    mix = lambda old, new: (1 - mixing) * old + mixing * new
    history = {}
    for sweep in range(1, (sweeps or 80) + 1):
        f, Om1, Rw1 = site_side(V, Rv, Delta, kappa, P, T, variant)
        f = f / gamma0
        if exact is not None:
            history[sweep] = float(np.abs(f - exact).max())
        Om, Rw, Delta = mix(Om, Om1), mix(Rw, Rw1), mix(Delta, y - f)
        V1, Rv1, logits = head_side(B0, weights, Om, Rw, Delta, x, kappa, r, T, variant)
        change = max(np.abs(V1 - V).max(), np.abs(Rv1 - Rv).max())
        V, Rv = mix(V, V1), mix(Rv, Rv1)
        if sweeps is None and change < 1e-15:
            break
    return dict(f=f, values=V, readOut=Om, valueResponse=Rv, readOutResponse=Rw, logits=logits), history


# ---------------------------------------------------------------- the table

def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return [float("%.16g" % v) for v in value.ravel()]
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def task(P, S, D, phase):
    x = wave((P, S, D), phase)
    y = np.round(np.cos(2.3 * np.arange(P) + phase), 3)
    return x, y


def tokens(x, y):
    P, S, D = x.shape
    return dict(inputs=P, tokens=S, features=D, x=x, targets=y)


def main():
    out = dict(
        function="training limits of multi-head attention: heads read out directly, 1/H and 1/(N H) theory, one block with an output projection",
        generator="packages/dmft/generate/training.py",
        precision="double; explicit networks and one block about 1e-13, shift of the 1/H theory about 1e-8, gradient flow 1e-11",
        date=DATE,
    )
    out["explicit"] = []
    for P, S, D, N, H, alpha, eta0, gamma0, T in [(2, 3, 2, 3, 2, 0.5, 0.2, 1.5, 8), (2, 3, 2, 3, 2, 0.75, 0.2, 1.5, 8), (3, 2, 3, 2, 1, 1.0, 0.15, 1.0, 8), (1, 1, 1, 1, 1, 1.0, 0.1, 1.0, 4)]:
        x, y = task(P, S, D, 0.4 * P + alpha)
        W, f, A = explicit(x, y, alpha, N, H, eta0, gamma0, T)
        out["explicit"].append(dict(**tokens(x, y), N=N, heads=H, alphaA=alpha, eta0=eta0, gamma0=gamma0, queries=W[0], keys=W[1], values=W[2], readOut=W[3], f=f, logits=A))
    out["wide"] = []
    for P, S, D, alpha, n, eta0, gamma0, T in [(2, 3, 2, 1.0, 1, 0.2, 2.0, 30), (3, 4, 3, 1.0, 1, 0.15, 1.5, 24), (2, 3, 2, 0.5, 4, 0.25, 1.0, 16), (3, 2, 1, 0.5, 12, 0.25, 1.0, 16)]:
        x, y = task(P, S, D, 1.7 + P)
        B0, weights = (np.zeros((1, D, D)), np.ones(1)) if alpha == 1 else nodes_of(n, D)
        r = 1.0 if alpha == 1 else 0.0
        args = (infinite(B0), weights, x, y)
        out["wide"].append(
            dict(
                **tokens(x, y), alphaA=alpha, nodes=n, eta0=eta0, gamma0=gamma0, steps=T,
                f=head_map(*args, eta0, gamma0, r, T)[-1],
                withoutSecondOrder=head_map(*args, eta0, gamma0, r, T, second=False)[-1],
                flow=gradient_flow(*args, gamma0, r, eta0 * T),
            )
        )
    x, y = task(2, 3, 2, 3.7)
    out["fluctuations"] = dict(**tokens(x, y), nodes=3, eta0=0.25, gamma0=1.0, steps=8, **fluctuations(3, x, y, 0.25, 1.0, 8))
    out["wideNoise"] = []
    # The first are the tokens of the reference's data B, whose logits begin with the variance 0.490 / N.
    B = np.array([[[0.0, 1.1], [-1.6, -0.3], [0.1, -0.5]], [[-1.2, 1.1], [0.0, -0.9], [0.9, -0.1]]]), np.array([1.0, -1.0])
    for (x, y), eta0, gamma0, T in [(B, 0.25, 1.0, 0), (B, 0.25, 1.0, 12), (task(3, 2, 3, 0.8), 0.2, 1.5, 8)]:
        out["wideNoise"].append(dict(**tokens(x, y), eta0=eta0, gamma0=gamma0, steps=T, **wide_noise(x, y, eta0, gamma0, T)))
    out["oneBlock"] = []
    for P, S, D, alpha, n, eta0, gamma0, T in [(2, 3, 2, 1.0, 1, 0.25, 1.0, 10), (3, 2, 3, 1.0, 1, 0.2, 1.5, 8), (2, 3, 1, 0.5, 5, 0.25, 1.0, 8)]:
        x, y = task(P, S, D, 5.2 + P + alpha)
        B0, weights = (np.zeros((1, D, D)), np.ones(1)) if alpha == 1 else nodes_of(n, D)
        r = 1.0 if alpha == 1 else 0.0
        run = lambda **more: one_block(x, y, B0, weights, r, eta0, gamma0, T, **more)
        right, _ = run()
        row = dict(**tokens(x, y), alphaA=alpha, nodes=n, eta0=eta0, gamma0=gamma0, steps=T, **right)
        row["wrong"] = {name: run(variant=name)[0]["f"][-1] for name in ("no-response", "first-index")}
        if len(out["oneBlock"]) == 0:
            row["sweeps"] = {str(d): run(mixing=d, sweeps=40, exact=right["f"])[1] for d in (1.0, 0.5)}
        out["oneBlock"].append(row)
    json.dump(plain(out), sys.stdout)
    print()


if __name__ == "__main__":
    main()
