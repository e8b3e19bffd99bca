/** @file The figures of the study, in the order in which they are read. */
import type { Figure, Layer, Panel } from "@mesoscope/contracts";
import { formatPercent, formatWithInterval, type Comparison, type Statement } from "@mesoscope/finite-size";
import { departureLaw, dominantDegree, firstDepartureLaw } from "@mesoscope/mean-field-pde";
import { deviationAgainstSize, meanAgainstSize } from "../findings/comparison-figures.js";
import { densityOfLaw, histogram } from "../findings/densities.js";
import { CONFIDENCE, isAskedOfOneMode, modelOf, type CaseResult } from "./cases.js";

export function emergenceFigures(single: readonly CaseResult[], rivals: readonly CaseResult[]): readonly Figure[] {
  const departures = (it: Comparison): readonly Statement[] => it.statements.filter(isAskedOfOneMode);
  const lawOfOneMode = (it: Comparison): readonly Statement[] => departures(it).filter(({ theory }) => theory.id === "limit");
  const firsts = (it: Comparison): readonly Statement[] => it.statements.filter(({ observable, quantity }) => observable === "first-departure" && quantity === "mean");
  return [
    meanAgainstSize(
      { id: "departure-time", title: "Departure time where one mode dominates", finding: holdShare(single.map(({ comparison }) => comparison), lawOfOneMode) },
      "departure",
      single,
    ),
    deviationAgainstSize(
      { id: "departure-deviation", title: "Departure time where one mode dominates: deviation from the law", finding: single.map(({ title, comparison }) => `${title}: ${comparison.joint.outcome}.`).join(" ") },
      departures,
      single,
    ),
    deviationAgainstSize(
      { id: "rivals-deviation", title: "First departure where modes compete: deviation from both laws", finding: rivals.map((one) => `${one.title}: ${contrast(one)}`).join(" ") },
      firsts,
      rivals,
    ),
    lawFigure(rivals),
    winsFigure(rivals),
  ];
}

function holdShare(comparisons: readonly Comparison[], of: (it: Comparison) => readonly Statement[]): string {
  const all = comparisons.flatMap(of);
  const holding = all.filter(({ outcome }) => outcome === "holds").length;
  return `Mean and spread follow the single-mode law in ${holding} of ${all.length} tests at the largest size.`;
}

/** Deviation of the mean first departure from each law at the largest size, in words. */
function contrast({ comparison }: CaseResult): string {
  const parts = comparison.statements
    .filter(({ observable, quantity }) => observable === "first-departure" && quantity === "mean")
    .flatMap(({ theory, bySize }) => {
      const last = bySize.at(-1);
      const worst = last?.entries[last.worst];
      return worst === undefined ? [] : [`${theory.title} off by ${formatPercent(worst.value, 2)}`];
    });
  return `${parts.join(", ")}.`;
}

/** The whole law of the first departure at the largest size beside both predicted densities. */
function lawFigure(rivals: readonly CaseResult[]): Figure {
  return {
    id: "rivals-law",
    title: "Law of the first departure where modes compete",
    finding: rivals.map((one) => `${one.title}: ${distances(one)}`).join(" "),
    x: { symbol: "γT*", meaning: "first departure of any mode, in units of the fastest growth time", unit: "1", scale: "linear" },
    y: { symbol: "p", meaning: "probability density", unit: "1", scale: "linear" },
    panels: rivals.map((one): Panel => {
      const model = modelOf(one);
      const n = one.design.sizes.at(-1)!;
      const { r } = one.parameters;
      const race = firstDepartureLaw({ ...model, n, r, modes: one.selection.modes });
      const alone = departureLaw({ ...model, k: dominantDegree(model.beta, 2).k, n, r });
      const layers: Layer[] = [
        { role: "law", label: `simulation, n = ${n}`, source: "simulation", ...histogram(one.firstDepartures.map((time) => alone.rate * time)) },
        { role: "curve", label: "single-mode law", source: "theory", ...densityOfLaw(alone, alone.rate) },
        { role: "curve", label: "competing-modes law", source: "theory", ...densityOfLaw(race, alone.rate) },
      ];
      return { title: `${one.title}, n = ${n}`, layers };
    }),
  };
}

/** How far the simulated law lies from each predicted one at the largest size. */
function distances({ comparison }: CaseResult): string {
  const parts = comparison.statements
    .filter(({ observable, quantity }) => observable === "first-departure" && quantity === "law")
    .flatMap(({ theory, bySize }) => {
      const law = bySize.at(-1)?.law;
      return law === undefined ? [] : [`${theory.title} ${formatWithInterval(law.value, law.interval)}`];
    });
  return `largest distance of the distribution functions from the ${parts.join(", from the ")}.`;
}

/** Which mode wins, with Wilson intervals, against the exact integral. */
function winsFigure(rivals: readonly CaseResult[]): Figure {
  return {
    id: "mode-selection",
    title: "Which mode departs first",
    finding: rivals.map((one) => `${one.title}: ${selectionSentence(one)}`).join(" "),
    x: { symbol: "k", meaning: "mode", unit: "1", scale: "linear" },
    y: { symbol: "P", meaning: "probability to depart first", unit: "1", scale: "linear" },
    panels: rivals.map((one): Panel => {
      const { categories } = one.selection.proportions;
      const x = one.selection.modes;
      return {
        title: `${one.title}, n = ${one.design.sizes.at(-1)!}`,
        layers: [
          { role: "curve", label: "competing-modes law (exact integral)", source: "theory", x, y: categories.map(({ predicted }) => predicted) },
          {
            role: "points",
            label: "simulation",
            source: "simulation",
            x,
            y: categories.map(({ value }) => value),
            lower: categories.map(({ interval }) => interval[0]),
            upper: categories.map(({ interval }) => interval[1]),
            confidence: CONFIDENCE,
          },
        ],
      };
    }),
  };
}

function selectionSentence({ selection: { modes, proportions } }: CaseResult): string {
  const { categories, chiSquare } = proportions;
  const shares = categories.flatMap(({ value, predicted }, i) => (predicted < 0.005 && value < 0.005 ? [] : [`k = ${modes[i]!} ${formatPercent(value, 3)} (law ${formatPercent(predicted, 3)})`]));
  return `${shares.join(", ")}; goodness of fit ${chiSquare.goodness.toPrecision(2)}.`;
}
