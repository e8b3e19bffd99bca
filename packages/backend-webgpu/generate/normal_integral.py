"""Coefficients of src/shaders/activations.ts: erf(x / sqrt 2) / x as a polynomial in x^2 for x^2 <= 2, at Chebyshev points, with mpmath.
Run: python3 packages/backend-webgpu/generate/normal_integral.py (Debian's python3-mpmath); prints the coefficients and the largest relative error."""
from mpmath import mp, mpf, erf, sqrt, cos, pi, matrix, lu_solve, polyval

mp.dps = 40
DEGREE = 8


def quotient(square):
    x = sqrt(square)
    return erf(x / sqrt(mpf(2))) / x if x else sqrt(2 / pi)


points = [1 + cos((2 * i + 1) * pi / (2 * DEGREE + 2)) for i in range(DEGREE + 1)]
system = matrix([[point**k for k in range(DEGREE + 1)] for point in points])
coefficients = list(lu_solve(system, matrix([quotient(point) for point in points])))
for k, value in enumerate(coefficients):
    print(k, mp.nstr(value, 10))
rounded = [mpf(mp.nstr(value, 10)) for value in coefficients]
grid = [mpf(2) * i / 1000 for i in range(1, 1001)]
print("relative error", mp.nstr(max(abs(polyval(rounded[::-1], s) / quotient(s) - 1) for s in grid), 3))
