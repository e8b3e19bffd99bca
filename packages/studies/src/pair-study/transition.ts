/** @file The transitions of a pair: the scan as a figure on the scale of the rounding, and the collapse in words, numbers and a verdict. */
import type { Figure, Pair, Table, Verdict } from "@mesoscope/contracts";
import { asSentence, capital, divergedCaveat, formatNumber, formatWithInterval, type FittedCollapse, type ScannedSize, type SuffixCollapse, type TransitionFinding } from "@mesoscope/finite-size";
import { exp, log } from "@mesoscope/numerics";
import { tableOf } from "../findings/table.js";
import { CONFIDENCE } from "./settings.js";

/** A scan of a pair, and which of its transitions it is. */
interface Words {
  readonly pair: Pair;
  readonly finding: TransitionFinding;
  readonly at: number;
}

/** All sizes on the predicted scale: one curve if the exponents are right. */
export function transitionFigure({ pair, finding, at }: Words): Figure {
  const { transition, sizes } = finding;
  const { value, width } = transition.exponents;
  const { parameter, observable } = namesOf(pair, finding);
  const axis = pair.axes[0]!.symbol;
  const scaled = (one: ScannedSize, ys: readonly number[]): readonly number[] => ys.map((y) => y * exp(value * log(one.n)));
  return {
    id: `transition-${at + 1}`,
    title: `${capital(observable.meaning)} (${observable.symbol}) through the transition at ${parameter} = ${formatNumber(transition.at)}, all sizes on the predicted scale`,
    finding: collapseInWords({ pair, finding, at }),
    x: { symbol: `(${parameter} − ${formatNumber(transition.at)}) ${axis}^${formatNumber(width)}`, meaning: "distance from the transition on the scale of its rounding", unit: "1", scale: "linear" },
    y: { symbol: `${observable.symbol} ${axis}^${formatNumber(value)}`, meaning: `${observable.meaning}, scaled`, unit: observable.unit, scale: "linear" },
    panels: [
      {
        title: pair.title,
        layers: sizes.map((one) => ({
          role: "points" as const,
          label: `${axis} = ${one.n}`,
          source: "simulation" as const,
          x: one.x.map((x) => (x - transition.at) * exp(width * log(one.n))),
          y: scaled(one, one.mean.value),
          lower: scaled(one, one.mean.lower),
          upper: scaled(one, one.mean.upper),
          confidence: CONFIDENCE,
        })),
      },
    ],
  };
}

/** Fitted exponents and place beside the predicted ones, for all sizes and for those that were left. */
export function transitionTable(parts: readonly Words[]): Table {
  return tableOf("transitions", "Transitions: the collapse of all sizes, and of all but the smallest", {
    transition: "transition",
    from: "sizes from",
    number: "number",
    fitted: "fitted",
    predicted: "predicted",
    inside: "prediction inside",
    quality: "chi-square per point, best",
    "predicted-quality": "chi-square per point, predicted",
  }, parts.flatMap(({ pair, finding }) => {
      const { collapses, transition } = finding;
      const name = `${namesOf(pair, finding).parameter} = ${formatNumber(transition.at)}`;
      return collapses.flatMap(({ from, fit }) => {
        if (fit.kind !== "fitted") return [[name, from, "none", `not told: ${fit.reason}`, null, null, null, null]];
        return rowsOf(fit, transition.exponents, transition.at).map((row) => [name, from, ...row]);
      });
    }));
}

function rowsOf({ at, intervals, quality, predicted: told }: FittedCollapse, { value, width }: TransitionFinding["transition"]["exponents"], critical: number): readonly (readonly (string | number | null)[])[] {
  const row = (name: string, key: "a" | "b" | "critical", predicted: number): readonly (string | number | null)[] => {
    const [low, high] = intervals[key] ?? [null, null];
    const inside = (low === null || low <= predicted) && (high === null || high >= predicted);
    return [name, `${formatNumber(at[key])} [${low === null ? "…" : formatNumber(low)}, ${high === null ? "…" : formatNumber(high)}]`, predicted, inside ? "yes" : "no", Number(quality.toPrecision(3)), told === undefined || told.quality === null ? null : Number(told.quality.toPrecision(3))];
  };
  return [row("power of the observable, a", "a", value), row("power of the width, b", "b", width), row("place", "critical", critical)];
}

/** The predicted scaling holds from the size on from which it collapses the sizes as well as the best one does. */
export function transitionVerdict(words: Words): Verdict {
  const { pair, finding, at } = words;
  const { fit } = finding.collapses.at(-1)!;
  const { parameter, observable } = namesOf(pair, finding);
  const predicted = fit.kind === "fitted" ? fit.predicted : undefined;
  // Not to be rejected is not enough: a scan that bounds neither power says nothing for them.
  const isTold = fit.kind === "fitted" && [fit.intervals.a, fit.intervals.b].every((interval) => typeof interval?.[0] === "number" && typeof interval[1] === "number");
  const consistent = isTold && divergedCaveat(finding) === undefined ? ("holds" as const) : ("undecided" as const);
  const outcome = predicted === undefined ? "undecided" : predicted.outcome === "consistent" ? consistent : "fails";
  return {
    id: `transition-${at + 1}`,
    subject: `collapse of the ${observable.meaning} through the transition at ${parameter} = ${formatNumber(finding.transition.at)}`,
    outcome,
    rule: `The chi-square per point of the collapse with the predicted powers and place exceeds the best by no more than ${100 * CONFIDENCE} % of resamples laid on the common curve do; small sizes are left out until it does not, down to the three largest. Undecided where the scan does not bound both powers.`,
    ...powerOf(fit),
    because: collapseInWords(words),
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  };
}

/** The fitted power of the observable, where it is bounded. */
function powerOf(collapse: SuffixCollapse["fit"]): Partial<Verdict> {
  if (collapse.kind !== "fitted") return {};
  const [low, high] = collapse.intervals.a ?? [null, null];
  return low === null || high === null ? {} : { value: collapse.at.a, interval: [low, high], confidence: CONFIDENCE, unit: "1" };
}

/** "The sizes from N = 256 on fall on one curve as predicted: ... The best fit has a = 0.25 [0.24, 0.26], ..." */
export function collapseInWords({ pair, finding }: Words): string {
  const { collapses, transition, scanned, leftOut } = finding;
  const { from, fit } = collapses.at(-1)!;
  const missing = [divergedCaveat(finding), leftOut === 0 ? undefined : `${leftOut} of ${scanned} points have no error and are left out`].flatMap((part) => (part === undefined ? [] : [`; ${part}`])).join("");
  const axis = pair.axes[0]!.symbol;
  const which = collapses.length === 1 ? "All sizes" : `The sizes from ${axis} = ${from} on`;
  if (fit.kind !== "fitted") return asSentence(`${which} could not be laid on one curve: ${fit.reason}${missing}`);
  const { at, intervals, quality, predicted } = fit;
  const number = (key: "a" | "b" | "critical"): string => {
    const [low, high] = intervals[key] ?? [null, null];
    return low === null || high === null ? `${formatNumber(at[key])}, not bounded` : formatWithInterval(at[key], [low, high]);
  };
  const { parameter, observable } = namesOf(pair, finding);
  const told = `${observable.symbol} ${axis}^a against (${parameter} − x_c) ${axis}^b, with a = ${formatNumber(transition.exponents.value)}, b = ${formatNumber(transition.exponents.width)} and x_c = ${formatNumber(transition.at)}`;
  const fitted = `The best fit has a = ${number("a")}, b = ${number("b")} and x_c = ${number("critical")}`;
  const without = collapses.length === 1 ? "" : "; smaller sizes are not on that curve yet";
  if (predicted === undefined) return `${asSentence(`${which} were laid on one curve${without}`)} ${asSentence(`${fitted}${missing}`)}`;
  const qualities = `chi-square per point ${formatNumber(quality)}, with the predicted numbers ${predicted.quality === null ? "no overlap" : formatNumber(predicted.quality)}`;
  return `${asSentence(`${which} ${predicted.outcome === "consistent" ? "fall" : "do not fall"} on one curve as predicted: ${told}${without}`)} ${asSentence(`${fitted} (${qualities})${missing}`)}`;
}

function namesOf(pair: Pair, { transition }: TransitionFinding): { readonly parameter: string; readonly observable: { readonly symbol: string; readonly meaning: string; readonly unit: string } } {
  const parameters = { ...transition.where, [transition.parameter]: transition.at };
  const observable = pair.at(parameters).observables.find(({ id }) => id === transition.observable);
  return {
    parameter: pair.parameters.properties[transition.parameter]?.symbol ?? transition.parameter,
    observable: observable ?? { symbol: transition.observable, meaning: transition.observable, unit: "1" },
  };
}
