/** @file The answer in words: what each theory is good for, from where on, and why it fails below. */
import type { Comparison, SequentialComparison, Statement } from "@mesoscope/finite-size";
import { asSentence, certifiedInWords, fittedInWords } from "../findings/words.js";
import type { Findings } from "../study.js";
import type { PairSettings } from "./settings.js";

export function narrativeOf({ comparison, outcome, because, looks }: SequentialComparison, { design }: PairSettings, transitions: readonly string[]): Findings["narrative"] {
  return {
    headline: headlineOf(comparison),
    paragraphs: [
      ...comparison.statements.filter(({ judged }) => judged).map((statement) => statementInWords(comparison, statement)),
      ...comparison.sideBySide.map(({ observable, from, to, because: why }) => `${from.title} beside ${to.title}, ${meaningOf(comparison, observable)}: ${asSentence(why)}`),
      ...(design.looks > 1 ? [`${looks.length} of at most ${design.looks} looks: ${outcome === "decided" ? "decided" : "undecided"}. ${because}`] : []),
      ...transitions.map((words) => `Transition: ${words}`),
      ...comparison.controls.map(({ title, outcome: passed, because: why }) => `Control, ${title.toLowerCase()}: ${passed.replace("-", " ")}. ${asSentence(why)}`),
    ],
  };
}

function statementInWords(comparison: Comparison, { theory, quantity, observable, outcome, because, nStar }: Statement): string {
  const sizes = nStar === undefined ? "" : ` N* fitted ${fittedInWords(nStar)}; certified ${certifiedInWords(nStar)}; of a single run ${fittedInWords(nStar.typical)}.`;
  return `${theory.title}, ${quantity} of ${meaningOf(comparison, observable)}: ${outcome}. ${asSentence(because)}${sizes}`;
}

/** One clause for each theory: what holds from where, and what does not. */
function headlineOf(comparison: Comparison): string {
  const theories = [...new Set(comparison.statements.map(({ theory }) => theory.title))];
  const clauses = theories.map((title) => {
    const own = comparison.statements.filter(({ theory, judged }) => judged && theory.title === title);
    const holding = own.filter(({ outcome }) => outcome === "holds");
    if (own.length > 0 && holding.length === own.length) return `${title} holds from ${comparison.axis.symbol} = ${Math.max(...own.map(({ certifiedFrom = 0 }) => certifiedFrom))} on`;
    const failing = own.filter(({ outcome }) => outcome === "fails").map(({ observable, quantity }) => `${quantity} of ${meaningOf(comparison, observable)}`);
    if (failing.length > 0) return `${title} fails for the ${failing.join(", ")}`;
    return `${title} is undecided`;
  });
  const sentence = `${clauses.join("; ")}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function meaningOf({ observables }: Comparison, id: string): string {
  return observables.find((observable) => observable.id === id)?.meaning ?? id;
}

