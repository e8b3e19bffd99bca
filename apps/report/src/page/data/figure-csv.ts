import type { Figure, Layer } from "@mesoscope/contracts";
import { csvText, type Cell } from "./csv.js";

/** The columns a layer may fill, in the order in which they are written. */
const columns = ["x", "x_end", "y", "lower", "upper", "confidence", "error", "value", "time", "orbit"] as const;
type Row = Partial<Record<(typeof columns)[number], number>>;

/**
 * The numbers of a figure as one long table: a row for each point, with its panel, layer, role and source, and those of `columns` that
 * occur. x and y are the figure's axes: `x_end` ends a bin of a law, `value` is the colour of a map, `error` the numerical error of y.
 */
export function figureCsv(figure: Figure): string {
  const layers = figure.panels.flatMap((panel, i) => panel.layers.map((layer) => ({ panel: panel.title === "" ? String(i + 1) : panel.title, layer, rows: rowsOf(layer) })));
  const used = columns.filter((column) => layers.some(({ rows }) => rows.some((row) => row[column] !== undefined)));
  const written = function* (): Generator<readonly Cell[]> {
    for (const { panel, layer, rows } of layers) {
      const name = [panel, layer.label, layer.role, layer.role === "mark" ? null : layer.source];
      for (const row of rows) yield [...name, ...used.map((column) => row[column])];
    }
  };
  return csvText(["panel", "layer", "role", "source", ...used], written());
}

function rowsOf(layer: Layer): readonly Row[] {
  switch (layer.role) {
    case "curve":
      return layer.x.map((x, i) => ({ x, y: layer.y[i]!, ...known("error", layer.error?.[i]) }));
    case "band":
      return layer.x.map((x, i) => ({ x, lower: layer.lower[i]!, upper: layer.upper[i]! }));
    case "points":
      return layer.x.map((x, i) => ({ x, y: layer.y[i]!, lower: layer.lower[i]!, upper: layer.upper[i]!, confidence: layer.confidence }));
    case "cloud":
      return pairs(layer);
    case "heat-map":
      return layer.y.flatMap((y, i) => layer.x.map((x, j) => ({ x, y, value: layer.values[i * layer.x.length + j]! })));
    case "law":
      return layer.density.map((y, i) => ({ x: layer.edges[i]!, x_end: layer.edges[i + 1]!, y }));
    case "phase-portrait":
      return layer.orbits.flatMap((points, orbit) => pairs(points).map((row) => ({ ...row, orbit: orbit + 1 })));
    case "spectrum":
      return layer.frequency.map((x, i) => ({ x, y: layer.power[i]! }));
    case "frames":
      return layer.frames.flatMap((frame) => pairs(frame).map((row) => ({ ...row, time: frame.time })));
    case "mark":
      return [layer.across === "x" ? { x: layer.at } : { y: layer.at }];
  }
}

/** Orbits and frames may have more of one coordinate than of the other. */
function pairs({ x, y }: { readonly x: readonly number[]; readonly y: readonly number[] }): readonly Row[] {
  return Array.from({ length: Math.max(x.length, y.length) }, (_, i) => ({ ...known("x", x[i]), ...known("y", y[i]) }));
}

function known(column: (typeof columns)[number], value: number | undefined): Row {
  return value === undefined ? {} : { [column]: value };
}
