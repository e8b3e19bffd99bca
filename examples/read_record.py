#!/usr/bin/env python3
"""Reads a record that `mesoscope run` wrote: its verdicts, and one of its figures with theory, points and intervals.

    python3 examples/read_record.py reports/records/growth-rates.record.json
    python3 examples/read_record.py reports/records/growth-rates.record.json --figure rates-sa --plot rates.png

A record is one JSON object; its shape is the interface MesoscopeRecord of @mesoscope/contracts. Nothing but Python is needed to
read it, and matplotlib to plot.
"""
import argparse
import json
import sys


def read_record(path):
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    if record.get("recordVersion") != 1:
        raise ValueError(f"{path}: recordVersion is {record.get('recordVersion')}, this script reads version 1")
    return record


def print_verdicts(record):
    print(f"{record['title']} (level {record['level']}, seed {record['seed']})")
    print(record["narrative"]["headline"])
    for verdict in record["verdicts"]:
        number = ""
        if "value" in verdict:
            number = f"{verdict['value']:.4g}"
            if "interval" in verdict:
                low, high = verdict["interval"]
                number += f" [{low:.4g}, {high:.4g}] at {verdict['confidence']:.0%}"
        print(f"{verdict['outcome']:9}  {verdict['subject']}  {number}".rstrip())


def plot_figure(record, name, path):
    figures = {figure["id"]: figure for figure in record["figures"]}
    if name not in figures:
        raise ValueError(f"there is no figure {name!r}; there are {', '.join(figures)}")
    import matplotlib

    matplotlib.use("Agg")  # draws into a file, without a window
    from matplotlib import pyplot

    figure = figures[name]
    panels = figure["panels"]
    drawing, axes = pyplot.subplots(1, len(panels), figsize=(4.5 * len(panels), 3.6), squeeze=False, layout="constrained")
    for ax, panel in zip(axes[0], panels):
        colours = {}
        for layer in panel["layers"]:
            colour = colours.setdefault(layer["label"], f"C{len(colours) % 10}")
            draw_layer(ax, layer, colour)
        ax.set(title=panel["title"], xlabel=label(figure["x"]), ylabel=label(figure["y"]), xscale=figure["x"]["scale"], yscale=figure["y"]["scale"])
    axes[0][-1].legend(fontsize="small", loc="upper left", bbox_to_anchor=(1.02, 1))
    drawing.suptitle(figure["title"])
    drawing.savefig(path, dpi=200)


def draw_layer(ax, layer, colour):
    """Four of the ten roles of a layer; the others are left out."""
    role = layer["role"]
    if role == "curve":
        ax.plot(layer["x"], layer["y"], color=colour, label=f"{layer['label']} ({layer['source']})")
    elif role == "band":
        ax.fill_between(layer["x"], layer["lower"], layer["upper"], color=colour, alpha=0.2)
    elif role == "points":
        below = [y - low for y, low in zip(layer["y"], layer["lower"])]
        above = [high - y for y, high in zip(layer["y"], layer["upper"])]
        ax.errorbar(layer["x"], layer["y"], yerr=[below, above], fmt="o", color=colour, label=f"{layer['label']} ({layer['source']})")
    elif role == "mark":
        (ax.axvline if layer["across"] == "x" else ax.axhline)(layer["at"], color="grey", linestyle=":")


def label(axis):
    return f"{axis['symbol']}: {axis['meaning']}" + ("" if axis["unit"] == "1" else f" ({axis['unit']})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record")
    parser.add_argument("--figure", help="id of a figure; default: the first")
    parser.add_argument("--plot", metavar="FILE", help="draw it into a PNG, SVG or PDF")
    wish = parser.parse_args()
    record = read_record(wish.record)
    print_verdicts(record)
    if wish.plot:
        plot_figure(record, wish.figure or record["figures"][0]["id"], wish.plot)


if __name__ == "__main__":
    try:
        main()
    except (ValueError, ImportError, OSError, LookupError) as error:
        sys.exit(f"read_record.py: {error}")
