/** @file A statement: what one theory says of one quantity of one observable, judged over all sizes. */
import type { Observable, Parameters, Theory } from "@mesoscope/contracts";
import type { Multiplicity } from "../statistics/multiplicity.js";
import type { CertifiedNStar } from "../statistics/n-star.js";
import type { Summary } from "../statistics/summary.js";
import type { Evidence, JudgedOutcome, Quantity, ReasonRule, SizeFinding, Statement } from "./comparison.js";
import type { Draft } from "./finding.js";
import { formatNumber, formatPercent, formatWithInterval } from "./format.js";
import { outcomesBySize } from "./outcome.js";
import { reasonOf } from "./reason.js";
import { biasScaling, certifiedOf, nStarOf, type Scaling, type ScalingOptions } from "./scaling.js";

export interface StatementInput {
  readonly parameters: Parameters;
  readonly theory: Theory;
  readonly observable: Observable;
  readonly quantity: Quantity;
  readonly judged: boolean;
  readonly axis: string;
  readonly drafts: readonly Draft[];
  readonly joint: readonly SizeFinding["jointOutcome"][];
  readonly summaries: readonly (Summary | undefined)[];
  readonly spread: Scaling | undefined;
  readonly predictedExponent: number | undefined;
  readonly level: number;
  readonly multiplicity: Multiplicity;
  readonly scaling: ScalingOptions;
  readonly reasons: readonly ReasonRule[];
}

/** Puts the findings of all sizes together: outcome, exponent, N*, reason, and one sentence with the evidence. */
export function makeStatement(input: StatementInput): Statement {
  const { theory, observable, quantity, judged, drafts, joint, predictedExponent } = input;
  const outcomes = outcomesBySize(drafts, input.level, input.multiplicity);
  const bySize = drafts.map((draft, k): SizeFinding => ({ ...draft.finding, outcome: outcomes[k]!, jointOutcome: joint[k]! }));
  const scaled = quantity === "mean" ? biasScaling(pointsOf(input, bySize), input.scaling) : quantity === "spread" ? input.spread : undefined;
  const certified = certifiedOf(bySize);
  const nStar = quantity === "mean" ? nStarOf(bySize, certified, scaled, predictedExponent) : undefined;
  const evidence: Evidence = {
    parameters: input.parameters,
    observable,
    theory: theory.id,
    quantity,
    bySize,
    ...(scaled === undefined ? {} : { exponent: scaled.exponent }),
    ...(predictedExponent === undefined ? {} : { predictedExponent }),
  };
  const outcome = judged ? overall(bySize) : "undecided";
  const failing = bySize.some((finding) => finding.outcome === "fails") || outcome === "fails";
  const found = judged && failing ? reasonOf(evidence, input.reasons) : undefined;
  return {
    theory: { id: theory.id, title: theory.title },
    observable: observable.id,
    quantity,
    judged,
    bySize,
    ...(scaled === undefined ? {} : { exponent: scaled.exponent }),
    ...(predictedExponent === undefined ? {} : { predictedExponent }),
    ...(nStar === undefined ? {} : { nStar }),
    ...(certified.reached ? { certifiedFrom: certified.value } : {}),
    outcome,
    // The reason is also told where the theory holds from some size on and fails below it.
    ...(found === undefined ? {} : { reason: found.reason }),
    because: sentence(input.axis, certified, bySize, worthSaying(outcome, found), judged),
  };
}

/** Where a theory holds from some size on, that nobody knows why it fails below is no news. */
function worthSaying(outcome: JudgedOutcome, found: ReturnType<typeof reasonOf> | undefined): string | undefined {
  return outcome === "holds" && found?.reason === "unexplained" ? undefined : found?.because;
}

function pointsOf({ summaries }: StatementInput, bySize: readonly SizeFinding[]): readonly { finding: SizeFinding; summary: Summary }[] {
  return bySize.flatMap((finding, k) => {
    const summary = summaries[k];
    return summary === undefined || finding.outcome === "not-applicable" || finding.entries.length === 0 ? [] : [{ finding, summary }];
  });
}

/** Holds from some size on if the largest holds; fails or is undecided as the largest is; a theory that speaks about no size fails. */
function overall(bySize: readonly SizeFinding[]): JudgedOutcome {
  const last = bySize.findLast(({ outcome }) => outcome !== "not-applicable");
  return last === undefined || last.outcome === "not-applicable" ? "fails" : last.outcome;
}

function sentence(axis: string, certified: CertifiedNStar, bySize: readonly SizeFinding[], evidence: string | undefined, judged: boolean): string {
  const asked = bySize.filter((finding) => finding.outcome !== "not-applicable");
  const last = asked.at(-1);
  if (last === undefined) return capital(evidence ?? "the theory speaks about none of the sizes");
  const at = `at ${axis} = ${last.n} ${describeFinding(last)}`;
  const rest = [last.caveat, evidence].filter((part) => part !== undefined).map((part) => `; ${part}`).join("");
  if (!judged) return capital(`${at}; no tolerance was given${rest}`);
  if (!certified.reached) return capital(`${at}${failuresBelow(asked, last)}${rest}`);
  const first = certified.value;
  const below = asked.filter(({ n }) => n < first).map((finding) => `${finding.outcome} at ${finding.n}`);
  const range = first === last.n ? `at ${axis} = ${first}` : `from ${axis} = ${first} to ${last.n}`;
  return capital(`within tolerance ${range}${below.length > 0 ? ` (${below.join(", ")})` : ""}; ${at}${rest}`);
}

/** An undecided end does not hide that smaller sizes fail. */
function failuresBelow(asked: readonly SizeFinding[], last: SizeFinding): string {
  if (last.outcome === "fails") return "";
  const failing = asked.filter((finding) => finding !== last && finding.outcome === "fails").map(({ n }) => n);
  return failing.length === 0 ? "" : ` (fails at ${failing.join(", ")})`;
}

/** The number that a finding turns on, with its interval. */
export function describeFinding(finding: SizeFinding): string {
  if (finding.law !== undefined) {
    return `the distance of the laws is ${formatWithInterval(finding.law.value, finding.law.interval)} (goodness of fit ${formatNumber(finding.law.goodness, 2)})`;
  }
  const worst = finding.entries[finding.worst];
  if (worst === undefined) return "nothing could be tested";
  const which = finding.entries.length > 1 ? `the largest of ${finding.entries.length} deviations is` : "the deviation is";
  const found = `${which} ${formatWithInterval(worst.value, worst.interval, worst.scale === "relative")}`;
  if (worst.untested !== undefined) return found;
  return `${found}, tolerance ±${worst.scale === "relative" ? formatPercent(worst.margins[1]) : formatNumber(worst.margins[1])}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
