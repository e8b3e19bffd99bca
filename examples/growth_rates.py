#!/usr/bin/env python3
"""Growth rates about the uniform state, degree by degree, asked of `mesoscope compute` and plotted.

Prints them as CSV; with --plot it draws them, too, which takes matplotlib:

    python3 examples/growth_rates.py > rates.csv
    python3 examples/growth_rates.py --plot rates.png

The command is `mesoscope`; the variable MESOSCOPE says how to call another, for example "npx mesoscope".
"""
import argparse
import json
import os
import shlex
import subprocess
import sys

COMMAND = shlex.split(os.environ.get("MESOSCOPE", "mesoscope"))


def compute(quantity, inputs):
    """Theory values for a list of inputs: one process, JSON in on stdin, JSON out on stdout, words on stderr."""
    try:
        done = subprocess.run([*COMMAND, "compute", quantity, "--json"], input=json.dumps(inputs), capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        raise ValueError(f"there is no command {COMMAND[0]!r}: install mesoscope, or say in MESOSCOPE how to call it") from None
    if done.returncode != 0:
        raise ValueError(done.stderr.strip())  # the value, the rule and the remedy, in one paragraph
    return json.loads(done.stdout)


def growth_rates(flow, d, degrees, betas):
    """For each degree k the rates at the inverse temperatures, per unit of depth."""
    inputs = [{"flow": flow, "d": d, "k": k, "beta": beta} for k in degrees for beta in betas]
    rates = [answer["rate"] for answer in compute("growth-rate", inputs)]
    return {k: rates[i * len(betas):(i + 1) * len(betas)] for i, k in enumerate(degrees)}


def plot(path, betas, rates, title):
    import matplotlib

    matplotlib.use("Agg")  # draws into a file, without a window
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for k, values in rates.items():
        axes.plot(betas, values, label=f"k = {k}")
    axes.set(xlabel="β: inverse temperature", ylabel="growth rate of degree k (1/depth)", title=title)
    axes.legend()
    figure.savefig(path, dpi=200)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flow", choices=["SA", "USA"], default="SA")
    parser.add_argument("--d", type=int, default=2, help="dimension of the tokens")
    parser.add_argument("--degrees", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--plot", metavar="FILE", help="draw them into a PNG, SVG or PDF")
    wish = parser.parse_args()
    betas = [i / 10 for i in range(1, 61)]
    rates = growth_rates(wish.flow, wish.d, wish.degrees, betas)
    print(",".join(["beta", *(f"k{k}" for k in rates)]))
    for i, beta in enumerate(betas):
        print(",".join(repr(value) for value in [beta, *(values[i] for values in rates.values())]))
    if wish.plot:
        plot(wish.plot, betas, rates, f"{wish.flow}, d = {wish.d}")


if __name__ == "__main__":
    try:
        main()
    except (ValueError, ImportError, OSError) as error:
        sys.exit(f"growth_rates.py: {error}")
