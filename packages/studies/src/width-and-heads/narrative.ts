import { casesInWords, formatNumber, listed, sizeInWords } from "@mesoscope/finite-size";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf, sizesInWords } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import type { WidthCase } from "./cases.js";
import { limitsApart } from "./figures.js";
import type { WidthParameters } from "./settings.js";
import { OUTPUT } from "./systems.js";
import { powerInWords, powersInWords } from "./words.js";

export function widthNarrative(cases: readonly WidthCase[], settings: WidthParameters): Findings["narrative"] {
  const { widths, heads, blockWidths, blockHeads, lineWidth, steps, tolerance, } = settings;
  const means = cases.map((one) => caseAnswer(one.name, one.comparison, one.mean));
  const many = cases.map((one) => caseAnswer(one.name, one.line, one.manyHeads));
  const corrected = cases.flatMap((one) => (one.corrected === undefined ? [] : [caseAnswer(one.name, one.line, one.corrected)]));
  const spreads = cases.flatMap((one) => (one.spread === undefined ? [] : [caseAnswer(one.name, one.line, one.spread)]));
  return narrativeOf({
    headline: `After ${steps} training steps the limit of infinitely many wide heads holds within ${tolerance} for the mean output of networks, where the target is 1, ${reachOfAll(cases)}. ${spreadSentence(cases)}`,
    compared: [
      `The finite system: networks of H attention heads of width N, trained by ${steps} full-batch steps of gradient descent on two inputs of three tokens with targets 1 and −1, every matrix learning at order one (γ₀ = 1).`,
      `Either the heads are read out directly (${sizesInWords("N", widths)}, ${sizesInWords("H", heads)}), or they pass an output projection (${sizesInWords("N", blockWidths)}, ${sizesInWords("H", blockHeads)}).`,
      "Logits are divided by N^α_A: at α_A = 1 wide heads begin with uniform attention and all follow one path, at α_A = 1/2 they begin with random attention and differ.",
      `Compared is the output f₁ on the first input, of the block also the kernel V̄₁₁ of its pooled values.`,
      "The limits: both sizes infinite; infinitely many heads of a given width; and, for heads that are read out directly, the first order in 1/H on top, mean and spread.",
    ].join(" "),
    result: [
      BRACKETS,
      "The variance of f₁ over networks falls as N^−p H^−q, where p = 2 α_A − 1 and q = 1 are predicted.",
      `Fitted without the smaller sizes: ${cases.map((one) => `${powersInWords(one.laws[0]!)} for ${one.name}`).join("; ")}.`,
      casesInWords(`Along heads of width ${lineWidth}, infinitely many such heads`, many, { reason: false }),
      casesInWords("The first order in 1/H", corrected, { reason: false }),
      casesInWords("For the spread, the first order in 1/H", spreads, { reason: false }),
    ].join(" "),
    answers: [...means, ...many, ...corrected, ...spreads],
    further: [
      `More heads of one width do not lead to the limit of wide heads: at N = ${lineWidth} the two are apart. By how much: ${cases.map((one) => `${formatNumber(limitsApart(one), 2)} for ${one.name}`).join("; ")}.`,
      `Heads that are read out directly act on each other through the error they share: one that is ahead makes the others learn less. At N = ${lineWidth} a theory of independent heads would have the variance ${listed(cases.flatMap(({ noise, alphaA }) => (noise === undefined ? [] : [`${formatNumber(noise.lineWithoutAnswer / noise.line, 2)} times as large ${alphaA === 1 ? "at α_A = 1" : "at α_A = 1/2"}`])))}.`,
      "Heads that are read out directly are followed by a closed map of their Gram matrices, blocks by products of an output projection that is drawn where it is asked for, in axes that turn with what is asked. Both are gradient descent on all weights, tested against explicit networks to 1e-12 and 1e-10, and cost hardly more for wide heads than for narrow ones.",
    ],
  });
}

/** "from a head width of N = 14 [13, 16] on for one block ... with H = 32", the network that needs the widest heads, or which is not told. */
function reachOfAll(cases: readonly WidthCase[]): string {
  const reached = cases.map((one) => {
    const { bias } = one.laws.find(({ observable }) => observable === OUTPUT)!;
    const point = typeof bias === "string" ? undefined : bias.boundary.points.at(-1);
    if (typeof bias === "string" || point?.reached !== true) return undefined;
    // Below the widths that a law was fitted to, the width from which on the mean was tested says more.
    const isLeast = point.value < bias.from[0];
    return { one, point, width: isLeast ? Math.min(bias.from[0], one.mean.certifiedFrom ?? Infinity) : point.value, isLeast };
  });
  const known = reached.flatMap((each) => (each === undefined ? [] : [each]));
  const missing = cases.filter((_, i) => reached[i] === undefined).map(({ name }) => name);
  const widest = known.reduce<(typeof known)[number] | undefined>((most, each) => (most === undefined || each.width > most.width ? each : most), undefined);
  if (widest === undefined) return "at no width for sure";
  const { one, point: { h, interval }, width, isLeast } = widest;
  const size = isLeast ? `${sizeInWords(width)} at the latest` : `${sizeInWords(width)} [${sizeInWords(interval[0])}, ${interval[1] === null ? "…" : sizeInWords(interval[1])}]`;
  const at = `from a head width of N = ${size} on for ${one.name} with H = ${h}`;
  if (missing.length > 0) return `${at}; not told for ${listed(missing)}`;
  return `${at}, and from a smaller one in the other ${cases.length - 1} cases`;
}

/** What wider heads do to the spread between networks, at both powers. */
function spreadSentence(cases: readonly WidthCase[]): string {
  const powers = (alphaA: number): string => listed(cases.filter((one) => one.alphaA === alphaA).map(({ laws }) => {
    const { variance } = laws[0]!;
    return typeof variance === "string" ? "none told" : powerInWords(variance.first);
  }));
  return `At α_A = 1 wider heads make networks alike: the variance between them falls with the powers ${powers(1)} of N (1 is predicted, read out directly and with an output projection). At α_A = 1/2 they hardly do (${powers(0.5)}; 0 is predicted): there only more heads help.`;
}
