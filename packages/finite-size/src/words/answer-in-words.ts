/** @file An answer as a sentence: what holds, within what tolerance, from where on, until when, and what happens then. */
import { formatNumber } from "../format.js";
import type { Answer, HoldsFrom, Horizon } from "./answer.js";
import { reasonClause, reasonClauseAfter } from "./reasons.js";
import { asSentence, sizeWithInterval } from "./sentence.js";

/** How much a sentence says. */
export interface Wording {
  /** What happens where it fails; default true. */
  readonly reason?: boolean;
  /** The deviation at the largest size also where the theory holds; default false. */
  readonly deviation?: boolean;
}

/** "Mean field holds within 5 % from n = 610 [540, 720] on, until t = 1.8; then the finite system chooses its own side, or phase." */
export function answerInWords(subject: string, answer: Answer, wording: Wording = {}): string {
  const { reason = true, deviation = false } = wording;
  const told = reason ? answer : without(answer);
  const main = told.horizon !== undefined ? untilHorizon(told, told.horizon) : mainClause(told);
  const off = deviation && answer.outcome === "holds" && answer.deviation !== undefined ? [`at ${atLargest(answer)} it is off by ${answer.deviation}`] : [];
  return asSentence([`${subject} ${main}`, ...beyondTested(told), ...off].join("; "));
}

function without({ reason: _, ...answer }: Answer): Answer {
  return answer;
}

function mainClause(answer: Answer): string {
  if (answer.outcome === "holds") return [`holds${within(answer)} ${fromClause(answer)}`, ...belowClause(answer)].join("; ");
  const verb = answer.outcome === "fails" ? "fails" : "is undecided";
  const parts = answer.sizes === undefined ? [`${verb} at every size`] : [`${verb} at ${atLargest(answer)}${offBy(answer)}`];
  if (answer.outcome === "undecided") return [...parts, ...(answer.caveat === undefined ? [] : [answer.caveat]), ...(answer.reason === undefined ? [] : [reasonClauseAfter("at smaller sizes", answer.reason)])].join("; ");
  return [...parts, ...(answer.reason === undefined ? [] : [reasonClause(answer.reason)])].join("; ");
}

/** Along time: what holds until when, and what comes after. */
function untilHorizon(answer: Answer, horizon: Horizon): string {
  const { until, failsFrom } = horizon;
  const time = (t: number): string => timeInWords(horizon, t);
  const holds = `holds${within(answer)} ${fromClause(answer)}, until ${time(until)}`;
  const fails = failsFrom === undefined || answer.outcome !== "fails" ? "then" : `from ${time(failsFrom)} on`;
  if (answer.outcome === "undecided") return [holds, `then it is undecided${answer.caveat === undefined ? "" : `, for ${answer.caveat}`}`, ...(answer.reason === undefined ? [] : [reasonClauseAfter("at smaller sizes", answer.reason)])].join("; ");
  if (answer.reason !== undefined) return `${holds}; ${reasonClauseAfter(fails, answer.reason)}`;
  return answer.outcome === "fails" ? `${holds}; ${fails} it fails` : holds;
}

/** "t = 1.8 s" */
export function timeInWords({ symbol, unit }: Pick<Horizon, "symbol" | "unit">, t: number): string {
  return `${symbol} = ${formatNumber(t)}${unit === "" ? "" : ` ${unit}`}`;
}

/** "from n = 134 [127, 141] on", "at every size tested, n = 64 to 4096" */
function fromClause(answer: Answer): string {
  const { axis, from, sizes } = answer;
  switch (from.kind) {
    case "all":
      return everySize(answer);
    case "extrapolated":
      return answer.outcome === "holds" ? everySize(answer) : `at ${atLargest(answer)}`;
    case "fitted":
      return `from ${axis} = ${sizeWithInterval(from.value, from.interval)} on`;
    case "tested":
      return `from ${axis} = ${from.value} on`;
    case "none":
      return sizes === undefined ? "wherever it was tested" : `at ${atLargest(answer)}`;
  }
}

function everySize({ axis, sizes }: Answer): string {
  if (sizes === undefined) return "at every size tested";
  return sizes[0] === sizes[1] ? `at the only size tested, ${axis} = ${sizes[0]}` : `at every size tested, ${axis} = ${sizes[0]} to ${sizes[1]}`;
}

/** What happens below the size from which a theory holds; that nobody knows why is no news there. */
function belowClause({ axis, from, reason }: Answer): readonly string[] {
  const told = reason === undefined || reason === "unexplained" ? undefined : reason;
  if (from.kind === "tested" && from.failing !== null) return [told === undefined ? `at ${axis} = ${from.failing} it fails` : reasonClauseAfter(`at ${axis} = ${from.failing}`, told)];
  if (from.kind === "tested") return [told === undefined ? "below that it is undecided" : reasonClauseAfter("below that", told)];
  if (from.kind === "fitted" && told !== undefined) return [reasonClauseAfter("below that", told)];
  return from.kind === "none" && told !== undefined ? [reasonClauseAfter("at smaller sizes", told)] : [];
}

/** A crossing that no tested size bears out, which the fitted decay alone tells. */
export function beyondTested({ axis, from, outcome, horizon }: Answer): readonly string[] {
  const isTold = (it: HoldsFrom): it is Extract<HoldsFrom, { readonly kind: "fitted" | "extrapolated" }> => it.kind === "extrapolated" || (it.kind === "fitted" && outcome !== "holds" && horizon === undefined);
  if (!isTold(from)) return [];
  return [`by the fitted decay it ${outcome === "holds" ? "holds" : "would hold"} from ${axis} = ${sizeWithInterval(from.value, from.interval)} on`];
}

function within({ tolerance }: Answer): string {
  return tolerance === undefined ? "" : ` within ${tolerance}`;
}

function offBy({ deviation, tolerance }: Answer): string {
  const allowed = tolerance === undefined ? "" : ` where ${tolerance} is allowed`;
  if (deviation !== undefined) return `, off by ${deviation}${allowed}`;
  return tolerance === undefined ? "" : `,${allowed}`;
}

function atLargest({ axis, sizes }: Answer): string {
  return sizes === undefined ? "every size" : `${axis} = ${sizes[1]}`;
}
