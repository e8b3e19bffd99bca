import type { Figure, Layer, Table } from "@mesoscope/contracts";
import { capital, formatNumber, listed } from "@mesoscope/finite-size";
import { exp, log } from "@mesoscope/numerics";
import { tableOf } from "../findings/table.js";
import { sizeInText } from "../one-bit/words.js";
import { CONFIDENCE, type CriticalCase } from "./cases.js";
import { EXPONENTS } from "./points.js";
import { collapseInWords, ratioHoldsFrom, ratioOf } from "./verdicts.js";

export function criticalFigures(cases: readonly CriticalCase[]): readonly Figure[] {
  return [collapseFigure(cases), ratioFigure(cases), amplitudeFigure(cases)];
}

function collapseFigure(cases: readonly CriticalCase[]): Figure {
  return {
    id: "collapse",
    title: "Amplitude through the transition, on the scale of its rounding",
    finding: cases.map((one) => `${capital(one.point.title)}: ${collapseInWords(one)}.`).join(" "),
    x: { symbol: "(β − β_c) N^(1/2)", meaning: "distance from the transition on the scale of its rounding", unit: "1", scale: "linear" },
    y: { symbol: "⟨|z|²⟩ N^(1/2)", meaning: "mean square of the amplitude about the critical orbit, scaled", unit: "1", scale: "log" },
    panels: cases.map(({ point, scan }) => ({
      title: `${point.title}, β_c = ${formatNumber(point.beta, 6)}`,
      layers: scan.sizes.map(({ n, x, mean }): Layer => {
        const [width, height] = [exp(EXPONENTS.width * log(n)), exp(EXPONENTS.value * log(n))];
        const raised = (values: readonly number[]): readonly number[] => values.map((value) => value * height);
        return { role: "points", label: `N = ${sizeInText(n)}`, source: "simulation", x: x.map((beta) => (beta - point.beta) * width), y: raised(mean.value), lower: raised(mean.lower), upper: raised(mean.upper), confidence: CONFIDENCE };
      }),
    })),
  };
}

function ratioFigure(cases: readonly CriticalCase[]): Figure {
  const told = cases.map((one) => {
    const from = ratioHoldsFrom(one);
    return `at the ${one.point.title} the ratio is the predicted one ${from === undefined ? "at no size" : `from N = ${sizeInText(from)} on`}`;
  });
  return {
    id: "moment-ratio",
    title: "Shape of the fluctuations at the transition",
    finding: `${capital(listed(told))}.`,
    x: { symbol: "N", meaning: "bits of a token", unit: "1", scale: "log" },
    y: { symbol: "⟨|z|⁴⟩ / ⟨|z|²⟩²", meaning: "ratio of moments of the amplitude", unit: "1", scale: "linear" },
    panels: cases.map((one) => {
      const ratios = one.sizes.map((size) => ratioOf(one, size));
      return {
        title: one.point.title,
        layers: [
          { role: "mark", label: `predicted: ${formatNumber(one.point.momentRatio, 5)}`, at: one.point.momentRatio, across: "y" },
          { role: "points", label: "simulation", source: "simulation", x: one.sizes.map(({ n }) => n), y: ratios.map(({ value }) => value), lower: ratios.map(({ interval }) => interval[0]), upper: ratios.map(({ interval }) => interval[1]), confidence: one.sizes[0]!.ratio.confidence },
        ],
      };
    }),
  };
}

const TWO_ERRORS = 1.96;

function amplitudeFigure(cases: readonly CriticalCase[]): Figure {
  return {
    id: "amplitude",
    title: "Mean square of the amplitude at the transition against the number of bits",
    finding: `The mean square falls with the power ${listed(cases.map(({ point, exponent }) => `${exponent === undefined ? "that could not be fitted" : formatNumber(exponent.fit.exponent)} of N (${point.title})`))}; the map has no amplitude there at all.`,
    x: { symbol: "N", meaning: "bits of a token", unit: "1", scale: "log" },
    y: { symbol: "⟨|z|²⟩", meaning: "mean square of the amplitude about the critical orbit", unit: "1", scale: "log" },
    panels: cases.map(({ point, sizes }) => {
      const told = sizes.filter(({ against }) => against.corrected !== undefined);
      const x = sizes.map(({ n }) => n);
      return {
        title: point.title,
        layers: [
          { role: "curve", label: "normal form driven by the noise of N bits", source: "theory", x: told.map(({ n }) => n), y: told.map(({ against }) => against.corrected!.predicted) },
          { role: "points", label: "simulation", source: "simulation", x, y: sizes.map(({ square }) => square.value), lower: sizes.map(({ square }) => square.value - TWO_ERRORS * square.error), upper: sizes.map(({ square }) => square.value + TWO_ERRORS * square.error), confidence: CONFIDENCE },
        ],
      };
    }),
  };
}

/** Every size at the transition. */
export function momentsTable(cases: readonly CriticalCase[]): Table {
  return tableOf("moments", "Moments of the amplitude at the transition", {
    transition: "transition",
    n: "N",
    runs: "runs",
    ratio: "⟨|z|⁴⟩ / ⟨|z|²⟩²",
    interval: "its interval",
    predicted: "predicted",
    outcome: "outcome",
    square: "⟨|z|²⟩",
    corrected: "⟨|z|²⟩, normal form",
    exact: "⟨|z|²⟩, exact law",
    scaled: "⟨|z|²⟩ N^(1/2)",
  }, cases.flatMap((one) =>
      one.sizes.map((size) => {
        const { value, interval } = ratioOf(one, size);
        const { corrected, exact } = size.against;
        return [
          one.point.title,
          size.n,
          size.replicas,
          round(value),
          `[${formatNumber(interval[0])}, ${formatNumber(interval[1])}]`,
          round(one.point.momentRatio),
          size.ratio.outcome,
          round(size.square.value),
          corrected === undefined ? null : round(corrected.predicted),
          exact === undefined ? null : round(exact.predicted),
          round(size.square.value * exp(EXPONENTS.value * log(size.n))),
        ];
      }),
    ));
}

/** Fitted and predicted powers of the collapse, for all sizes and without the smallest. */
export function collapseTable(cases: readonly CriticalCase[]): Table {
  return tableOf("collapse", "Collapse of the scans", {
    transition: "transition",
    from: "sizes from N =",
    value: "power of the mean square (predicted 1/2)",
    width: "power of the width (predicted 1/2)",
    place: "β_c fitted",
    predicted: "prediction serves as well as the best",
  }, cases.flatMap(({ point, scan }) =>
      scan.collapses.map(({ from, fit }) => {
        if (fit.kind !== "fitted") return [point.title, from, null, null, null, `not told: ${fit.reason}`];
        const within = ([low, high]: readonly [number | null, number | null]): string => `[${low === null ? "…" : formatNumber(low)}, ${high === null ? "…" : formatNumber(high)}]`;
        const show = (name: "a" | "b" | "critical"): string => `${formatNumber(fit.at[name], 4)} ${within(fit.intervals[name] ?? [null, null])}`;
        return [point.title, from, show("a"), show("b"), show("critical"), fit.predicted === undefined ? null : fit.predicted.outcome === "consistent" ? "yes" : "no"];
      }),
    ));
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
