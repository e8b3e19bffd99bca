import { canonicalJson, type Figure, type Layer, type MesoscopeRecord, type PointsLayer, type Source } from "@mesoscope/contracts";
import { testDifference } from "./chance.js";
import { areEqual, largestRelativeChange, numbersOf } from "./layer-numbers.js";
import type { Change, Draft } from "./verdict-changes.js";

export interface LayerChange {
  readonly panel: number;
  readonly role: Layer["role"];
  readonly label: string;
  readonly source?: Source;
  /** "places": values at other x (or edges, times), which are not compared. */
  readonly change: "numbers" | "places" | "only-in-first" | "only-in-second";
  /** The largest |b - a| / max(|a|, |b|). */
  readonly relative?: number;
  /** The largest |b - a| over sqrt(h_a^2 + h_b^2), h half the width of the interval. */
  readonly inIntervals?: number;
}

export interface FigureChange {
  readonly id: string;
  readonly title: string;
  /** "not-judged": words changed, or numbers without intervals. */
  readonly change: Change;
  readonly numbersEqual: boolean;
  /** The layers that are not equal. */
  readonly layers: readonly LayerChange[];
  /** The largest changes over the layers: of simulation in units of its intervals, of all relative to the numbers. */
  readonly inIntervals?: number;
  readonly relative?: number;
  /** P(the largest of its points moves so far by chance), by Bonferroni over points, then by Holm over all tests. */
  readonly level?: number;
}

/** Figures by id, in the order of the first record, then what only the second has. */
export function draftFigures(first: MesoscopeRecord, second: MesoscopeRecord): readonly Draft<FigureChange>[] {
  const ofSecond = new Map(second.figures.map((figure) => [figure.id, figure]));
  const ids = new Set(first.figures.map(({ id }) => id));
  const alone = ({ id, title }: Figure, change: Change): Draft<FigureChange> => ({ settle: () => ({ id, title, change, numbersEqual: false, layers: [] }) });
  return [
    ...first.figures.map((figure) => {
      const other = ofSecond.get(figure.id);
      return other === undefined ? alone(figure, "only-in-first") : draftFigure(figure, other);
    }),
    ...second.figures.filter(({ id }) => !ids.has(id)).map((figure) => alone(figure, "only-in-second")),
  ];
}

interface Placed {
  readonly panel: number;
  readonly layer: Layer;
}

function draftFigure(a: Figure, b: Figure): Draft<FigureChange> {
  const [ofA, ofB] = [layersByName(a), layersByName(b)];
  const layers: LayerChange[] = [];
  let smallest = 1;
  let points = 0;
  for (const [name, placed] of ofA) {
    const other = ofB.get(name);
    if (other === undefined) layers.push(named(placed, { change: "only-in-first" }));
    else {
      const found = compareLayers(placed.layer, other.layer);
      if (found.change !== undefined) layers.push(named(placed, { ...found.change }));
      smallest = Math.min(smallest, found.smallestLevel);
      points += found.points;
    }
  }
  for (const [name, placed] of ofB) if (!ofA.has(name)) layers.push(named(placed, { change: "only-in-second" }));
  const largest = (of: "relative" | "inIntervals"): number | undefined => layers.reduce<number | undefined>((most, layer) => (layer[of] === undefined ? most : Math.max(most ?? 0, layer[of])), undefined);
  const [relative, inIntervals] = [largest("relative"), largest("inIntervals")];
  const common = { id: a.id, title: a.title, numbersEqual: layers.length === 0, layers, ...(inIntervals === undefined ? {} : { inIntervals }), ...(relative === undefined ? {} : { relative }) };
  const unjudged = canonicalJson(a) === canonicalJson(b) ? "equal" : "not-judged";
  if (points === 0) return { settle: () => ({ ...common, change: unjudged }) };
  return {
    test: { level: Math.min(1, points * smallest) },
    settle: (level, isBeyond) => ({ ...common, change: isBeyond ? "beyond-chance" : inIntervals === undefined ? unjudged : "within-chance", level: level! }),
  };
}

/** Layers by panel, role, source and label; of several with one name by their order. */
function layersByName(figure: Figure): ReadonlyMap<string, Placed> {
  const byName = new Map<string, Placed>();
  const seen = new Map<string, number>();
  figure.panels.forEach(({ layers }, panel) => {
    for (const layer of layers) {
      const name = JSON.stringify([panel, layer.role, layer.role === "mark" ? "" : layer.source, layer.label]);
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      byName.set(`${name}${count}`, { panel, layer });
    }
  });
  return byName;
}

function named({ panel, layer }: Placed, change: Pick<LayerChange, "change" | "relative" | "inIntervals">): LayerChange {
  return { panel, role: layer.role, label: layer.label, ...(layer.role === "mark" ? {} : { source: layer.source }), ...change };
}

interface Compared {
  readonly change?: Pick<LayerChange, "change" | "relative" | "inIntervals">;
  /** How many points had intervals to be tested by, and the smallest level among them. */
  readonly points: number;
  readonly smallestLevel: number;
}

function compareLayers(a: Layer, b: Layer): Compared {
  const [first, second] = [numbersOf(a), numbersOf(b)];
  const untested = { points: 0, smallestLevel: 1 };
  if (!areEqual(first.places, second.places) || first.values.length !== second.values.length) return { change: { change: "places" }, ...untested };
  const isEqual = areEqual(first.values, second.values) && areEqual(first.spread, second.spread);
  const numbers = { change: "numbers", relative: largestRelativeChange(first.values, second.values) } as const;
  if (a.role !== "points" || b.role !== "points" || a.source !== "simulation") return isEqual ? untested : { change: numbers, ...untested };
  const { inIntervals, ...tested } = comparePoints(a, b);
  return isEqual ? tested : { change: { ...numbers, ...(inIntervals === undefined ? {} : { inIntervals }) }, ...tested };
}

function comparePoints(a: PointsLayer, b: PointsLayer): { readonly inIntervals?: number; readonly points: number; readonly smallestLevel: number } {
  let points = 0;
  let smallestLevel = 1;
  let inIntervals: number | undefined;
  a.y.forEach((value, i) => {
    const [of, by] = [estimateAt(a, i), estimateAt(b, i)];
    const test = testDifference(of, by);
    if (test === undefined) return;
    points += 1;
    smallestLevel = Math.min(smallestLevel, test.level);
    const [first, second] = [halfWidth(of.interval), halfWidth(by.interval)];
    const larger = Math.max(first, second);
    const moved = by.value === value ? 0 : Math.abs(by.value - value) / larger / Math.sqrt((first / larger) * (first / larger) + (second / larger) * (second / larger));
    if (Number.isFinite(moved)) inIntervals = Math.max(inIntervals ?? 0, moved);
  });
  return { points, smallestLevel, ...(inIntervals === undefined ? {} : { inIntervals }) };
}

function estimateAt({ y, lower, upper, confidence }: PointsLayer, i: number): { readonly value: number; readonly interval: readonly [number, number]; readonly confidence: number } {
  return { value: y[i]!, interval: [lower[i]!, upper[i]!], confidence };
}

function halfWidth([lower, upper]: readonly [number, number]): number {
  return (upper - lower) / 2;
}
