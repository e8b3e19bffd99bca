/** @file The failure marked where it begins: the size from which a theory holds, the time until which it does. Where nothing fails nothing is marked. */
import type { Layer } from "@mesoscope/contracts";
import { sizeInWords, timeInWords, type Answer } from "@mesoscope/finite-size";

/** On an axis of sizes: a line where the theory begins to hold, and a band over the interval of a fitted size. */
export function startLayers(name: string, { axis, outcome, from, horizon, sizes }: Answer, drawn: readonly Layer[]): readonly Layer[] {
  if (outcome !== "holds" || horizon !== undefined || sizes === undefined) return [];
  if (from.kind === "tested" && from.failing !== null) return [{ role: "mark", label: `holds from ${axis} = ${from.value} on: ${name}`, at: from.value, across: "x" }];
  if (from.kind !== "fitted") return [];
  const [low, high] = [Math.max(sizes[0], from.interval[0]), Math.min(sizes[1], from.interval[1] ?? sizes[1])];
  return [...strip(`interval of the size from which it holds: ${name}`, [low, high], drawn), { role: "mark", label: `holds from ${axis} = ${sizeInWords(from.value)} on: ${name}`, at: from.value, across: "x" }];
}

/** On an axis of time: a line where the theory ceases to hold, and a band until it fails. */
export function horizonLayers(name: string, { horizon }: Answer, drawn: readonly Layer[]): readonly Layer[] {
  if (horizon === undefined) return [];
  const { until, failsFrom } = horizon;
  const mark: Layer = { role: "mark", label: `holds until ${timeInWords(horizon, until)}${failsFrom === undefined ? "" : `, fails from ${timeInWords(horizon, failsFrom)} on`}: ${name}`, at: until, across: "x" };
  return [...(failsFrom === undefined ? [] : strip(`between holding and failing: ${name}`, [until, failsFrom], drawn)), mark];
}

/** A band over an interval of x as high as everything drawn; nothing where the interval or the drawing is empty. */
function strip(label: string, [low, high]: readonly [number, number], drawn: readonly Layer[]): readonly Layer[] {
  const heights = drawn.flatMap(heightsOf);
  if (!(low < high) || heights.length === 0) return [];
  const [bottom, top] = [Math.min(...heights), Math.max(...heights)];
  return [{ role: "band", label, source: "reference", x: [low, high], lower: [bottom, bottom], upper: [top, top] }];
}

function heightsOf(layer: Layer): readonly number[] {
  switch (layer.role) {
    case "curve":
      return layer.y;
    case "band":
      return [...layer.lower, ...layer.upper];
    case "points":
      return [...layer.lower, ...layer.upper, ...layer.y];
    default:
      return [];
  }
}
