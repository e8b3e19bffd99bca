/** @file Several answers to one claim, such as one law in several cases, as few sentences; why some fail, and what would change it. */
import type { FailureReason } from "@mesoscope/contracts";
import type { JudgedOutcome } from "../comparison/comparison.js";
import type { Answer } from "./answer.js";
import { answerInWords, type Wording } from "./answer-in-words.js";
import { explainReason, reasonClause, remedyFor } from "./reasons.js";
import { asSentence, sizeInWords } from "./sentence.js";

/** An answer and the case it belongs to. */
export interface CaseAnswer {
  /** Follows "for": "softmax attention, β = 5". */
  readonly name: string;
  readonly answer: Answer;
}

/** More names than this are counted, not listed. */
const MOST_NAMES = 3;

/** One claim over its cases: in how many it holds, from where on, and where it does not. */
export function casesInWords(subject: string, cases: readonly CaseAnswer[], wording: Wording = {}): string {
  if (cases.length === 1) return answerInWords(subject, cases[0]!.answer, wording);
  const of = (outcome: JudgedOutcome): readonly CaseAnswer[] => cases.filter(({ answer }) => answer.outcome === outcome);
  const [holding, failing, open] = [of("holds"), of("fails"), of("undecided")];
  const sentences: string[] = [];
  const who = (): string => (sentences.length === 0 ? subject : "It");
  if (holding.length > 0) sentences.push(asSentence(`${who()} holds${toleranceOf(holding)} ${countOf(holding, cases)}, ${fromOf(holding)}`));
  const reasons = [...new Set(failing.map(({ answer }) => answer.reason))];
  for (const reason of reasons) {
    const own = failing.filter(({ answer }) => answer.reason === reason);
    const clause = reason === undefined || wording.reason === false ? "" : `; ${reasonClause(reason)}`;
    sentences.push(asSentence(`${who()} fails ${countOf(own, cases)}${offBy(own)}${clause}`));
  }
  if (open.length > 0) sentences.push(asSentence(`${who()} is undecided ${countOf(open, cases)}${offBy(open)}`));
  return sentences.join(" ");
}

/** "in all 6 cases", "in 2 of 6 cases (a and b)" */
function countOf(some: readonly CaseAnswer[], all: readonly CaseAnswer[]): string {
  if (some.length === all.length) return `in all ${all.length} cases`;
  const names = some.length > MOST_NAMES || some.length > all.length / 2 ? "" : ` (${some.map(({ name }) => name).join("; ")})`;
  return `in ${some.length} of ${all.length} cases${names}`;
}

function toleranceOf(cases: readonly CaseAnswer[]): string {
  const [first, ...others] = new Set(cases.flatMap(({ answer: { tolerance } }) => (tolerance === undefined ? [] : [tolerance])));
  return first === undefined ? "" : others.length > 0 ? " within the tolerance" : ` within ${first}`;
}

/** Of several: from the largest of the sizes from which each holds. */
function fromOf(cases: readonly CaseAnswer[]): string {
  const { axis } = cases[0]!.answer;
  const starts = cases.flatMap(({ answer: { from } }) => (from.kind === "fitted" || from.kind === "tested" ? [from.value] : []));
  if (starts.length > 0) return `from ${axis} = ${sizeInWords(Math.max(...starts))} on${cases.length > 1 ? " at the latest" : ""}`;
  const sizes = cases.flatMap(({ answer }) => answer.sizes ?? []);
  if (sizes.length === 0) return "wherever it was tested";
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const isAll = cases.every(({ answer: { from } }) => from.kind !== "none");
  return isAll && least < most ? `at every size tested, ${axis} = ${least} to ${most}` : `at ${axis} = ${most}`;
}

function offBy(cases: readonly CaseAnswer[]): string {
  const [{ answer }, ...others] = cases as readonly [CaseAnswer, ...CaseAnswer[]];
  const at = answer.sizes === undefined ? "" : ` at ${answer.axis} = ${answer.sizes[1]}`;
  if (others.length > 0 || answer.deviation === undefined) return at;
  return `${at}, off by ${answer.deviation}${answer.tolerance === undefined ? "" : ` where ${answer.tolerance} is allowed`}`;
}

/** Evidence is given for so many cases of a reason. */
const MOST_EVIDENCE = 2;

/** Why the theory fails, where it does: each reason explained once, with its evidence. Undefined where nothing fails. */
export function whyInWords(cases: readonly CaseAnswer[]): string | undefined {
  const told = cases.filter(({ answer }) => answer.reason !== undefined && (answer.reason !== "unexplained" || answer.outcome !== "holds"));
  const reasons = [...new Set(told.map(({ answer }) => answer.reason!))];
  if (reasons.length === 0) return undefined;
  return reasons.map((reason) => [explainReason(reason), ...evidenceOf(reason, told)].join(" ")).join(" ");
}

function evidenceOf(reason: FailureReason, cases: readonly CaseAnswer[]): readonly string[] {
  const own = cases.filter(({ answer }) => answer.reason === reason);
  const distinct = [...new Map(own.flatMap(({ name, answer: { evidence } }) => (evidence === undefined ? [] : [[evidence, name] as const])))];
  return distinct.slice(0, MOST_EVIDENCE).map(([evidence, name]) => asSentence(`Seen for ${name}: ${evidence}`));
}

/** What would change what fails or is open: more replicas, a larger size, another theory. */
export function changeInWords(cases: readonly CaseAnswer[]): string {
  const remedies = [...new Set(cases.flatMap(({ answer: { reason, outcome } }) => (reason === undefined || (reason === "unexplained" && outcome === "holds") ? [] : [remedyFor(reason)])))];
  const open = cases.filter(({ answer }) => answer.outcome === "undecided");
  const parts = [...openInWords(open), ...remedies];
  return parts.length === 0 ? "Within this tolerance nothing needs to change; a narrower one asks for a larger size, and for more runs to see it." : parts.join(" ");
}

function openInWords(open: readonly CaseAnswer[]): readonly string[] {
  const factors = open.flatMap(({ answer: { moreReplicas } }) => moreReplicas ?? []);
  const hindered = open.filter(({ answer }) => answer.caveat !== undefined);
  const near = open.length - factors.length - hindered.length;
  const which = (count: number): string => (count === 1 ? "One open test" : `${count} open tests`);
  return [
    ...(factors.length === 0 ? [] : [asSentence(`${which(factors.length)} would be decided by about ${Math.ceil(Math.max(...factors))} times as many runs, if the deviation stays as measured`)]),
    ...(near <= 0 ? [] : [asSentence(`${which(near)} ${near === 1 ? "lies" : "lie"} so near the tolerance that only far more runs, or a larger size, would decide ${near === 1 ? "it" : "them"}`)]),
    ...[...new Set(hindered.map(({ name, answer: { caveat } }) => asSentence(`For ${name} no number of runs decides: ${caveat!}`)))].slice(0, 2),
  ];
}

