"""Takes the cases of the finite side out of the reference cases of the 1-bit network: test/fixtures/reference.json.

    python3 generate/reference_subset.py one-bit.json > test/fixtures/reference.json
"""
import datetime
import json
import sys

KINDS = ("step", "trajectory", "exact", "monte_carlo", "stationary_moments", "columns")
MORE = ("lna-hop1-stationary",)

source = json.load(open(sys.argv[1]))
cases = [case for case in source["cases"] if case["kind"] in KINDS or case["id"] in MORE]
used = {case["input"].get("system") for case in cases}
header = {
    "function": "windows, exact laws, sampled moments and column classes of 1-bit self-attention",
    "generator": "independent NumPy, C and JavaScript implementations; this selection by generate/reference_subset.py",
    "precision": "doubles; tol of each case, sampled ones with their sample or standard error",
    "date": datetime.date.today().isoformat(),
}
systems = {name: {key: system[key] for key in ("M", "C", "weights", "P", "xi", "zeta")} for name, system in source["systems"].items() if name in used}
print("{" + json.dumps(header)[1:-1] + ",\n\"systems\": {\n" + ",\n".join(json.dumps(k) + ": " + json.dumps(v) for k, v in systems.items()) + "\n},\n\"cases\": [\n" + ",\n".join(json.dumps({k: c[k] for k in ("id", "kind", "input", "expected", "tol") if k in c}) for c in cases) + "\n]}")
