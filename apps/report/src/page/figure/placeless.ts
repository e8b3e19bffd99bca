import type { Figure, FigureAxis, Layer } from "@mesoscope/contracts";
import { showNumber } from "../number.js";
import { roleOf } from "./roles.js";
import { hasPlace } from "./scale.js";

/**
 * How many values of a figure cannot be drawn: at or below zero where an axis, or a scale of colour, is logarithmic, or at the end of the
 * range of a double. A figure never drops them silently.
 */
export function placeless({ x, y, panels }: Figure): number {
  return panels.reduce((sum, { layers }) => sum + layers.reduce((more, layer) => more + inLayer(layer, x, y), 0), 0);
}

/** The same as a sentence, or nothing if everything has its place. */
export function placelessNote(figure: Figure): string | undefined {
  const count = placeless(figure);
  if (count === 0) return undefined;
  return `${count === 1 ? "One value has" : `${showNumber(count)} values have`} no place on the axes, which are logarithmic or end before; the record has ${count === 1 ? "it" : "them"}.`;
}

function inLayer(layer: Layer, x: FigureAxis, y: FigureAxis): number {
  const without = (axis: FigureAxis, values: readonly number[]): number => values.filter((value) => !hasPlace(axis, value)).length;
  switch (layer.role) {
    case "mark":
      return without(layer.across === "x" ? x : y, [layer.at]);
    // Their lower edges and empty bins reach the bottom of a logarithmic axis.
    case "band":
      return layer.x.filter((value, i) => !hasPlace(x, value) || !hasPlace(y, layer.upper[i]!)).length;
    case "law":
      return without(x, layer.edges.slice(1));
    case "frames":
      return layer.frames.reduce((sum, frame) => sum + frame.x.filter((value, i) => !hasPlace(x, value) || !hasPlace(y, frame.y[i]!)).length, 0);
    case "heat-map":
      return roleOf(layer).places(layer).filter((place) => !hasPlace(x, place.x) || !hasPlace(y, place.y) || !hasPlace(layer.colour, layer.values[place.row]!)).length;
    default:
      return roleOf(layer).places(layer).filter((place) => !hasPlace(x, place.x) || !hasPlace(y, place.y)).length;
  }
}
