import type { Figure, FigureAxis, Layer } from "@mesoscope/contracts";
import { sizeInText } from "../one-bit/words.js";
import { CONFIDENCE, FORGOTTEN, type MemoryCase } from "./cases.js";
import { rememberedFor } from "./words.js";

const CONTEXT = 4;
/** Lags of the near view: sixteen windows. */
const NEAR = 64;

export function memoryFigures(cases: readonly MemoryCase[]): readonly Figure[] {
  return [informationFigure(cases), spanFigure(cases), autocorrelationFigure(cases)];
}

/** Three sizes at most: the smallest, the middle one, the largest. */
function shownSizes({ comparison: { sizes } }: MemoryCase): readonly number[] {
  return [...new Set([sizes[0]!.n, sizes[Math.floor(sizes.length / 2)]!.n, sizes.at(-1)!.n])];
}

function pointsOf({ comparison }: MemoryCase, observable: string, n: number, most = Infinity): Layer[] {
  const lags = comparison.observables.find(({ id }) => id === observable)!.grid!.values;
  const mean = comparison.sizes.find((size) => size.n === n)!.estimates[observable]?.mean;
  if (mean === undefined) return [];
  const kept = lags.filter((lag) => lag <= most).length;
  const cut = (values: readonly number[]): readonly number[] => values.slice(0, kept);
  return [{ role: "points", label: `N = ${sizeInText(n)}`, source: "simulation", x: cut(lags), y: cut(mean.value), lower: cut(mean.lower), upper: cut(mean.upper), confidence: mean.confidence }];
}

const windowMark: Layer = { role: "mark", label: `context window, ${CONTEXT} tokens`, at: CONTEXT, across: "x" };

function lagAxis(scale: FigureAxis["scale"]): FigureAxis {
  return { symbol: "ℓ", meaning: "lag between two tokens", unit: "token", scale };
}

function informationFigure(cases: readonly MemoryCase[]): Figure {
  return {
    id: "information",
    title: "What a token still says about one that is ℓ tokens later",
    finding: "Few bits forget within tens of tokens everywhere; with more bits the memory follows that of the map, which in chaos forgets as well.",
    x: lagAxis("log"),
    y: { symbol: "I", meaning: "mutual information of the first overlap, beyond the clock of the positions", unit: "nat", scale: "linear" },
    panels: cases.map((one) => {
      const lags = one.comparison.observables[0]!.grid!.values;
      const map: Layer[] = one.limitInformation === undefined ? [] : [{ role: "curve", label: "mean-field map", source: "theory", x: [...lags], y: one.limitInformation }];
      return { title: one.title, layers: [windowMark, ...map, ...shownSizes(one).flatMap((n) => pointsOf(one, "information", n))] };
    }),
  };
}

/** How long each size remembers; a panel a regime, so that sizes without a point can be told. */
function spanFigure(cases: readonly MemoryCase[]): Figure {
  return {
    id: "memory-span",
    title: "How long an overlap is remembered",
    finding: `An overlap is remembered ${cases.map((one) => `${one.name} for ${rememberedFor(one)}`).join("; ")}.`,
    x: { symbol: "N", meaning: "bits of a token", unit: "1", scale: "log" },
    y: { symbol: "ℓ*", meaning: `lag beyond which less than ${FORGOTTEN} nat is left`, unit: "token", scale: "log" },
    panels: cases.map((one) => {
      const lags = one.comparison.observables[0]!.grid!.values;
      const longest = lags.at(-1)!;
      const told = one.spans.filter(({ lag }) => lag !== undefined);
      const bound: Layer = { role: "mark", label: "longest lag that was looked at", at: longest, across: "y" };
      const window: Layer = { role: "mark", label: windowMark.label, at: CONTEXT, across: "y" };
      const points: Layer[] = told.length === 0 ? [] : [{ role: "points", label: "simulation", source: "simulation", x: told.map(({ n }) => n), y: told.map(({ lag }) => lag!), lower: told.map(({ early, lag }) => early ?? lag!), upper: told.map(({ late }) => late ?? longest), confidence: CONFIDENCE }];
      const beyond = one.spans.filter(({ lag }) => lag === undefined);
      const longer: Layer[] = beyond.length === 0 ? [] : [{ role: "points", label: "longer than the longest lag", source: "simulation", x: beyond.map(({ n }) => n), y: beyond.map(() => longest), lower: beyond.map(() => longest), upper: beyond.map(() => longest), confidence: CONFIDENCE }];
      return { title: one.title, layers: [window, bound, ...points, ...longer] };
    }),
  };
}

function autocorrelationFigure(cases: readonly MemoryCase[]): Figure {
  return {
    id: "autocorrelation",
    title: "Autocorrelation of the first overlap within sixteen windows",
    finding: `At N = ${sizeInText(cases[0]!.comparison.sizes.at(-1)!.n)} the autocorrelation follows its theory ${cases.every(({ judged }) => judged.bySize.at(-1)?.outcome === "holds") ? "in every regime" : cases.filter(({ judged }) => judged.bySize.at(-1)?.outcome === "holds").map(({ name }) => name).join(", ") || "in no regime"}, while at N = ${sizeInText(cases[0]!.comparison.sizes[0]!.n)} noise blurs it.`,
    x: lagAxis("linear"),
    y: { symbol: "C", meaning: "autocorrelation beyond the clock of the positions", unit: "1", scale: "linear" },
    panels: cases.map((one) => {
      const lags = one.comparison.observables[0]!.grid!.values.filter((lag) => lag <= NEAR);
      const last = one.judged.bySize.findLast(({ predicted }) => predicted.length > 0);
      const theory: Layer[] = last === undefined ? [] : [{ role: "curve", label: one.judged.theory.title, source: "theory", x: lags, y: last.predicted.slice(0, lags.length), error: last.numericalError.slice(0, lags.length) }];
      const sizes = [one.comparison.sizes[0]!.n, one.comparison.sizes.at(-1)!.n];
      return { title: one.title, layers: [...theory, ...sizes.flatMap((n) => pointsOf(one, "autocorrelation", n, NEAR))] };
    }),
  };
}
