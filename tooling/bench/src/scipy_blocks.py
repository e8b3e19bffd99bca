"""The other side of speed.mjs: reads a line of JSON, does what it asks, answers a line of JSON.

{"points": {name: [[...], ...]}} keeps argument arrays; {"time": name} times one block of that function over them.
Run by speed.mjs with Debian's python3-scipy.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy import special

FUNCTIONS = {
    "besselIScaled": special.ive, "besselIScaled, order 0": lambda x: special.i0e(x), "logGamma": special.gammaln, "digamma": special.psi,
    "erf": special.erf, "erfc": special.erfc, "ei": special.expi, "e1": special.exp1,
}
points = {}
for line in sys.stdin:
    asked = json.loads(line)
    if "points" in asked:
        points.update({name: [np.array(a) for a in arrays] for name, arrays in asked["points"].items()})
        answer = {"versions": f"SciPy {scipy.__version__}, NumPy {np.__version__}, Python {sys.version.split()[0]}"}
    else:
        function, arguments = FUNCTIONS[asked["time"]], points[asked["time"]]
        start = time.perf_counter()
        values = function(*arguments)
        answer = {"seconds": time.perf_counter() - start, "sum": float(np.sum(values))}
    print(json.dumps(answer), flush=True)
