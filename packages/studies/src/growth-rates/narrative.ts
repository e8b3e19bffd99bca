/** @file The answer in words: the limit, its 1/n correction, and what slows the growth. */
import { casesInWords, formatNumber, listed } from "@mesoscope/finite-size";
import { BOTH_FLOWS } from "../findings/flows.js";
import { BRACKETS, narrativeOf, sizesInWords } from "../findings/narrative.js";
import type { Findings } from "../study.js";
import type { MeasuredRate } from "./measured-rates.js";
import type { GrowthParameters } from "./settings.js";
import { growthAnswers } from "./verdicts.js";

export function growthNarrative(rates: readonly MeasuredRate[], { tolerance, dimensions, betas, degrees, sizes, growth }: GrowthParameters): Findings["narrative"] {
  const [limit, corrected] = [growthAnswers(rates, "limit", tolerance), growthAnswers(rates, "corrected", tolerance)];
  return narrativeOf({
    headline: `${casesInWords("The linear theory of the limit", limit)} ${casesInWords("With its 1/n correction it", corrected)}`,
    compared: [
      `The finite system: n tokens (${sizesInWords("n", sizes)}), unit vectors in d = ${listed(dimensions.map(String))} dimensions, which start independent and uniform and attend to each other with inverse temperature β = ${listed(betas.map(String))}.`,
      `${BOTH_FLOWS} A case is one attention in one dimension, over all β.`,
      "The limit: infinitely many tokens, of whose uniform density each harmonic of degree k grows by itself, at the rate γₖ; the correction counts that a token also attends to itself, a share 1/n.",
    ].join(" "),
    result: `${BRACKETS} The power in degrees 1 to ${degrees} is measured at the start and once the fastest has grown ${formatNumber(growth)} times, while growth is still linear; the chance of the start cancels in the ratio. ${casesInWords("The limit", limit, { reason: false, deviation: true })} ${casesInWords("With its correction it", corrected, { reason: false, deviation: true })}`,
    answers: [...limit, ...corrected],
    ...(limit.some(({ answer }) => answer.reason === "finite-size") ? { why: "Softmax gives each token a weight of about e^β/(c₀n) on itself, where c₀ is the mean of the kernel e^(β⟨x,y⟩) over the sphere; this weight moves nothing and slows the growth, the more the higher the dimension." } : {}),
  });
}
