import { casesInWords, formatNumber, listed } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf, sizesInWords } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import type { LearningCase } from "./cases.js";
import type { LearningParameters } from "./settings.js";
import { FLOOR } from "./verdicts.js";
import { kernelRegimeInWords, meanInWords, powerInWords } from "./words.js";

export function learningNarrative(cases: readonly LearningCase[], settings: LearningParameters): Findings["narrative"] {
  const { gammas, width, widths, heads, steps, tolerance } = settings;
  const of = (tell: (one: LearningCase) => string): string => listed(cases.map((one) => `${tell(one)} for ${one.name}`));
  const answers = (line: "poor" | "rich", observable: string): readonly ReturnType<typeof caseAnswer>[] =>
    cases.flatMap((one) => {
      const statement = one[line]?.statements.find((each) => each.observable === observable);
      return statement === undefined ? [] : [caseAnswer(`${one.name} at γ₀ = ${formatNumber(one[line]!.gamma0)}`, one[line]!.comparison, statement)];
    });
  const [poor, poorKernel, rich, richKernel] = [answers("poor", "hidden"), answers("poor", "alignment"), answers("rich", "hidden"), answers("rich", "feature-alignment")];
  const first = formatNumber(gammas[0]!);
  const most = formatNumber(gammas.at(-1)!);
  return narrativeOf({
    headline: `A multi-head transformer that learns its features little is gradient descent in a fixed kernel: that holds within ${tolerance} of its outputs ${of(kernelRegimeInWords)}. Such a kernel averages tokens and is blind to what only attention tells; at γ₀ = ${most} networks answer ${of((one) => meanInWords(one.points.at(-1)!, "hidden"))} of that, where 1 is all.`,
    compared: [
      `The finite system: networks of two kinds, one attention block with an output projection on the tokens themselves and a residual network of an embedding and two blocks with everything trained, H = ${heads} heads of width N = ${width} (${sizesInWords("N", widths)} where widths are compared), α_A = 1, after ${steps} full-batch steps.`,
      `The task: two keys with a sign each, then one of the keys; the target is its sign. All eight sequences are shown. Where both signs agree the mean of the tokens tells the answer; where they differ two sequences with opposite answers have the same mean.`,
      `The richness γ₀, ${first} to ${most}, divides the output, so that features must move by an amount of order γ₀ to fit; as it goes to 0 a network is gradient descent in the tangent kernel of its start.`,
      "The limit: that descent in the kernel of infinitely wide heads, whose attention is uniform, so that it sees means only; and, for the block, its limit with features that learn.",
      "A replica is two networks that differ in the sign of their read-out: their mean is even in γ₀, half their difference odd, so that both orders are measured apart.",
    ].join(" "),
    result: [
      BRACKETS,
      `What richness adds to the descent in a network's own kernel grows around γ₀ = ${formatNumber(cases[0]!.poor.gamma0)} as γ₀^p with p = ${of(({ evenPower }) => powerInWords(evenPower))} where 2 is predicted.`,
      `Half the difference of the two networks grows with the powers ${of(({ oddPower }) => powerInWords(oddPower))} of γ₀, where 1 is predicted. It falls with the powers ${of(({ oddWidthPower }) => powerInWords(oddWidthPower))} of 1/n, where 1/2 is predicted: single networks leave the kernel regime at order γ₀ n^(−1/2), their mean at γ₀².`,
      `The loss goes from ${of((one) => meanInWords(one.points[0]!, "loss"))} at γ₀ = ${first} to ${of((one) => meanInWords(one.points.at(-1)!, "loss"))} at ${most}; uniform attention cannot get below ${FLOOR}.`,
      `The alignment of the tangent kernel with the targets goes from ${of((one) => meanInWords(one.points[0]!, "alignment"))} to ${of((one) => meanInWords(one.points.at(-1)!, "alignment"))}. Its effective rank goes from ${of((one) => meanInWords(one.points[0]!, "rank"))} to ${of((one) => meanInWords(one.points.at(-1)!, "rank"))}.`,
      casesInWords("For the answers that only attention tells, the kernel regime of wide heads", poor, { reason: false }),
      casesInWords("For the alignment of the tangent kernel, the kernel regime of wide heads", poorKernel, { reason: false }),
      casesInWords("For the answers that only attention tells, the limit with features that learn", rich, { reason: false }),
      casesInWords("For the alignment of the features, the limit with features that learn", richKernel, { reason: false }),
    ].join(" "),
    answers: [...poor, ...poorKernel, ...rich, ...richKernel],
    further: [
      "Attention is learned late: at the start a head's values and its output know nothing of each other, so that no gradient reaches queries and keys in wide heads. First the values align with the answers that the mean tells, then attention follows, which is why its share is of order γ₀².",
      ...cases.flatMap(aheadInWords),
      "For the residual network no limit of training is solved here; its trend with N, and the kernel regime at little richness, are what there is to compare with.",
    ],
  });
}

/** How far networks of finite width are from the limit where it learns most. */
function aheadInWords({ points, name }: LearningCase): readonly string[] {
  const last = points.at(-1)!;
  const predicted = last.limit?.hidden?.[0];
  if (predicted === undefined) return [];
  return [`At γ₀ = ${formatNumber(last.gamma0)} the limit of wide heads answers ${formatNumber(predicted)} of what only attention tells, and ${name} of this width ${meanInWords(last, "hidden")}: attention is then just being learned, and heads of finite width begin with logits of order N^(−1/2), not 0.`];
}
