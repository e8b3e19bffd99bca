/** @file The answer in words: first what the laws say, then what was found. */
import { casesInWords, formatNumber, listed, type CaseAnswer, type Statement } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BOTH_FLOWS, shortFlow } from "../findings/flows.js";
import { BRACKETS, narrativeOf, sizesInWords } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import { LEVEL, type CaseResult } from "./cases.js";
import { selectionAnswer } from "./selection.js";
import type { EmergenceParameters } from "./settings.js";

export function emergenceNarrative(single: readonly CaseResult[], rivals: readonly CaseResult[], settings: EmergenceParameters): Findings["narrative"] {
  const alone = answersOf(single, "departure", "limit", "mean");
  const late = answersOf(rivals, "first-departure", "limit", "mean");
  const race = answersOf(rivals, "first-departure", "corrected", "mean");
  const spread = answersOf(single, "departure", "limit", "spread");
  const raceSpread = answersOf(rivals, "first-departure", "corrected", "spread");
  const winners = rivals.map((one) => selectionAnswer(shortName(one), one.selection, settings.tolerance, LEVEL));
  const where = listed(settings.rivalBetas.map((beta) => formatNumber(beta)));
  return narrativeOf({
    headline: [
      casesInWords(`Where one mode grows alone (β = ${settings.beta}), its law for the mean departure time`, alone),
      casesInWords(`Where modes compete (β = ${where}), the same law`, late),
      casesInWords("There the law of competing modes", race),
    ].join(" "),
    compared: comparedIn(settings),
    result: [
      BRACKETS,
      casesInWords("For the spread over runs, the law of one mode", spread),
      casesInWords("For the spread of the first departure, the law of competing modes", raceSpread),
      casesInWords("For which mode is the first, the law of competing modes", winners, { deviation: true }),
    ].join(" "),
    ...(late.some(({ answer }) => answer.reason === "selection") && race.every(({ answer }) => answer.outcome === "holds") ? { why: "The law of competing modes counts them, and holds in every case." } : {}),
    answers: [...alone, ...late, ...race, ...spread, ...raceSpread, ...winners],
  });
}

function comparedIn({ beta, rivalBetas, sizes, rivalSizes, thresholds, rivalThreshold }: EmergenceParameters): string {
  const all = [...sizes, ...rivalSizes];
  return [
    `The finite system: n tokens on the circle (${sizesInWords("n", all)}), which start independent and uniform and attend to each other with inverse temperature β (${listed([beta, ...rivalBetas].map((one) => formatNumber(one)))}).`,
    `${BOTH_FLOWS} Mode k is the tendency to form k clusters; it departs when its amplitude |Z_k| first reaches the threshold r (${listed([...new Set([...thresholds, rivalThreshold])].map((r) => formatNumber(r)))}), and time is depth.`,
    "The limit never leaves the uniform state by itself: attention amplifies what chance left in each mode, so the predicted departure times grow like ln n, with a spread that does not shrink with n.",
    "The law of one mode follows the fastest mode alone; that of competing modes lets all of them race.",
  ].join(" ");
}

function answersOf(cases: readonly CaseResult[], observable: string, theory: string, quantity: Statement["quantity"]): readonly CaseAnswer[] {
  return cases.flatMap((one) =>
    one.comparison.statements.filter((it) => it.observable === observable && it.theory.id === theory && it.quantity === quantity).map((it) => caseAnswer(shortName(one), one.comparison, it)),
  );
}

/** A case by what tells it from the others of its kind. */
export function shortName({ single, parameters: { flow, beta, r } }: CaseResult): string {
  return `${single ? `r = ${r}` : `β = ${beta}`}, ${shortFlow(flow)}`;
}

/** What a figure says of one law in several cases. */
export function lawInWords(subject: string, cases: readonly CaseResult[], of: { readonly observable: string; readonly theory: string; readonly quantity: Statement["quantity"] }): string {
  return casesInWords(subject, answersOf(cases, of.observable, of.theory, of.quantity));
}
