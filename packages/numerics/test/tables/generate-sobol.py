"""Reference Sobol points from SciPy's own generator: test/tables/sobol.json.

Run:  /usr/bin/python3 test/tables/generate-sobol.py      (made with SciPy 1.10.1: scipy.stats.qmc.Sobol(64, scramble=False, bits=32))
A row is [index, coordinate from 0, floor(2^32 x)].
"""

import datetime
import json
import pathlib

import numpy as np
from scipy.stats import qmc

points = qmc.Sobol(64, scramble=False, bits=32).random(2**13)
rng = np.random.default_rng(7)
rows = [[i, d, int(points[i, d] * 2**32)] for i, d in [(i, d) for i in range(1, 6) for d in range(0, 64, 9)]]
rows += [[int(i), int(d), int(points[i, d] * 2**32)] for i, d in zip(rng.integers(0, 2**13, 240), rng.integers(0, 64, 240))]
header = {"what": "Sobol points", "generator": "test/tables/generate-sobol.py, scipy 1.10.1, exact in 32 bits", "date": datetime.date.today().isoformat(), "rows": "[index, coordinate, floor(2^32 x)]"}
path = pathlib.Path(__file__).parent / "sobol.json"
path.write_text('{"header":' + json.dumps(header, separators=(",", ":")) + ',"rows":' + json.dumps(rows, separators=(",", ":")).replace("],[", "],\n[") + "}\n")
