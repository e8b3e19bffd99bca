/** @file Several answers to one claim, such as one law in several cases, as few sentences; why some fail, and what would change it. */
import type { FailureReason } from "@mesoscope/contracts";
import type { JudgedOutcome } from "../comparison/comparison.js";
import type { Answer } from "./answer.js";
import { answerInWords, beyondTested, timeInWords, type Wording } from "./answer-in-words.js";
import { explainReason, reasonClause, reasonClauseAfter, remedyFor } from "./reasons.js";
import { asSentence, listed, sizeWithInterval } from "./sentence.js";

/** An answer and the case it belongs to. */
export interface CaseAnswer {
  /** Follows "for": "softmax attention, β = 5". */
  readonly name: string;
  readonly answer: Answer;
}

/** As `Wording`, and what is counted. */
export interface CasesWording extends Wording {
  /** Default "cases". */
  readonly counted?: "cases" | "quantities";
}

/** More names than this are counted, not listed. */
const MOST_NAMES = 3;

/** One claim over its cases: in how many it holds, from where on, and where it does not. */
export function casesInWords(subject: string, cases: readonly CaseAnswer[], wording: CasesWording = {}): string {
  if (cases.length === 1) return answerInWords(subject, cases[0]!.answer, wording);
  const of = (outcome: JudgedOutcome): readonly CaseAnswer[] => cases.filter(({ answer }) => answer.outcome === outcome);
  const [holding, failing, open] = [of("holds"), of("fails"), of("undecided")];
  const counted = wording.counted ?? "cases";
  const sentences: string[] = [];
  const who = (): string => (sentences.length === 0 ? subject : "It");
  if (holding.length > 0) {
    const off = wording.deviation === true ? farthestOf(holding) : undefined;
    sentences.push(asSentence(`${who()} holds${toleranceOf(holding)} ${countOf(holding, cases, counted, false)}, ${fromOf(holding)}${off === undefined ? "" : `; at the largest size it is off by ${off}`}`));
  }
  const reasons = [...new Set(failing.map(({ answer }) => answer.reason))];
  for (const reason of reasons) {
    const own = failing.filter(({ answer }) => answer.reason === reason);
    const clause = reason === undefined || wording.reason === false ? "" : `; ${reasonClause(reason)}`;
    const until = untilOf(own);
    if (until !== undefined) {
      const then = reason === undefined || wording.reason === false ? "then it fails" : reasonClauseAfter("then", reason);
      sentences.push(asSentence(`${who()} holds${toleranceOf(own)} ${countOf(own, cases, counted)}${until}; ${then}`));
      continue;
    }
    sentences.push(asSentence(`${who()} fails ${countOf(own, cases, counted)}${offBy(own, holding)}${clause}${beyond(own)}`));
  }
  const until = untilOf(open);
  if (until !== undefined) sentences.push(asSentence(`${who()} holds${toleranceOf(open)} ${countOf(open, cases, counted)}${until}; then it is undecided`));
  else if (open.length > 0) sentences.push(asSentence(`${who()} is undecided ${countOf(open, cases, counted)}${offBy(open, holding)}${beyond(open)}`));
  return sentences.join(" ");
}

/** "in all 6 cases", "in both cases", "for 2 of 6 quantities (a; b)": few enough are named, except those that hold. */
function countOf(some: readonly CaseAnswer[], all: readonly CaseAnswer[], counted: "cases" | "quantities", named = true): string {
  const before = counted === "cases" ? "in" : "for";
  if (some.length === 1 && counted === "quantities") return `for ${some[0]!.name}`;
  if (some.length === all.length) return `${before} ${all.length === 2 ? "both" : `all ${all.length}`} ${counted}`;
  const names = !named || some.length > MOST_NAMES || some.length > all.length / 2 ? "" : ` (${namesInWords(some)})`;
  return `${before} ${some.length} of ${all.length} ${counted}${names}`;
}

/** "β = 5, softmax and unnormalised; β = 2, softmax": what stands before the first comma is said once. */
function namesInWords(cases: readonly CaseAnswer[]): string {
  const groups = new Map<string, string[]>();
  for (const { name } of cases) {
    const [first, ...rest] = name.split(", ") as [string, ...string[]];
    groups.set(first, [...(groups.get(first) ?? []), ...(rest.length === 0 ? [] : [rest.join(", ")])]);
  }
  return [...groups].map(([first, rest]) => (rest.length === 0 ? first : `${first}, ${listed(rest)}`)).join("; ");
}

function toleranceOf(cases: readonly CaseAnswer[]): string {
  const [first, ...others] = new Set(cases.flatMap(({ answer: { tolerance } }) => (tolerance === undefined ? [] : [tolerance])));
  return first === undefined ? "" : others.length > 0 ? " within the tolerance" : ` within ${first}`;
}

/** The one that holds last: from the largest size on. What all of them say together, where all hold. */
export function latestOf(cases: readonly CaseAnswer[]): CaseAnswer | undefined {
  const start = ({ answer: { from } }: CaseAnswer): number => (from.kind === "fitted" || from.kind === "tested" ? from.value : 0);
  return cases.reduce<CaseAnswer | undefined>((latest, one) => (latest === undefined || start(one) > start(latest) ? one : latest), undefined);
}

/** Of several: from the largest of the sizes from which each holds. */
function fromOf(cases: readonly CaseAnswer[]): string {
  const { axis } = cases[0]!.answer;
  const { from } = latestOf(cases)!.answer;
  const latest = cases.length > 1 ? " at the latest" : "";
  if (from.kind === "tested") return `from ${axis} = ${from.value} on${latest}`;
  if (from.kind === "fitted") return `from ${axis} = ${sizeWithInterval(from.value, from.interval)} on${latest}`;
  const sizes = cases.flatMap(({ answer }) => answer.sizes ?? []);
  if (sizes.length === 0) return "wherever it was tested";
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const isAll = cases.every(({ answer }) => answer.from.kind !== "none");
  return isAll && least < most ? `at every size tested, ${axis} = ${least} to ${most}` : `at ${axis} = ${most}`;
}

/** Where all of some cases hold until a time: until the earliest of them, at the largest size. */
function untilOf(cases: readonly CaseAnswer[]): string | undefined {
  const horizons = cases.flatMap(({ answer: { horizon } }) => horizon ?? []);
  if (horizons.length === 0 || horizons.length < cases.length) return undefined;
  const { axis, sizes } = cases[0]!.answer;
  const earliest = horizons.reduce((first, one) => (one.until < first.until ? one : first));
  return `${sizes === undefined ? "" : ` at ${axis} = ${sizes[1]}`}, until ${timeInWords(earliest, earliest.until)}${cases.length > 1 ? " at least" : ""}`;
}

/** The deviation beside the tolerance, unless those that hold have named it. */
function offBy(cases: readonly CaseAnswer[], holding: readonly CaseAnswer[]): string {
  const { axis, sizes, tolerance } = cases[0]!.answer;
  const at = sizes === undefined ? "" : ` at ${axis} = ${sizes[1]}`;
  const off = farthestOf(cases);
  const isNamed = holding.length > 0 && holding.every(({ answer }) => answer.tolerance === tolerance);
  return off === undefined ? at : `${at}, off by ${off}${tolerance === undefined || isNamed || cases.some(({ answer }) => answer.tolerance !== tolerance) ? "" : ` where ${tolerance} is allowed`}`;
}

/** The largest deviation of some cases; undefined where they are not measured by the same rule. */
function farthestOf(cases: readonly CaseAnswer[]): string | undefined {
  const [first, ...others] = cases;
  if (others.length === 0) return first?.answer.deviation;
  if (cases.some(({ answer: { distance, deviation } }) => distance === undefined || deviation === undefined)) return undefined;
  const { deviation } = cases.reduce((most, one) => (one.answer.distance! > most.answer.distance! ? one : most)).answer;
  return deviation!.startsWith("up to ") ? deviation : `up to ${deviation!}`;
}

/** What the fitted decay says of a single case. */
function beyond(cases: readonly CaseAnswer[]): string {
  return cases.length > 1 ? "" : beyondTested(cases[0]!.answer).map((clause) => `; ${clause}`).join("");
}

/** Evidence is given for so many cases of a reason. */
const MOST_EVIDENCE = 2;

/** Why the theory fails, where it does: each reason explained once, with its evidence. */
export function whyInWords(cases: readonly CaseAnswer[]): string {
  const told = cases.filter(({ answer }) => answer.reason !== undefined && (answer.reason !== "unexplained" || answer.outcome !== "holds"));
  const reasons = [...new Set(told.map(({ answer }) => answer.reason!))];
  if (reasons.length === 0) return withoutReason(cases);
  return reasons.map((reason) => [explainReason(reason), ...evidenceOf(reason, told)].join(" ")).join(" ");
}

function withoutReason(cases: readonly CaseAnswer[]): string {
  if (cases.some(({ answer: { outcome } }) => outcome === "fails")) return "What was measured does not say why it fails.";
  const starts = cases.flatMap(({ answer: { outcome, from } }) => (outcome === "holds" ? [from] : []));
  if (starts.some((from) => from.kind === "tested" && from.failing !== null)) return "At smaller sizes it fails; nothing that was measured says why.";
  if (starts.some(({ kind }) => kind === "fitted")) return "Below the size given the deviation exceeds the tolerance; it shrinks as the system grows, and more than that is not known of its cause.";
  if (cases.some(({ answer: { outcome } }) => outcome === "undecided")) return "Nothing is shown to fail; what is undecided is so because its interval reaches beyond the tolerance, or because of what the next paragraph says.";
  return "Nothing fails within the tolerance at the sizes tested, so there is no failure to explain.";
}

function evidenceOf(reason: FailureReason, cases: readonly CaseAnswer[]): readonly string[] {
  const own = cases.filter(({ answer }) => answer.reason === reason);
  // Where the theory fails at the largest size the evidence is plainest.
  const sorted = [...own.filter(({ answer }) => answer.outcome === "fails"), ...own.filter(({ answer }) => answer.outcome !== "fails")];
  const distinct = new Map<string, string>();
  for (const { name, answer: { evidence } } of sorted) if (evidence !== undefined && evidence !== reasonClause(reason) && !distinct.has(evidence)) distinct.set(evidence, name);
  return [...distinct].slice(0, MOST_EVIDENCE).map(([evidence, name]) => asSentence(`Seen for ${name}: ${evidence}`));
}

/** What would change what fails or is open: more replicas, a larger size, another theory. */
export function changeInWords(cases: readonly CaseAnswer[]): string {
  const remedies = [...new Set(cases.flatMap(({ answer: { reason, outcome } }) => (reason === undefined || (reason === "unexplained" && outcome === "holds") ? [] : [remedyFor(reason)])))];
  const open = cases.filter(({ answer }) => answer.outcome === "undecided");
  const where = open.length > 0 || cases.some(({ answer }) => answer.outcome === "holds") ? remedies.map((remedy, i) => (i === 0 ? `Where it fails, ${remedy.charAt(0).toLowerCase()}${remedy.slice(1)}` : remedy)) : remedies;
  const parts = [...openInWords(open), ...where];
  return parts.length === 0 ? "Within this tolerance nothing needs to change; a narrower one asks for a larger size, and for more runs to see it." : parts.join(" ");
}

/** Rounded up to two digits. */
function upInWords(factor: number): number {
  const step = factor < 10 ? 1 : factor < 100 ? 5 : 50;
  return step * Math.ceil(factor / step);
}

function openInWords(open: readonly CaseAnswer[]): readonly string[] {
  const factors = open.flatMap(({ answer: { moreReplicas } }) => moreReplicas ?? []);
  const hindered = open.filter(({ answer }) => answer.caveat !== undefined);
  const near = open.length - factors.length - hindered.length;
  const which = (count: number): string => (count === 1 ? "One open test" : `${count} open tests`);
  return [
    ...(factors.length === 0 ? [] : [asSentence(`${which(factors.length)} would be decided by about ${upInWords(Math.max(...factors))} times as many runs, if the deviation stays as measured`)]),
    ...(near <= 0 ? [] : [asSentence(`${which(near)} ${near === 1 ? "lies" : "lie"} so near the tolerance that only far more runs, or a larger size, would decide ${near === 1 ? "it" : "them"}`)]),
    ...[...new Set(hindered.map(({ name, answer: { caveat } }) => asSentence(`For ${name} no number of runs decides: ${caveat!}`)))].slice(0, 2),
  ];
}

