"""What the Python sides of the drift have in common: a line of JSON asked, a line of JSON answered.

{"about": form, "threads": t} answers {"version": ...} or {"absent": why}; {"tokens": [...], "n", "d", "dtype"} keeps the tokens;
{"run": form, "dtype", "beta", "calls", "clock", "drift"?} times that many drifts; {"forget": dtype} frees.
"""

import json
import sys
import time

CLOCKS = {"processor": time.process_time, "wall": time.perf_counter}


def answer(value):
    print(json.dumps(value), flush=True)


def serve(version, forms, kept, numbers):
    """forms: name -> drift(kept tokens, beta); kept(numbers, n, d, dtype) -> tokens; numbers(drift) -> list."""
    tokens = {}
    for line in sys.stdin:
        asked = json.loads(line)
        if "about" in asked:
            answer({"version": version(asked["threads"])} if asked["about"] in forms else {"absent": f"{version(asked['threads'])} has no such function"})
        elif "tokens" in asked:
            tokens[asked["dtype"]] = kept(asked["tokens"], asked["n"], asked["d"], asked["dtype"])
            answer({})
        elif "forget" in asked:
            tokens.pop(asked["forget"], None)
            answer({})
        else:
            form, x, beta, clock = forms[asked["run"]], tokens[asked["dtype"]], asked["beta"], CLOCKS[asked["clock"]]
            start = clock()
            for _ in range(asked["calls"]):
                drift = form(x, beta)
            seconds = clock() - start
            answer({"seconds": seconds, **({"drift": numbers(drift)} if asked.get("drift") else {})})
