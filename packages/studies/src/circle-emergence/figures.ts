/** @file The figures of the study, in the order in which they are read. */
import type { Figure, Layer, Panel } from "@mesoscope/contracts";
import { capital, casesInWords, formatPercent, formatWithInterval, type Comparison, type Statement } from "@mesoscope/finite-size";
import { departureLaw, dominantDegree, firstDepartureLaw } from "@mesoscope/mean-field-pde";
import { deviationAgainstSize, meanAgainstSize } from "../findings/comparison-figures.js";
import { densityOfLaw, histogram } from "../findings/densities.js";
import { CONFIDENCE, isAskedOfOneMode, LEVEL, modelOf, type CaseResult } from "./cases.js";
import { lawInWords, shortName } from "./narrative.js";
import { selectionAnswer } from "./selection.js";
import type { EmergenceParameters } from "./settings.js";

export function emergenceFigures(single: readonly CaseResult[], rivals: readonly CaseResult[], settings: EmergenceParameters): readonly Figure[] {
  const departures = (it: Comparison): readonly Statement[] => it.statements.filter(isAskedOfOneMode);
  const firsts = (it: Comparison): readonly Statement[] => it.statements.filter(({ observable, quantity }) => observable === "first-departure" && quantity === "mean");
  const ofOne = { observable: "departure", theory: "limit" } as const;
  const ofFirst = { observable: "first-departure", quantity: "mean" } as const;
  const mean = lawInWords("For the mean, the law of one mode", single, { ...ofOne, quantity: "mean" });
  return [
    meanAgainstSize({ id: "departure-time", title: "Where one mode grows alone: time until its amplitude reaches the threshold r", finding: mean }, "departure", single),
    deviationAgainstSize(
      {
        id: "departure-deviation",
        title: "Where one mode grows alone: deviation of the departure time from the law",
        finding: `${mean} ${lawInWords("For the spread over runs, it", single, { ...ofOne, quantity: "spread" })}`,
      },
      departures,
      single,
    ),
    deviationAgainstSize(
      {
        id: "rivals-deviation",
        title: "Where modes compete: deviation of the mean first departure from both laws",
        finding: `${lawInWords("The law of one mode", rivals, { ...ofFirst, theory: "limit" })} ${lawInWords("The law of competing modes", rivals, { ...ofFirst, theory: "corrected" })}`,
      },
      firsts,
      rivals,
    ),
    lawFigure(rivals),
    winsFigure(rivals, settings),
  ];
}

/** The whole law of the first departure at the largest size beside both predicted densities. */
function lawFigure(rivals: readonly CaseResult[]): Figure {
  return {
    id: "rivals-law",
    title: "Where modes compete: distribution of the first departure over runs, beside both laws",
    finding: distancesInWords(rivals),
    x: { symbol: "γT*", meaning: "first departure of any mode, times the fastest growth rate", unit: "1", scale: "linear" },
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
      return { title: `${capital(one.title)}, n = ${n}`, layers };
    }),
  };
}

/** How far the simulated distributions lie from each predicted one at the largest size, the farthest of all cases. */
function distancesInWords(rivals: readonly CaseResult[]): string {
  const largest = (theory: string): string | undefined => {
    const laws = rivals.flatMap(({ comparison }) => comparison.statements.filter((one) => one.observable === "first-departure" && one.quantity === "law" && one.theory.id === theory).flatMap(({ bySize }) => bySize.at(-1)?.law ?? []));
    const farthest = laws.reduce<(typeof laws)[number] | undefined>((most, law) => (most === undefined || law.value > most.value ? law : most), undefined);
    return farthest === undefined ? undefined : formatWithInterval(farthest.value, farthest.interval);
  };
  const [alone, race] = [largest("limit"), largest("corrected")];
  if (alone === undefined || race === undefined) return "One of the laws predicts no distribution here.";
  return `The distribution function of the runs differs from that of competing modes by at most ${race} in probability, and from that of one mode by up to ${alone}.`;
}

/** Which mode wins, with Wilson intervals, against the exact integral. */
function winsFigure(rivals: readonly CaseResult[], { tolerance }: EmergenceParameters): Figure {
  return {
    id: "mode-selection",
    title: "Where modes compete: how often each mode is the first to depart",
    finding: `${casesInWords("For these shares, the law of competing modes", rivals.map((one) => selectionAnswer(shortName(one), one.selection, tolerance, LEVEL)))}${fastestWins(rivals)}`,
    x: { symbol: "k", meaning: "mode, the number of clusters that it forms", unit: "1", scale: "linear" },
    y: { symbol: "P", meaning: "probability to depart first", unit: "1", scale: "linear" },
    panels: rivals.map((one): Panel => {
      const { categories } = one.selection.proportions;
      const x = one.selection.modes;
      return {
        title: `${capital(one.title)}, n = ${one.design.sizes.at(-1)!}`,
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

/** How often the mode that grows fastest is the first, over the cases. */
function fastestWins(rivals: readonly CaseResult[]): string {
  const shares = rivals.flatMap((one) => {
    const { modes, proportions } = one.selection;
    return proportions.categories[modes.indexOf(dominantDegree(one.parameters.beta, 2).k)]?.value ?? [];
  });
  if (shares.length === 0) return "";
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  return ` The mode that grows fastest is the first in ${least === most ? "" : `${formatPercent(least, 2)} to `}${formatPercent(most, 2)} of the runs only.`;
}
