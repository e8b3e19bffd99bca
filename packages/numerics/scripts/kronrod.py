"""Nodes and weights of the Gauss rule of 10 points and its Kronrod extension to 21.

Run:  python3 scripts/kronrod.py
Needs mpmath (made with 1.2.1, 60 digits). The Stieltjes polynomial E of degree 11 is orthogonal, with weight P_10, to
every polynomial of degree 10 or less; the added nodes are its zeros. Weights by moments of Legendre polynomials.
Prints TypeScript arrays for x >= 0; src/quadrature/gauss-kronrod.ts holds them.
"""

import mpmath as mp

mp.mp.dps = 60
N = 10


def legendre(n):
    """Coefficients of P_n, lowest degree first."""
    p, q = [mp.mpf(1)], [mp.mpf(0), mp.mpf(1)]
    if n == 0:
        return p
    for k in range(1, n):
        shifted = [mp.mpf(0)] + [c * (2 * k + 1) / (k + 1) for c in q]
        for i, c in enumerate(p):
            shifted[i] -= c * mp.mpf(k) / (k + 1)
        p, q = q, shifted
    return q


def integral(coefficients):
    return sum(2 * c / (k + 1) for k, c in enumerate(coefficients) if k % 2 == 0)


def times(a, b):
    out = [mp.mpf(0)] * (len(a) + len(b) - 1)
    for i, u in enumerate(a):
        for j, v in enumerate(b):
            out[i + j] += u * v
    return out


P = [legendre(k) for k in range(2 * N + 2)]
# E = P_11 + c_9 P_9 + ... + c_1 P_1: odd, like P_11.
odd = list(range(1, N + 1, 2))
system, right = mp.matrix(len(odd), len(odd)), mp.matrix(len(odd), 1)
for i, k in enumerate(odd):
    test = times(P[N], P[k])
    right[i] = -integral(times(test, P[N + 1]))
    for j, m in enumerate(odd):
        system[i, j] = integral(times(test, P[m]))
c = mp.lu_solve(system, right)
E = list(P[N + 1])
for value, m in zip(c, odd):
    for i, u in enumerate(P[m]):
        E[i] += value * u

gauss = sorted(mp.re(r) for r in mp.polyroots(P[N][::-1], maxsteps=500, extraprec=400))
added = sorted(mp.re(r) for r in mp.polyroots(E[::-1], maxsteps=500, extraprec=400))


def weights(nodes):
    count = len(nodes)
    matrix, moments = mp.matrix(count, count), mp.matrix(count, 1)
    moments[0] = 2
    for i in range(count):
        for j, x in enumerate(nodes):
            matrix[i, j] = mp.legendre(i, x) if i else 1
    return list(mp.lu_solve(matrix, moments))


nodes = sorted(gauss + added)
kronrod = weights(nodes)
gauss_weights = dict(zip(gauss, weights(gauss)))
print("NODES", [repr(float(x)) if abs(x) > 1e-40 else "0.0" for x in nodes if x > -1e-40])
print("KRONROD", [repr(float(w)) for x, w in zip(nodes, kronrod) if x > -1e-40])
print("GAUSS", [repr(float(gauss_weights[x])) if x in gauss_weights else "0" for x in nodes if x > -1e-40])
