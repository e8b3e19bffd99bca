import type { Figure, Layer, Panel } from "@mesoscope/contracts";
import { formatNumber, listed } from "@mesoscope/finite-size";
import { sizeInText } from "../one-bit/words.js";
import { onWholeTokens, predictedOnTokens } from "./exit-densities.js";
import { longHoldsFrom, OVERLAP, type FiniteSizeCase } from "./cases.js";
import { CHAOTIC_BETA, EXIT_TOLERANCE, type ExitCase } from "./exits.js";
import { reachOfMean } from "./narrative.js";
import type { FiniteSizeParameters } from "./settings.js";

export function finiteSizeFigures(cases: readonly FiniteSizeCase[], exits: ExitCase, settings: FiniteSizeParameters): readonly Figure[] {
  return [untilFigure(cases, settings), spreadFigure(cases), exitFigure(exits), exitLawFigure(exits), longFigure(cases)];
}

const bits = { symbol: "N", meaning: "bits of a token", unit: "1", scale: "log" } as const;
const tokens = { symbol: "t", meaning: "tokens after the start", unit: "token", scale: "linear" } as const;

/** Until when the mean holds; bars reach to the token from which on it fails. */
function untilFigure(cases: readonly FiniteSizeCase[], { tokens: last, tolerance }: FiniteSizeParameters): Figure {
  return {
    id: "until-when",
    title: "Until which token the mean overlap follows the map",
    finding: `The mean overlap stays within ${tolerance} of the map ${listed(cases.map((one) => `${one.name} ${reachOfMean(one)}`))}.`,
    x: bits,
    y: { symbol: "t", meaning: "last token at which the mean holds; bars end where it fails", unit: "token", scale: "linear" },
    panels: cases.map(({ title, mean, comparison }): Panel => {
      const told = mean.bySize.filter(({ outcome }) => outcome !== "not-applicable");
      return {
        title,
        layers: [
          { role: "mark", label: `last token compared, ${last}`, at: last, across: "y" },
          { role: "points", label: "simulation", source: "simulation", x: told.map(({ n }) => n), y: told.map(({ holdsUntil }) => holdsUntil ?? 0), lower: told.map(({ holdsUntil }) => holdsUntil ?? 0), upper: told.map(({ holdsUntil, failsFrom }) => failsFrom ?? holdsUntil ?? 0), confidence: comparison.confidence },
        ],
      };
    }),
  };
}

/** Spread against time for three sizes, with linear noise. */
function spreadFigure(cases: readonly FiniteSizeCase[]): Figure {
  const quantities = cases.map(({ name, spread: { outcome, certifiedFrom } }) => `${name} ${certifiedFrom === undefined ? (outcome === "fails" ? "at no N" : "at no N for sure") : `from N = ${sizeInText(certifiedFrom)} on`}`);
  return {
    id: "spread",
    title: "Spread of the first overlap between runs from one window",
    finding: `Linear noise tells the spread at every token ${listed(quantities)}.`,
    x: tokens,
    y: { symbol: "σ", meaning: "standard deviation of the first overlap over runs", unit: "1", scale: "log" },
    panels: cases.map(({ title, spread, comparison }): Panel => {
      const grid = comparison.observables.find(({ id }) => id === OVERLAP)!.grid!.values;
      const shown = [1, Math.floor(comparison.sizes.length / 2), comparison.sizes.length - 1];
      return {
        title,
        layers: [...new Set(shown)].flatMap((k): Layer[] => {
          const { n, estimates } = comparison.sizes[k]!;
          const found = estimates[OVERLAP]!.spread;
          const predicted = spread.bySize[k]!.predictedSpread ?? [];
          return [
            { role: "curve", label: `linear noise, N = ${sizeInText(n)}`, source: "theory", x: grid.slice(0, predicted.length), y: predicted },
            { role: "points", label: `simulation, N = ${sizeInText(n)}`, source: "simulation", x: [...grid], y: found.value, lower: found.lower, upper: found.upper, confidence: found.confidence },
          ];
        }),
      };
    }),
  };
}

function exitFigure({ comparison, mean, typical, slope, predictedSlope }: ExitCase): Figure {
  const x = comparison.sizes.map(({ n }) => n);
  const found = comparison.sizes.map(({ estimates }) => estimates["exit"]!.mean);
  const passage = mean.bySize.filter(({ predicted }) => predicted.length > 0);
  return {
    id: "exit",
    title: "When N bits leave the chaotic trajectory of the map",
    finding: `The mean exit time grows by ${formatNumber(slope.value)} tokens for each factor e in N, where 1/(2λ) is ${formatNumber(predictedSlope.value)}: a million times more bits buy ${formatNumber(slope.value * 13.815510557964274, 2)} tokens.`,
    x: bits,
    y: { symbol: "T", meaning: `mean first token at which some class is farther than ${EXIT_TOLERANCE} from the map`, unit: "token", scale: "linear" },
    panels: [{
      title: `β = ${CHAOTIC_BETA}, chaos`,
      layers: [
        { role: "curve", label: "first passage of linear noise", source: "theory", x: passage.map(({ n }) => n), y: passage.map(({ predicted }) => predicted[0]!), error: passage.map(({ numericalError }) => numericalError[0]!) },
        { role: "curve", label: "t* of a typical start, slope 1/(2λ)", source: "theory", x, y: typical },
        { role: "points", label: "simulation", source: "simulation", x, y: found.map(({ value }) => value[0]!), lower: found.map(({ lower }) => lower[0]!), upper: found.map(({ upper }) => upper[0]!), confidence: comparison.confidence },
      ],
    }],
  };
}

/** The law of the exit time at the smallest and the largest size. */
function exitLawFigure({ ensembles, law, predictedLaws }: ExitCase): Figure {
  const ends = [0, ensembles.length - 1];
  const distances = ends.flatMap((k) => {
    const found = law.bySize[k]?.law;
    return found === undefined ? [] : [`${formatNumber(found.value, 2)} at N = ${sizeInText(ensembles[k]!.n)}`];
  });
  return {
    id: "exit-law",
    title: "Law of the exit time",
    finding: `One start leaves tens of tokens before or after another: a horizon is a law, not a number; its distribution function differs from the predicted one by ${listed(distances)}.`,
    x: { symbol: "T", meaning: `first token at which some class is farther than ${EXIT_TOLERANCE} from the map`, unit: "token", scale: "linear" },
    y: { symbol: "p", meaning: "probability density", unit: "1/token", scale: "linear" },
    panels: ends.map((k): Panel => {
      const { n } = ensembles[k]!;
      const binned = onWholeTokens(ensembles[k]!.values("exit"));
      const predicted = predictedLaws[k];
      const theory: Layer[] = predicted === undefined ? [] : [{ role: "curve", label: "first passage of linear noise", source: "theory", ...predictedOnTokens(predicted, binned.edges) }];
      return { title: `N = ${sizeInText(n)}`, layers: [{ role: "law", label: "simulation", source: "simulation", ...binned }, ...theory] };
    }),
  };
}

function longFigure(cases: readonly FiniteSizeCase[]): Figure {
  return {
    id: "long-run",
    title: "Size of the first overlap in the long run",
    finding: `The overlap is as large as that of the map ${listed(cases.map((one) => {
      const from = longHoldsFrom(one);
      return `${one.name} ${from === undefined ? "at no N for sure" : `from N = ${sizeInText(from)} on`}`;
    }))}; fewer bits are driven onto larger orbits.`,
    x: bits,
    y: { symbol: "⟨(mᵒ₁)²⟩", meaning: "mean square of the first overlap in the long run", unit: "1", scale: "linear" },
    panels: cases.map(({ title, long, mapSquare }): Panel => ({
      title,
      layers: [
        { role: "mark", label: `mean-field map, ${formatNumber(mapSquare)}`, at: mapSquare, across: "y" },
        { role: "points", label: "simulation", source: "simulation", x: long.map(({ n }) => n), y: long.map(({ mean }) => mean), lower: long.map(({ interval }) => interval[0]), upper: long.map(({ interval }) => interval[1]), confidence: long[0]!.test.confidence },
      ],
    })),
  };
}
