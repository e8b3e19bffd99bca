"""The cases of the multi-head reference that the finite networks are tested against, cut from its whole.

    python3 reference_subset.py /path/to/multihead.json > ../test/fixtures/multihead.json
"""
import json
import sys

CASES = ["D1", "E1", "B3", "F1", "G1", "H1"]

with open(sys.argv[1], encoding="utf-8") as file:
    whole = json.load(file)
tests = {case["id"]: {"inputs": case["inputs"], "expected": case["expected"]} for case in whole["tests"] if case["id"] in CASES}
header = {"function": "exact recursions and ensembles of multi-head transformers", "generator": "generate/reference_subset.py, from an independent NumPy implementation", "precision": "printed digits; ensembles with standard errors", "date": "2026-11-25"}
json.dump({"header": header, "data": whole["data"], "tests": tests}, sys.stdout, indent=1)
