import { casesInWords, formatNumber, formatPercent, listed, sizeInWords } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf, sizesInWords } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import { OUTPUT, type WidthCase } from "./cases.js";
import { limitsApart } from "./figures.js";
import type { HeadNoise } from "./head-noise.js";
import type { WidthParameters } from "./settings.js";
import { powersInWords } from "./words.js";

type Noises = readonly (HeadNoise | undefined)[];

export function widthNarrative(cases: readonly WidthCase[], noises: Noises, settings: WidthParameters): Findings["narrative"] {
  const { widths, heads, blockWidths, blockHeads, lineWidth, steps, tolerance, spreadTolerance } = settings;
  const means = cases.map((one) => caseAnswer(one.name, one.comparison, one.mean));
  const many = cases.map((one) => caseAnswer(one.name, one.line, one.manyHeads));
  const corrected = cases.flatMap((one) => (one.corrected === undefined ? [] : [caseAnswer(one.name, one.line, one.corrected)]));
  const spreads = cases.flatMap((one) => (one.spread === undefined ? [] : [caseAnswer(one.name, one.line, one.spread)]));
  return narrativeOf({
    headline: `The limit of infinitely many wide attention heads tells the mean training curve within ${tolerance} ${listed(cases.map((one) => `${reach(one)} for ${one.name}`))}. ${spreadSentence(cases)}`,
    compared: [
      `The finite systems: networks of H attention heads of width N, trained by ${steps} full-batch steps of gradient descent on two inputs of three tokens with targets 1 and −1, every matrix learning at order one (γ₀ = 1).`,
      `Either the heads are read out directly (${sizesInWords("N", widths)}, ${sizesInWords("H", heads)}), or they pass an output projection (${sizesInWords("N", blockWidths)}, ${sizesInWords("H", blockHeads)}).`,
      "Logits are divided by N^α_A: at α_A = 1 wide heads begin with uniform attention and all follow one path, at α_A = 1/2 they begin with random attention and differ.",
      `Compared is the output f₁ on the first input, of the block also the kernel V̄₁₁ of its pooled values.`,
      "The limits: both sizes infinite; infinitely many heads of a given width; and, for heads that are read out directly, the first order in 1/H on top, mean and spread.",
    ].join(" "),
    result: [
      BRACKETS,
      `With v/(N^p H^q) ${listed(cases.map((one) => `${powersInWords(one.laws[0]!)} for ${one.name}`))}.`,
      casesInWords(`Along heads of width ${lineWidth}, infinitely many such heads`, many, { reason: false }),
      casesInWords("The first order in 1/H", corrected, { reason: false }),
      casesInWords(`For the spread within ${formatPercent(spreadTolerance)}, the first order in 1/H`, spreads, { reason: false }),
    ].join(" "),
    answers: [...means, ...many, ...corrected, ...spreads],
    further: [
      `More heads of one width do not lead to the limit of wide heads: at N = ${lineWidth} the two limits are ${listed(cases.map((one) => `${formatNumber(limitsApart(one), 2)} apart for ${one.name}`))}.`,
      `Heads that are read out directly act on each other through the error they share: one that is ahead makes the others learn less. That divides their variance at N = ${lineWidth} by ${listed(noises.flatMap((noise, i) => (noise === undefined ? [] : [`${formatNumber(noise.lineWithoutAnswer / noise.line, 2)} at ${cases[i]!.alphaA === 1 ? "α_A = 1" : "α_A = 1/2"}`])))}, and a theory of independent heads would miss it.`,
      "Heads that are read out directly are followed by a closed map of their Gram matrices, which is gradient descent on their weights to 1e-12 and costs the same at every N; blocks are explicit networks.",
    ],
  });
}

/** "from N = 12 [10, 15] on at H = 16" by the fitted law, or at which it is not. */
function reach({ laws, mean, comparison }: WidthCase): string {
  const H = comparison.sizes[0]!.size["H"]!;
  const { bias } = laws.find(({ observable }) => observable === OUTPUT)!;
  const point = typeof bias === "string" ? undefined : bias.boundary.points.at(-1);
  if (point?.reached === true) return `from N = ${sizeInWords(point.value)} [${sizeInWords(point.interval[0])}, ${point.interval[1] === null ? "…" : sizeInWords(point.interval[1])}] on with H = ${H}`;
  return mean.certifiedFrom === undefined ? `at no N for sure with H = ${H}` : `from N = ${mean.certifiedFrom} on with H = ${H}`;
}

/** What wider heads do to the spread between networks, at both powers. */
function spreadSentence(cases: readonly WidthCase[]): string {
  const powers = (alphaA: number): string => listed(cases.filter((one) => one.alphaA === alphaA).map(({ laws }) => {
    const { variance } = laws[0]!;
    return typeof variance === "string" || variance.first.kind !== "fitted" ? "no power told" : formatNumber(variance.first.value, 2);
  }));
  return `Wider heads make networks alike at α_A = 1, where the variance between them falls with the powers ${powers(1)} of N, and hardly at α_A = 1/2 (${powers(0.5)}), where only more heads do.`;
}
