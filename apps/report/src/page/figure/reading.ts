import type { Figure, FigureAxis, Layer } from "@mesoscope/contracts";
import { showInterval, showNumber, showPercent } from "../number.js";
import type { LayerData } from "./role.js";
import { roleOf } from "./roles.js";
import { shortened } from "./wrap.js";

/** What stands at one row of a layer, in words: "SA (simulation): n = 512, T = 5.95 [5.90, 6.01] (95 %) depth". */
export function reading(figure: Figure, layer: Layer, row: number): string {
  return `${name(layer)}: ${values(figure, layer, row)}`;
}

function name(layer: Layer): string {
  const label = shortened(layer.label, 120);
  return layer.role === "mark" || label.toLowerCase().includes(layer.source) ? label : `${label} (${layer.source})`;
}

function values({ x, y }: Figure, layer: Layer, row: number): string {
  if (layer.role === "points") {
    return `${at(x, layer.x[row]!)}, ${y.symbol} = ${showInterval(layer.y[row], [layer.lower[row]!, layer.upper[row]!])}${unit(y)} (${showPercent(layer.confidence)})`;
  }
  if (layer.role === "band") return `${at(x, layer.x[row]!)}, ${y.symbol} from ${showNumber(layer.lower[row]!)} to ${showNumber(layer.upper[row]!)}${unit(y)}`;
  const { columns, rows } = dataOf(layer, x, y);
  return (rows[row] ?? []).map((value, i) => `${columns[i]!} = ${typeof value === "number" ? showNumber(value, 6) : value}`).join(", ");
}

const known = new WeakMap<Layer, LayerData>();

/** The rows of a layer, made once: a pointer asks for them at every move. */
function dataOf(layer: Layer, x: FigureAxis, y: FigureAxis): LayerData {
  const data = known.get(layer) ?? roleOf(layer).data(layer, x, y);
  known.set(layer, data);
  return data;
}

function at(axis: FigureAxis, value: number): string {
  return `${axis.symbol} = ${showNumber(value, 6)}${unit(axis)}`;
}

function unit(axis: FigureAxis): string {
  return axis.unit === "1" ? "" : ` ${axis.unit}`;
}
