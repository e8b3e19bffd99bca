"""Direction numbers of the first 64 Sobol coordinates: src/quasi-random/sobol-directions.ts.

Run:  /usr/bin/python3 scripts/sobol-directions.py      (made with SciPy 1.10.1, whose file holds the numbers of Joe and Kuo, 2008)
"""

import pathlib

import numpy as np
import scipy.stats

DIMENSIONS = 64
data = np.load(pathlib.Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
rows = []
for d in range(1, DIMENSIONS):
    polynomial = int(data["poly"][d])
    degree = polynomial.bit_length() - 1
    rows.append("  " + str([polynomial] + [int(m) for m in data["vinit"][d][:degree]]) + ",")
text = '''/**
 * @file Sobol direction numbers of coordinates 2 to 64, written by scripts/sobol-directions.py. A row is the primitive polynomial over GF(2), its bits from
 * the leading 1 to the trailing 1, then the first odd integers m_1, m_2, ..., one for each degree. Coordinate 1 is van der Corput's.
 *
 * @see S. Joe, F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008) 2635-2654
 */
export const SOBOL_ROWS: readonly (readonly number[])[] = [
''' + "\n".join(rows) + "\n];\n"
(pathlib.Path(__file__).parent.parent / "src/quasi-random/sobol-directions.ts").write_text(text)
