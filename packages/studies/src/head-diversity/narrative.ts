import { casesInWords, formatNumber, formatPercent, formatWithInterval, listed } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf, sizesInWords } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import type { DiversityCase, Moment } from "./cases.js";
import type { DiversityParameters } from "./settings.js";

export function diversityNarrative(cases: readonly DiversityCase[], { widths, heads, steps, gamma0, eta0, lawTolerance }: DiversityParameters): Findings["narrative"] {
  const [one, half] = ([1, 0.5] as const).map((alphaA) => cases.find((each) => each.alphaA === alphaA)!) as [DiversityCase, DiversityCase];
  const answers = (of: (moment: Moment) => Moment["law"]) => cases.flatMap(({ title, comparison, moments }) => moments.map((moment) => caseAnswer(`${title}, ${moment.name}`, comparison, of(moment))));
  const [laws, variances] = [answers(({ law }) => law), answers(({ variance }) => variance)];
  // The power is 1 where heads become one, 0 where they stay different.
  const become = ({ moments }: DiversityCase): string => (moments.every(({ power }) => power.interval[0] > 0.5) ? "holds" : moments.every(({ power }) => power.interval[1] < 0.5) ? "fails" : "is undecided");
  const powers = (each: DiversityCase): string => each.moments.map(({ name, power }) => `${formatWithInterval(power.fit.exponent, power.interval)} ${name}`).join(", ");
  return narrativeOf({
    headline: `That all heads become one as they grow wide ${become(one)} where logits are scaled by 1/N, and ${become(half)} where they are scaled by 1/√N: logits differ with a variance that falls like N^−p, p = ${powers(one)} for the first, ${powers(half)} for the second (95 % intervals).`,
    compared: [
      `The finite system: networks of H = ${heads} attention heads of width N (${sizesInWords("N", widths)}) that are read out directly, trained by ${steps} steps of gradient descent (η₀ = ${eta0}, γ₀ = ${gamma0}); what is compared is the logit A = N^(−α_A) q·k of one head between two tokens, and its variance over the heads of a network.`,
      "The limit: before training the exact law of a product of two Gaussian vectors; after it infinitely many heads, each on its own path under errors that are the same for all; for wide heads a Gaussian.",
    ].join(" "),
    result: [
      BRACKETS,
      casesInWords("For the whole law of a logit, theory", laws, { reason: false }),
      casesInWords("For the mean variance over heads, theory", variances, { reason: false }),
      widthsInWords(cases, lawTolerance),
    ].join(" "),
    answers: [...laws, ...variances],
    further: [trainingParagraph(cases, heads), explicitParagraph(cases)],
  });
}

/** What N = 1, 4, 16 look like. */
function widthsInWords(cases: readonly DiversityCase[], lawTolerance: number): string {
  const { moments: [start], ensembles } = cases[0]!;
  const kurtoses = start.shapes.flatMap(({ excessKurtosis }, k) => (excessKurtosis.defined && ensembles[k]!.n <= 64 ? [`${formatNumber(excessKurtosis.value, 2)} at N = ${ensembles[k]!.n}`] : []));
  const near = start.wide.bySize.find(({ law }) => law !== undefined && law.value <= lawTolerance)?.n;
  return `Narrow heads are not Gaussian: before training the excess kurtosis is 6/N (${listed(kurtoses)}); a head of one neuron has a logit near 0 or a large one, where a Gaussian has one of middling size.${near === undefined ? "" : ` The distribution is within ${lawTolerance} of the Gaussian of wide heads from N = ${near} on.`}`;
}

function trainingParagraph(cases: readonly DiversityCase[], heads: number): string {
  const grown = cases.map(({ title, comparison }) => {
    const last = comparison.sizes.at(-1)!;
    const ratio = last.estimates["variance-end"]!.mean.value[0]! / last.estimates["variance-start"]!.mean.value[0]!;
    return `${ratio > 1 ? "by a factor" : "to a share"} ${formatNumber(ratio, 2)} at N = ${last.n} (${title})`;
  });
  const excluded = cases.filter(({ alphaA }) => alphaA === 1).every(({ moments }) => moments.every(({ power }) => power.interval[1] < 2));
  return [
    `After training the theory has infinitely many heads, the networks ${heads}: deviations of order 1/H are expected, largest where heads are narrow and their laws have heavy tails.`,
    `Training changes the variance over heads ${listed(grown)}, but not its power of N: the attention that is learned at α_A = 1 is the same in all heads, so that more heads add no more kinds of attention.`,
    ...(excluded ? ["The published figure of trained transformers is captioned with a fall like N^−2 at α_A = 1; in these networks of one layer that power is excluded."] : []),
  ].join(" ");
}

function explicitParagraph(cases: readonly DiversityCase[]): string {
  const told = cases.map(({ title, explicit: { test } }) => `${formatPercent(test.value, 2)} (${title}, ${test.outcome})`);
  return `Networks are followed by a closed map of small matrices, which is gradient descent on all weights exactly; at N = ${cases[0]!.explicit.N} networks trained with all their weights have a mean variance over heads that differs by ${listed(told)}.`;
}
