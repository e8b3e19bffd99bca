import type { Figure, Layer } from "@mesoscope/contracts";
import { formatNumber, formatWithInterval, listed } from "@mesoscope/finite-size";
import type { DiversityCase, Moment } from "./cases.js";
import { densityLayers } from "./densities.js";
import type { LawTables } from "./laws.js";
import type { DiversityParameters } from "./settings.js";

export function diversityFigures(cases: readonly DiversityCase[], tables: readonly LawTables[], settings: DiversityParameters): readonly Figure[] {
  return [varianceFigure(cases, settings), ...(["start", "end"] as const).map((id) => lawFigure(id, cases, tables, settings)), shapeFigure(cases)];
}

const width = { symbol: "N", meaning: "width of a head", unit: "1", scale: "log" } as const;

/** Variance over heads against N, before and after training. */
function varianceFigure(cases: readonly DiversityCase[], { heads }: DiversityParameters): Figure {
  return {
    id: "variance",
    title: "How much the heads of a network differ",
    finding: `The variance of a logit over heads falls like N^−p with p = ${listed(cases.flatMap(({ title, moments }) => moments.map(({ name, power }) => `${formatWithInterval(power.fit.exponent, power.interval)} (${title}, ${name})`)))}.`,
    x: width,
    y: { symbol: "Var A", meaning: "variance of a logit over the heads of a network, mean over networks", unit: "1", scale: "log" },
    panels: cases.map(({ title, comparison, moments }) => ({
      title: `${title}, H = ${heads}`,
      layers: moments.flatMap(({ id, name, variance, theory }): Layer[] => {
        const found = comparison.sizes.map(({ estimates }) => estimates[`variance-${id}`]!.mean);
        const told = variance.bySize.filter(({ predicted }) => predicted.length > 0);
        return [
          { role: "curve", label: `${theory === "exact" ? "exact" : "infinitely many heads"}, ${name}`, source: "theory", x: told.map(({ n }) => n), y: told.map(({ predicted }) => predicted[0]!), error: told.map(({ numericalError }) => numericalError[0]!) },
          { role: "points", label: `networks, ${name}`, source: "simulation", x: comparison.sizes.map(({ n }) => n), y: found.map(({ value }) => value[0]!), lower: found.map(({ lower }) => lower[0]!), upper: found.map(({ upper }) => upper[0]!), confidence: comparison.confidence },
        ];
      }),
    })),
  };
}

function momentOf({ moments }: DiversityCase, id: "start" | "end"): Moment {
  return moments.find((one) => one.id === id)!;
}

/** What heads of a few widths look like. */
function lawFigure(id: "start" | "end", cases: readonly DiversityCase[], tables: readonly LawTables[], { shown, heads }: DiversityParameters): Figure {
  const name = momentOf(cases[0]!, id).name;
  const widths = cases[0]!.ensembles.map(({ n }) => n).filter((n) => shown.includes(n));
  const distances = cases.map(({ title, ...one }) => `${listed(widths.map((n) => formatNumber(momentOf({ title, ...one }, id).wide.bySize.find((size) => size.n === n)!.law?.value ?? 0, 2)))} at ${title}`);
  return {
    id: `law-${id}`,
    title: `Law of a logit over heads, ${name}`,
    finding: `${id === "start" ? "Narrow heads are far from Gaussian: the logit of a head of one neuron is near 0 or far out." : "Training shifts the law, and narrow heads keep their heavy tails."} Distances from wide heads for N = ${listed(widths.map(String))}: ${listed(distances)}.`,
    x: { symbol: "A", meaning: `logit of one head between the first two tokens, ${name}`, unit: "1", scale: "linear" },
    y: { symbol: "p", meaning: "probability density over heads", unit: "1", scale: "linear" },
    panels: cases.flatMap(({ title, ensembles }, i) => widths.map((n) => ({ title: `${title}, N = ${n}, H = ${heads}`, layers: densityLayers(ensembles.find((one) => one.n === n)!.values(`logit-${id}`), tables[i]!, id, n) }))),
  };
}

/** Kurtosis against width: exactly 3 (1 + 2/N) before training. */
function shapeFigure(cases: readonly DiversityCase[]): Figure {
  return {
    id: "kurtosis",
    title: "How far the law of a logit is from Gaussian",
    finding: `Before training the excess kurtosis is 6/N for both powers: heads of a few neurons are far from Gaussian, wide ones are not. After training it is ${listed(cases.map(trainedKurtosis))}.`,
    x: width,
    y: { symbol: "κ", meaning: "excess kurtosis of a logit over heads; 0 for a Gaussian", unit: "1", scale: "linear" },
    panels: cases.map(({ title, ensembles, moments }) => ({
      title,
      layers: [
        { role: "curve", label: "6/N, exact before training", source: "theory", x: ensembles.map(({ n }) => n), y: ensembles.map(({ n }) => 6 / n) },
        ...moments.map(({ name, shapes }): Layer => {
          const told = shapes.flatMap(({ excessKurtosis }, k) => (excessKurtosis.defined ? [{ n: ensembles[k]!.n, ...excessKurtosis }] : []));
          return { role: "points", label: `networks, ${name}`, source: "simulation", x: told.map(({ n }) => n), y: told.map(({ value }) => value), lower: told.map(({ interval }) => interval[0]), upper: told.map(({ interval }) => interval[1]), confidence: told[0]?.confidence ?? 0.95 };
        }),
      ],
    })),
  };
}

/** "0.3 [0.1, 0.5] at N = 256 (α_A = 1)" */
function trainedKurtosis({ title, ensembles, moments: [, end] }: DiversityCase): string {
  const excess = end.shapes.at(-1)!.excessKurtosis;
  return `${excess.defined ? formatWithInterval(excess.value, excess.interval) : "not defined"} at N = ${ensembles.at(-1)!.n} (${title})`;
}
