/** @file Figures that any comparison can give: against size, and along the grid of a series. */
import type { Figure, FigureAxis, Layer, Panel } from "@mesoscope/contracts";
import { answerOf, capital, type Comparison, type Statement } from "@mesoscope/finite-size";
import { horizonLayers, startLayers } from "./marks.js";

/** One comparison as a panel of a figure. */
export interface Titled {
  readonly title: string;
  readonly comparison: Comparison;
}

type Words = Pick<Figure, "id" | "title" | "finding">;

/** The axis of sizes. */
export function sizeAxis({ axis }: Comparison): FigureAxis {
  return { symbol: axis.symbol, meaning: axis.meaning, unit: "1", scale: "log" };
}

/** Mean of a scalar observable against size: every theory with its predicted fluctuation, the simulation with intervals. */
export function meanAgainstSize(words: Words, observable: string, panels: readonly Titled[]): Figure {
  const first = panels[0]!.comparison;
  const { symbol, meaning, unit } = observableOf(first, observable);
  const drawn = panels.map(({ title, comparison }) => ({ title: capital(title), layers: meanLayers(comparison, observable) }));
  const hasBand = drawn.some(({ layers }) => layers.some(({ role }) => role === "band"));
  return {
    ...words,
    finding: hasBand ? `${words.finding} Bands: one predicted standard deviation of a single run.` : words.finding,
    x: sizeAxis(first),
    y: { symbol, meaning, unit, scale: "linear" },
    panels: drawn,
  };
}

function meanLayers(comparison: Comparison, observable: string): readonly Layer[] {
  const statements = comparison.statements.filter((statement) => statement.observable === observable && statement.quantity === "mean");
  const estimates = comparison.sizes.flatMap(({ n, estimates: all }) => (all[observable] === undefined ? [] : [{ n, mean: all[observable].mean }]));
  const simulated: Layer = {
    role: "points",
    label: "simulation",
    source: "simulation",
    x: estimates.map(({ n }) => n),
    y: estimates.map(({ mean }) => mean.value[0]!),
    lower: estimates.map(({ mean }) => mean.lower[0]!),
    upper: estimates.map(({ mean }) => mean.upper[0]!),
    confidence: comparison.confidence,
  };
  const layers = [...statements.flatMap(theoryLayers), simulated];
  return [...layers, ...statements.filter(({ judged }) => judged).flatMap((statement) => startLayers(statement.theory.title, answerOf(comparison, statement), layers))];
}

/** A line for the predicted mean, and a band of one predicted standard deviation where there is one. */
function theoryLayers({ theory, bySize }: Statement): readonly Layer[] {
  const told = bySize.filter(({ predicted }) => predicted.length > 0);
  if (told.length === 0) return [];
  const x = told.map(({ n }) => n);
  const y = told.map(({ predicted }) => predicted[0]!);
  const curve: Layer = { role: "curve", label: theory.title, source: "theory", x, y, error: told.map(({ numericalError }) => numericalError[0] ?? 0) };
  if (!told.every(({ predictedSpread }) => predictedSpread !== undefined)) return [curve];
  const spread = told.map(({ predictedSpread }) => predictedSpread![0]!);
  const band: Layer = {
    role: "band",
    label: theory.title,
    source: "theory",
    x,
    lower: y.map((value, i) => value - spread[i]!),
    upper: y.map((value, i) => value + spread[i]!),
  };
  return [band, curve];
}

/** Relative (or absolute) deviation of a quantity from each theory against size, with the tolerance. */
export function deviationAgainstSize(words: Words, statementsOf: (comparison: Comparison) => readonly Statement[], panels: readonly Titled[]): Figure {
  return {
    ...words,
    x: sizeAxis(panels[0]!.comparison),
    y: deviationAxis(panels.flatMap(({ comparison }) => statementsOf(comparison).map((statement) => ({ statement, unit: observableOf(comparison, statement.observable).unit })))),
    panels: panels.map(({ title, comparison }): Panel => {
      const statements = statementsOf(comparison);
      const layers = [...toleranceLayers(statements), ...statements.flatMap(deviationLayers)];
      const starts = statements.filter(({ judged }) => judged).flatMap((statement) => startLayers(statement.quantity === "mean" ? statement.theory.title : `${statement.theory.title} (${statement.quantity})`, answerOf(comparison, statement), layers));
      return { title: capital(title), layers: [...layers, ...starts] };
    }),
  };
}

/** A share where every deviation drawn is one, the observable's unit where none is, and both in words where they meet. */
function deviationAxis(drawn: readonly { readonly statement: Statement; readonly unit: string }[]): FigureAxis {
  const scales = new Set(drawn.flatMap(({ statement }) => statement.bySize.flatMap(({ entries, worst }) => (entries[worst] === undefined || entries[worst].untested !== undefined ? [] : [entries[worst].scale]))));
  const axis = { symbol: "δ", unit: "1", scale: "linear" } as const;
  if (!scales.has("absolute")) return { ...axis, meaning: "deviation from the prediction, as a share of it" };
  const unit = drawn[0]?.unit ?? "1";
  if (!scales.has("relative")) return { ...axis, meaning: "deviation from the prediction", unit };
  return { ...axis, meaning: "deviation from the prediction: as a share of it, or as it is where the prediction is small" };
}

function deviationLayers({ theory, quantity, bySize }: Statement): readonly Layer[] {
  const tested = bySize.flatMap(({ n, entries, worst }) => (entries[worst] === undefined || entries[worst].untested !== undefined ? [] : [{ n, entry: entries[worst] }]));
  if (tested.length === 0) return [];
  return [
    {
      role: "points",
      label: `${quantity}, against ${theory.title}`,
      source: "simulation",
      x: tested.map(({ n }) => n),
      y: tested.map(({ entry }) => entry.value),
      lower: tested.map(({ entry }) => entry.interval[0]),
      upper: tested.map(({ entry }) => entry.interval[1]),
      confidence: tested[0]!.entry.confidence,
    },
  ];
}

function toleranceLayers(statements: readonly Statement[]): readonly Layer[] {
  const tested = statements.flatMap(({ bySize }) => bySize.flatMap(({ n, entries, worst }) => (entries[worst] === undefined || entries[worst].untested !== undefined ? [] : [{ n, margins: entries[worst].margins }])));
  if (tested.length === 0) return [];
  const x = [...new Set(tested.map(({ n }) => n))].sort((a, b) => a - b);
  // A tolerance with a share and an absolute part changes its scale from one size to the next.
  const margins = x.map((at) => tested.find(({ n }) => n === at)!.margins);
  return [{ role: "band", label: "tolerance", source: "reference", x, lower: margins.map(([low]) => low), upper: margins.map(([, high]) => high) }];
}

/** A series observable at the largest size: theory as lines, simulation as points with intervals. */
export function seriesAtLargestSize(words: Words, observable: string, panels: readonly Titled[], scale: FigureAxis["scale"] = "linear"): Figure {
  const found = observableOf(panels[0]!.comparison, observable);
  const grid = found.grid ?? { symbol: "i", meaning: "entry", unit: "1", values: [0] };
  return {
    ...words,
    x: { symbol: grid.symbol, meaning: grid.meaning, unit: grid.unit, scale: "linear" },
    y: { symbol: found.symbol, meaning: found.meaning, unit: found.unit, scale },
    panels: panels.map(({ title, comparison }) => ({ title: capital(title), layers: seriesLayers(comparison, observable, [...grid.values]) })),
  };
}

function seriesLayers(comparison: Comparison, observable: string, x: readonly number[]): readonly Layer[] {
  const curves = comparison.statements
    .filter((statement) => statement.observable === observable && statement.quantity === "mean")
    .flatMap(({ theory, bySize }): Layer[] => {
      const last = bySize.findLast(({ predicted }) => predicted.length > 0);
      return last === undefined ? [] : [{ role: "curve", label: theory.title, source: "theory", x, y: last.predicted, error: last.numericalError }];
    });
  const last = comparison.sizes.findLast(({ estimates }) => estimates[observable] !== undefined);
  const estimate = last?.estimates[observable];
  if (last === undefined || estimate === undefined) return curves;
  const { mean, band } = estimate;
  const label = `simulation, ${comparison.axis.symbol} = ${last.n}`;
  const together: readonly Layer[] = band === undefined ? [] : [{ role: "band", label: `${label}: all means at once, ${100 * band.confidence} %`, source: "simulation", x, lower: band.lower, upper: band.upper }];
  const layers: readonly Layer[] = [...together, ...curves, { role: "points", label, source: "simulation", x, y: mean.value, lower: mean.lower, upper: mean.upper, confidence: mean.confidence }];
  const judged = comparison.statements.filter((statement) => statement.judged && statement.observable === observable && statement.quantity === "mean");
  return [...layers, ...judged.flatMap((statement) => horizonLayers(statement.theory.title, answerOf(comparison, statement), layers))];
}

function observableOf(comparison: Comparison, id: string): Comparison["observables"][number] {
  return comparison.observables.find((observable) => observable.id === id)!;
}
