/** @file Figures of every observable of a pair. */
import { answerInWords, capital, slug, type Comparison } from "@mesoscope/finite-size";
import { caseAnswer, quantityInWords } from "../findings/answers.js";
import { deviationAgainstSize, meanAgainstSize, seriesAtLargestSize, type Titled } from "../findings/comparison-figures.js";
import type { Findings } from "../study.js";

/** Means against size and deviations from each theory; a series at the largest size. */
export function figuresOf(comparison: Comparison, panels: readonly Titled[]): Findings["figures"] {
  const { axis } = comparison;
  return comparison.observables.flatMap(({ id, symbol, meaning, grid }) => {
    const statements = comparison.statements.filter((statement) => statement.observable === id);
    if (statements.length === 0) return [];
    const findingOf = (own: Comparison["statements"], reason = true): string => own.filter(({ judged }) => judged).map((one) => {
      const subject = one.quantity === "mean" ? capital(one.theory.title) : `${capital(one.theory.title)}, for the ${quantityInWords(comparison, one)},`;
      return answerInWords(subject, caseAnswer("", comparison, one).answer, { reason });
    }).join(" ");
    const means = statements.filter(({ quantity }) => quantity === "mean");
    const name = slug(id, 50);
    if (grid !== undefined) {
      const at = `at ${axis.symbol} = ${comparison.sizes.at(-1)!.n}`;
      return [seriesAtLargestSize({ id: `observable-${name}`, title: `${capital(meaning)} (${symbol}) along ${grid.meaning} (${grid.symbol}), ${at}`, finding: findingOf(statements) }, id, panels)];
    }
    const own = (it: Comparison): Comparison["statements"] => it.statements.filter((statement) => statement.observable === id && statement.quantity !== "law");
    return [
      meanAgainstSize({ id: `observable-${name}`, title: `Mean of the ${meaning} (${symbol}) against the ${axis.meaning} (${axis.symbol})`, finding: findingOf(means) }, id, panels),
      deviationAgainstSize({ id: `deviation-${name}`, title: `${capital(meaning)} (${symbol}): deviation of mean and spread from each theory`, finding: findingOf(own(comparison), false) }, own, panels),
    ];
  });
}
