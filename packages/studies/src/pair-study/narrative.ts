/** @file The answer in words: what each theory is good for, from where on, and why it fails below. */
import type { Pair } from "@mesoscope/contracts";
import { answerInWords, asSentence, capital, casesInWords, formatNumber, latestOf, listed, singleRunInWords, type CaseAnswer, type Comparison, type SequentialComparison, type Statement } from "@mesoscope/finite-size";
import { caseAnswer, quantityInWords } from "../findings/answers.js";
import { symbolOf } from "../findings/words.js";
import { BRACKETS, narrativeOf } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import type { PairSettings } from "./settings.js";

export function pairNarrative(pair: Pair, found: SequentialComparison, settings: PairSettings, transitions: readonly string[]): Findings["narrative"] {
  const { comparison, outcome, because, looks } = found;
  const judged = comparison.statements.filter((statement) => statement.judged);
  const answers = judged.map((statement) => caseAnswer(`the ${quantityInWords(comparison, statement)}`, comparison, statement));
  const most = settings.design.looks;
  return narrativeOf({
    headline: headlineOf(comparison, judged, answers),
    compared: comparedIn(pair, comparison, settings),
    result: [BRACKETS, ...judged.map((statement, i) => resultOf(statement, answers[i]!)), ...singleRunsOf(comparison, judged), ...gainsOf(comparison)].join(" "),
    answers,
    further: [
      ...(most > 1 ? [`${looks.length} of at most ${most} looks at the tests: ${outcome === "decided" ? "decided" : "undecided"}. ${because}`] : []),
      ...transitions.map((words) => `Transition: ${words}`),
      comparison.controls.map(({ title, outcome: passed, because: why }) => `Control, ${title.toLowerCase()}: ${passed.replace("-", " ")}. ${asSentence(why)}`).join(" "),
    ],
  });
}

/** One sentence for each theory, or a few: what holds from where, and what does not. */
function headlineOf(comparison: Comparison, judged: readonly Statement[], answers: readonly CaseAnswer[]): string {
  const theories = [...new Map(judged.map(({ theory }) => [theory.id, theory.title]))];
  const clauses = theories.map(([id, title]) => {
    const own = answers.filter((_, i) => judged[i]!.theory.id === id);
    const latest = latestOf(own)!;
    // Where all hold, what holds last says it for all.
    if (own.every(({ answer }) => answer.outcome === "holds" && answer.tolerance === latest.answer.tolerance)) return answerInWords(capital(title), latest.answer);
    return casesInWords(capital(title), own, { counted: "quantities" });
  });
  return clauses.length === 0 ? `Nothing of ${comparison.title} was judged.` : clauses.join(" ");
}

function comparedIn({ title, axes, parameters }: Pair, { axis, sizes, observables, statements }: Comparison, { own }: PairSettings): string {
  const values = Object.entries(own).map(([name, value]) => {
    const property = parameters.properties[name];
    return `${property?.symbol ?? name} = ${typeof value === "number" ? formatNumber(value) : String(value)}${property === undefined ? "" : ` (${property.description})`}`;
  });
  const runs = sizes.map(({ completed, diverged }) => completed + diverged);
  const [least, most] = [Math.min(...runs), Math.max(...runs)];
  const theories = listed([...new Set(statements.map(({ theory }) => theory.title))]);
  return [
    asSentence(`The finite system: ${title.replace(/^The /, "the ")}, with ${axis.symbol} (${axes[0]!.meaning}) from ${sizes[0]!.n} to ${sizes.at(-1)!.n}${values.length === 0 ? "" : ` at ${listed(values)}`}, in ${least === most ? most : `${least} to ${most}`} independent runs at each size`),
    asSentence(`The theory: ${theories}; predicted and measured are ${listed(observables.map(({ symbol, meaning }) => `${symbol} (${meaning})`))}`),
  ].join(" ");
}

function resultOf({ theory }: Statement, { name, answer }: CaseAnswer): string {
  return answerInWords(`For ${name}, ${theory.title}`, answer, { reason: false });
}

/** From where on a single run is as good as the mean, of the first theory of each observable: its spread is the system's own. */
function singleRunsOf(comparison: Comparison, judged: readonly Statement[]): readonly string[] {
  const first = judged.filter(({ observable, nStar }, i) => nStar !== undefined && judged.findIndex((one) => one.observable === observable && one.nStar !== undefined) === i);
  return first.flatMap(({ observable, nStar }) => singleRunInWords(`A single run gives ${symbolOf(comparison, observable)} as well`, comparison.axis.symbol, nStar!) ?? []);
}

/** By what factor each further theory brings down the size that is needed. */
function gainsOf(comparison: Comparison): readonly string[] {
  return comparison.sideBySide.flatMap((gain) => {
    if (gain.outcome === "not-told" || !(gain.value > 1)) return [];
    const [low, high] = gain.interval;
    return [asSentence(`For the ${quantityInWords(comparison, { quantity: "mean", observable: gain.observable })}, ${gain.to.title} needs a size smaller by a factor of ${gain.outcome === "at-least" ? "at least " : ""}${formatNumber(gain.value, 2)} [${formatNumber(low, 2)}, ${high === null ? "∞)" : `${formatNumber(high, 2)}]`}`)];
  });
}
