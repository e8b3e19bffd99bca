import { capital, formatNumber, formatPercent, formatWithInterval, listed, type Answer } from "@mesoscope/finite-size";
import { BRACKETS, narrativeOf } from "../findings/narrative.js";
import { sizeInText, sizesInText } from "../one-bit/words.js";
import type { Findings } from "../study.js";
import type { CriticalCase } from "./cases.js";
import type { CriticalParameters } from "./settings.js";
import { collapseInWords, ratioHoldsFrom, ratioOf } from "./verdicts.js";

export function criticalNarrative(cases: readonly CriticalCase[], settings: CriticalParameters): Findings["narrative"] {
  return narrativeOf({
    headline: `Where the mean-field map just passes from rest to motion, N bits fluctuate with an amplitude of order N^(−1/4), not N^(−1/2). ${cases.map((one) => ratioSentence(one, settings)).join(" ")}`,
    compared: [
      `The finite system: N bits a token, at two transitions: the pitchfork of one feature with one token of context (β = 1, ${sizesInText(settings.pitchforkSizes)}), and the Neimark-Sacker point of the published network, where its period of 4 begins to turn (β = 1.24344, ${sizesInText(settings.rotationSizes)}).`,
      "What is measured is the amplitude |z| along the direction that becomes unstable, over runs of many relaxation times.",
      "The limit: the map, at rest with |z| = 0; its linear pull back is gone there, so that the noise of N bits meets the cubic term alone.",
      "That fixes everything: amplitude N^(−1/4), a transition rounded over a width N^(−1/2) in β, times of order N^(1/2), and a law e^(−a|z|⁴), whose moments have the ratio 2.1884 (one direction) or π/2 (a turning pair).",
    ].join(" "),
    result: [BRACKETS, ...cases.map(resultSentence)].join(" "),
    answers: cases.map((one) => ({ name: one.point.title, answer: ratioAnswer(one, settings) })),
    further: [
      ...cases.map((one) => `${capital(one.point.title)}: ${collapseInWords(one)}.`),
      "Few bits fail where their noise leaves the neighbourhood in which the cubic term is the next one. One feature has nothing else nearby. The published network has a sharp attention (γ = 220), so that its higher terms are large, and a rotation number, 0.2419, that is close to 1/4; some thousand bits are thrown onto the large orbits beyond.",
    ],
  });
}

/** The ratio as the engine's words take an answer. */
function ratioAnswer(one: CriticalCase, { tolerance }: CriticalParameters): Answer {
  const sizes = one.sizes.map(({ n }) => n);
  const { outcome, value, interval } = one.sizes.at(-1)!.ratio;
  const from = ratioHoldsFrom(one);
  return {
    outcome,
    axis: "N",
    sizes: [sizes[0]!, sizes.at(-1)!],
    tolerance: formatPercent(tolerance),
    deviation: formatWithInterval(value, interval, true),
    from: from === undefined ? { kind: "none" } : from === sizes[0] ? { kind: "all" } : { kind: "tested", value: from, failing: one.sizes.findLast(({ ratio }) => ratio.outcome === "fails")?.n ?? null },
    ...reasonOf(one, outcome),
  };
}

/** By how much too large the mean square must be to say that runs have left the neighbourhood of the orbit. */
const LEFT = 1.5;

function reasonOf({ sizes }: CriticalCase, outcome: Answer["outcome"]): Pick<Answer, "reason" | "evidence"> {
  const failing = sizes.findLast(({ ratio }) => ratio.outcome === "fails");
  const predicted = failing?.against.corrected?.predicted;
  if (failing !== undefined && predicted !== undefined && failing.square.value > LEFT * predicted) {
    return { reason: "escape", evidence: `at N = ${sizeInText(failing.n)} the mean square is ${formatNumber(failing.square.value / predicted, 2)} times that of the normal form` };
  }
  return outcome === "fails" ? { reason: "unexplained" } : {};
}

function ratioSentence(one: CriticalCase, { tolerance }: CriticalParameters): string {
  const from = ratioHoldsFrom(one);
  const last = one.sizes.at(-1)!;
  const where = `At the ${one.point.title} the predicted ratio of moments`;
  if (from !== undefined) return `${where} holds within ${formatPercent(tolerance)} from N = ${sizeInText(from)} on.`;
  return `${where} ${last.ratio.outcome === "fails" ? "fails" : "is undecided"} at N = ${sizeInText(last.n)}, where ${formatPercent(tolerance)} is allowed.`;
}

function resultSentence(one: CriticalCase): string {
  const { point, sizes, exponent } = one;
  const ratio = (size: (typeof sizes)[number]): string => {
    const { value, interval } = ratioOf(one, size);
    return `${formatWithInterval(value, interval)} at N = ${sizeInText(size.n)}`;
  };
  const power = exponent === undefined ? "no power could be fitted" : `the mean square falls with the power ${formatWithInterval(exponent.fit.exponent, exponent.interval)} of 1/N`;
  const judged = sizes.at(-1)!.against.corrected;
  const size = judged === undefined ? "" : `; it differs from the normal form, in which nothing is fitted, by ${formatWithInterval(judged.test.value, judged.test.interval, true)}`;
  return `At the ${point.title} the ratio is ${listed([sizes[0]!, sizes.at(-1)!].map(ratio))}, predicted ${formatNumber(point.momentRatio, 5)}; ${power}${size}.`;
}
