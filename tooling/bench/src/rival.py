"""What the Python sides of the bench have in common: a line of JSON asked, a line of JSON answered. Asked by rivals/python.mjs.

{"about": form, "threads": t} answers {"version": ...} or {"absent": why}; {"keep": problem, "dtype"} keeps a problem;
{"run": form, "dtype", "calls", "clock", "result"?} times that many calls; {"forget": dtype} frees.
"""

import json
import sys
import time

CLOCKS = {"processor": time.process_time, "wall": time.perf_counter}


def answer(value):
    print(json.dumps(value), flush=True)


def serve(version, forms, kept):
    """version(threads) -> words; forms: name -> function of what kept(problem, dtype) made, which gives an array of NumPy or PyTorch."""
    problems = {}
    for line in sys.stdin:
        asked = json.loads(line)
        if "about" in asked:
            words = version(asked["threads"])
            answer({"version": words} if asked["about"] in forms else {"absent": f"{words} has no such function"})
        elif "keep" in asked:
            problems[asked["dtype"]] = kept(asked["keep"], asked["dtype"])
            answer({})
        elif "forget" in asked:
            problems.pop(asked["forget"], None)
            answer({})
        else:
            form, problem, clock = forms[asked["run"]], problems[asked["dtype"]], CLOCKS[asked["clock"]]
            start = clock()
            for _ in range(asked["calls"]):
                result = form(problem)
            seconds = clock() - start
            answer({"seconds": seconds, **({"result": result.reshape(-1).tolist()} if asked.get("result") else {})})


def numpy_version(np):
    """NumPy and the BLAS that it calls, with the processor whose kernels that chose."""
    import ctypes

    try:
        config = ctypes.CDLL("libblas.so.3").openblas_get_config
        config.restype = ctypes.c_char_p
        words = config().decode().split()
        return f"NumPy {np.__version__}, {words[0]} {words[1]}, kernels for {words[-2]}"
    except (OSError, AttributeError, IndexError):
        return f"NumPy {np.__version__}"
