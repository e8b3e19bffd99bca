/** @file Figures of every observable of a pair. */
import type { Comparison } from "@mesoscope/finite-size";
import { deviationAgainstSize, meanAgainstSize, seriesAtLargestSize, type Titled } from "../findings/comparison-figures.js";
import type { Findings } from "../study.js";

/** Means against size and deviations from each theory; a series at the largest size. */
export function figuresOf(comparison: Comparison, panels: readonly Titled[]): Findings["figures"] {
  return comparison.observables.flatMap((observable) => {
    const statements = comparison.statements.filter((statement) => statement.observable === observable.id);
    if (statements.length === 0) return [];
    const finding = statements.filter(({ judged }) => judged).map(({ theory, quantity, because }) => `${theory.title}, ${quantity}: ${because.replace(/\.?$/, ".")}`).join(" ");
    const words = { id: `observable-${slug(observable.id)}`, title: observable.meaning, finding };
    if (observable.grid !== undefined) return [seriesAtLargestSize(words, observable.id, panels)];
    const own = (it: Comparison): Comparison["statements"] => it.statements.filter((statement) => statement.observable === observable.id && statement.quantity !== "law");
    return [
      meanAgainstSize(words, observable.id, panels),
      deviationAgainstSize({ id: `deviation-${slug(observable.id)}`, title: `${observable.meaning}: deviation from each theory`, finding }, own, panels),
    ];
  });
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 50).replace(/^-+|-+$/g, "");
}
