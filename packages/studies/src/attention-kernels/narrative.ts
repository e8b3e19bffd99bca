import { casesInWords, formatNumber, formatWithInterval, listed } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf, sizesInWords } from "../findings/narrative.js";
import { sizeInText } from "../one-bit/words.js";
import type { Findings } from "../study.js";
import { statementOf, type KernelCase } from "./cases.js";
import type { WidthNoise } from "./noise.js";
import type { KernelStudyParameters } from "./settings.js";
import { reachOf } from "./words.js";

export function kernelNarrative(cases: readonly KernelCase[], noises: readonly WidthNoise[], settings: KernelStudyParameters): Findings["narrative"] {
  const { heads, width, L, tolerance, exactHeads, widths, headNumbers } = settings;
  const [one, half] = ([1, 0.5] as const).map((alphaA) => cases.findIndex((each) => each.alphaA === alphaA)) as [number, number];
  const limits = cases.map((each) => caseAnswer(each.title, each.alongWidth, statementOf(each.alongWidth, "limit", "square", "mean")));
  const corrected = cases.map((each) => caseAnswer(each.title, each.alongWidth, statementOf(each.alongWidth, "corrected", "square", "mean")));
  const spreads = cases.map((each) => caseAnswer(each.title, each.alongWidth, statementOf(each.alongWidth, "corrected", "square", "spread")));
  const exact = cases.flatMap((each) => (["mean", "spread"] as const).map((quantity) => caseAnswer(`${quantity}, ${each.title}`, each.oneBlock, statementOf(each.oneBlock, "exact", "square", quantity))));
  return narrativeOf({
    headline: `At initialisation wide heads alone bring a transformer to its limit if logits are scaled by 1/N, not if by 1/√N: at α_A = 1 the variance between networks falls with the power ${powerOf(noises[one]!)} of N, at α_A = 1/2 it stops at ${formatNumber(noises[half]!.left)}/H, so that beyond N ≈ ${sizeInText(Math.round(noises[half]!.crossover!))} only more heads help. For the mean kernel the limit holds within ${tolerance} ${listed(cases.map(({ title, alongWidth }) => `${reachOf("N", statementOf(alongWidth, "limit", "square", "mean"))} (${title}, H = ${heads})`))}.`,
    compared: [
      `The finite system: a residual transformer with random weights, ${L} blocks of H attention heads of width N (${sizesInWords("N", widths)} at H = ${heads}, ${sizesInWords("H", headNumbers)} at N = ${width}), logits N^(−α_A) q·k; what is compared is the kernel H = h·h/n of its neurons at two tokens, with n = NH.`,
      "The limit: infinitely many heads of infinite width, whose kernel is no longer random; first orders add the shift and the spread that 1/N, 1/H and 1/(NH) bring.",
    ].join(" "),
    result: [
      BRACKETS,
      casesInWords("For the mean of H₁₁ along N, the limit", limits, { reason: false }),
      casesInWords("For the same mean, the limit with its first orders", corrected, { reason: false }),
      casesInWords("For the spread over networks, first orders in the sizes", spreads, { reason: false }),
      casesInWords(`After one block on a given kernel, for heads down to ${Math.min(...settings.exactWidths)} neuron wide (H = ${exactHeads}), the exact solution`, exact, { reason: false }),
    ].join(" "),
    answers: [...limits, ...corrected, ...spreads],
    further: [depthParagraph(cases), networkParagraph(cases)],
  });
}

function powerOf({ exponent }: WidthNoise): string {
  return exponent === undefined ? "1 (not resolved)" : formatWithInterval(2 * exponent.fit.exponent, [2 * exponent.interval[0], 2 * exponent.interval[1]]);
}

function depthParagraph(cases: readonly KernelCase[]): string {
  const depths = cases.flatMap((one) => one.depths);
  const last = (alphaL: number): string => listed(depths.filter((one) => one.alphaL === alphaL).map(({ title, points }) => `${formatNumber(points.at(-1)!.square.mean.value[0]!)} with a spread of ${formatNumber(points.at(-1)!.square.spread.value[0]!, 2)} (${title})`));
  const L = depths[0]!.points.at(-1)!.L;
  return [
    `Depth: infinitely wide networks come to infinite depth like 1/L for both α_L (powers ${listed(depths.map(({ power }) => formatNumber(power.value)))} at the largest depths).`,
    `With α_L = 1 the kernel then is that of the embedding, and so is its noise; with α_L = 1/2 blocks go on adding to both: after ${L} blocks H₁₁ is ${last(1)} with α_L = 1, and ${last(0.5)} with α_L = 1/2.`,
    "Tokens grow alike with α_L = 1/2 only. The noise of few neurons pulls their mean cosine towards 0, since a cosine is bent where its entries fluctuate.",
  ].join(" ");
}

function networkParagraph(cases: readonly KernelCase[]): string {
  const told = cases.map(({ title, networks: { mean, spread } }) => `${mean.outcome === "holds" && spread.outcome === "holds" ? "agree" : mean.outcome === "fails" || spread.outcome === "fails" ? "do not agree" : "agree as far as can be told"} (${title})`);
  const { N, H } = cases[0]!.networks;
  return `Networks are drawn as chains of their kernels, which have the same law as the weights and cost nothing with N. At N = ${N}, H = ${H} networks with all their weights ${listed(told)} with the chain in mean and spread.`;
}
