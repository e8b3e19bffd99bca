/**
 * @file What a page has room for. A record may hold millions of numbers; a page of 2 MB holds some ten thousand, drawn and embedded.
 * What is left out is said under the figure, and stands in the record file beside the page.
 */
import type { Figure, Layer } from "@mesoscope/contracts";

/** A figure with fewer points, and how many of how many. */
export interface Thinned {
  readonly figure: Figure;
  readonly kept: number;
  readonly of: number;
}

/** Points of all layers of a figure; a cell of a map, a bin of a law is one. */
export function pointsOf(figure: Figure): number {
  return sumOf(figure, count);
}

/** How much room a figure takes, in points of a line: cells of a map are drawn in runs of one colour, and take less. */
export function roomOf(figure: Figure): number {
  return sumOf(figure, room);
}

function sumOf(figure: Figure, of: (layer: Layer) => number): number {
  return figure.panels.reduce((sum, panel) => sum + panel.layers.reduce((more, layer) => more + of(layer), 0), 0);
}

/** Cells of a map that take the room of a point of a line. */
const cellsInAPoint = 8;

function room(layer: Layer): number {
  return layer.role === "heat-map" ? Math.ceil(count(layer) / cellsInAPoint) : count(layer);
}

/** A figure of the room of at most about `most` points, of its first `panelsAtMost` panels: each layer that has more than its share keeps every k-th, lines with their ends. */
export function thinned(whole: Figure, most: number, panelsAtMost: number = Number.POSITIVE_INFINITY): Thinned {
  const of = pointsOf(whole);
  const figure = whole.panels.length <= panelsAtMost ? whole : { ...whole, panels: whole.panels.slice(0, panelsAtMost) };
  if (roomOf(figure) <= most) return { figure, kept: pointsOf(figure), of };
  const share = fairShare(figure.panels.flatMap((panel) => panel.layers.map(room)), most);
  const panels = figure.panels.map((panel) => ({ ...panel, layers: panel.layers.map((layer) => fewer(layer, share)) }));
  const shown = { ...figure, panels };
  return { figure: shown, kept: pointsOf(shown), of };
}

/** The largest number that everyone may keep so that all together keep at most `most`. */
export function fairShare(counts: readonly number[], most: number): number {
  let left = most;
  const ascending = [...counts].sort((a, b) => a - b);
  for (const [i, value] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - i));
    if (value > share) return Math.max(2, share);
    left -= value;
  }
  return most;
}

function count(layer: Layer): number {
  switch (layer.role) {
    case "heat-map":
      return layer.values.length;
    case "law":
      return layer.density.length;
    case "phase-portrait":
      return layer.orbits.reduce((sum, orbit) => sum + orbit.x.length, 0);
    case "spectrum":
      return layer.frequency.length;
    case "frames":
      return layer.frames.reduce((sum, frame) => sum + frame.x.length, 0);
    case "mark":
      return 1;
    default:
      return layer.x.length;
  }
}

/** Rows 0, k, 2k, ... and the last. */
function rowsKept(length: number, most: number): readonly number[] {
  const stride = Math.ceil(length / Math.max(1, most - 1));
  const rows = Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);
  if (length > 0 && rows.at(-1) !== length - 1) rows.push(length - 1);
  return rows;
}

/** A symbol with its whiskers takes as much room as ten points of a line. */
const symbolsAtMost = 1000;

function fewer(layer: Layer, share: number): Layer {
  const whole = count(layer);
  const most = layer.role === "points" ? Math.min(share, symbolsAtMost) : layer.role === "heat-map" ? share * cellsInAPoint : share;
  if (whole <= most) return layer;
  const among = (length: number): ((values: readonly number[]) => readonly number[]) => {
    const rows = rowsKept(length, Math.max(2, Math.floor((most * length) / whole)));
    return (values) => rows.flatMap((row) => (row < values.length ? [values[row]!] : []));
  };
  switch (layer.role) {
    case "curve": {
      const pick = among(whole);
      return { ...layer, x: pick(layer.x), y: pick(layer.y), ...(layer.error === undefined ? {} : { error: pick(layer.error) }) };
    }
    case "band":
    case "points": {
      const pick = among(whole);
      const edges = { x: pick(layer.x), lower: pick(layer.lower), upper: pick(layer.upper) };
      return layer.role === "band" ? { ...layer, ...edges } : { ...layer, ...edges, y: pick(layer.y) };
    }
    case "cloud": {
      const pick = among(whole);
      return { ...layer, x: pick(layer.x), y: pick(layer.y) };
    }
    case "spectrum":
      return { ...layer, ...peaksKept(layer.frequency, layer.power, most) };
    case "phase-portrait":
      return { ...layer, orbits: some(layer.orbits, most / leastOfOne).map((orbit) => pairs(orbit, among(orbit.x.length))) };
    case "frames":
      return { ...layer, frames: some(layer.frames, Math.min(framesAtMost, most / leastOfOne)).map((frame) => ({ time: frame.time, ...pairs(frame, among(frame.x.length)) })) };
    case "heat-map":
      return coarser(layer, most);
    case "law":
      return { ...layer, ...widerBins(layer.edges, layer.density, most) };
    case "mark":
      return layer;
  }
}

/** Orbits and frames keep at least so many points; where they are very many, some are left out whole. */
const leastOfOne = 4;
/** More of them nobody steps through. */
const framesAtMost = 500;

/** Every k-th of a list, with its end, if it is longer than `most`. */
function some<T>(all: readonly T[], most: number): readonly T[] {
  return all.length <= most ? all : rowsKept(all.length, Math.max(2, Math.floor(most))).map((row) => all[row]!);
}

/** Neighbouring bins as one, with the mass of them all. */
function widerBins(edges: readonly number[], density: readonly number[], most: number): { readonly edges: readonly number[]; readonly density: readonly number[] } {
  const stride = Math.ceil(density.length / most);
  const starts = Array.from({ length: Math.ceil(density.length / stride) }, (_, i) => i * stride);
  const merged = starts.map((start) => {
    const bins = density.slice(start, start + stride).map((value, i) => ({ value, width: edges[start + i + 1]! - edges[start + i]! }));
    const width = bins.reduce((sum, bin) => sum + bin.width, 0);
    return width > 0 ? bins.reduce((sum, bin) => sum + (bin.width / width) * bin.value, 0) : bins[0]!.value;
  });
  return { edges: [...starts.map((start) => edges[start]!), edges.at(-1)!], density: merged };
}

function pairs({ x, y }: { readonly x: readonly number[]; readonly y: readonly number[] }, pick: (values: readonly number[]) => readonly number[]): { readonly x: readonly number[]; readonly y: readonly number[] } {
  return { x: pick(x), y: pick(y) };
}

/** Of each stretch its smallest and its largest power, in their order: a spectrum is its peaks. */
function peaksKept(frequency: readonly number[], power: readonly number[], most: number): { readonly frequency: readonly number[]; readonly power: readonly number[] } {
  const stretch = Math.ceil((2 * power.length) / most);
  const rows: number[] = [];
  for (let from = 0; from < power.length; from += stretch) {
    let [least, largest] = [from, from];
    for (let i = from; i < Math.min(power.length, from + stretch); i++) {
      if (power[i]! < power[least]!) least = i;
      if (power[i]! > power[largest]!) largest = i;
    }
    rows.push(...(least === largest ? [least] : [Math.min(least, largest), Math.max(least, largest)]));
  }
  return { frequency: rows.map((row) => frequency[row]!), power: rows.map((row) => power[row]!) };
}

/** Every k-th row and column of a map. */
function coarser(layer: Extract<Layer, { role: "heat-map" }>, most: number): Layer {
  const k = Math.ceil(Math.sqrt(layer.values.length / most));
  const every = <T>(values: readonly T[]): readonly T[] => values.filter((_, i) => i % k === 0);
  const columns = layer.x.length;
  const values = every(layer.y.map((_, i) => i)).flatMap((i) => every(layer.values.slice(i * columns, (i + 1) * columns)));
  return { ...layer, x: every(layer.x), y: every(layer.y), values };
}
