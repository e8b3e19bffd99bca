import { casesInWords, formatNumber, formatPercent, listed } from "@mesoscope/finite-size";
import { log } from "@mesoscope/numerics";
import { caseAnswer } from "../findings/answers.js";
import { BRACKETS, narrativeOf } from "../findings/narrative.js";
import { powerOfTenInText, sizeInText } from "../one-bit/words.js";
import type { Findings } from "../study.js";
import type { OrderCase } from "./cases.js";
import { criticalTimeAt, logEscape } from "./exact.js";
import type { OrderParameters } from "./settings.js";
import { orderVerdicts } from "./verdicts.js";

export function orderNarrative(one: OrderCase, settings: OrderParameters): Findings["narrative"] {
  const { exact, exits, wells, againstChain, againstMap, passage } = one;
  const map = caseAnswer("the map", wells, againstMap);
  const barrier = orderVerdicts(one, settings)[0]!;
  const largest = exits.sizes.at(-1)!;
  const exit = largest.estimates["exit"]!.mean.value[0]!;
  const allowed = formatPercent(settings.barrierTolerance);
  const verb = barrier.outcome === "holds" ? `holds within ${allowed}` : `${barrier.outcome === "fails" ? "fails" : "is undecided"}, where ${allowed} is allowed`;
  return narrativeOf({
    headline: [
      `How long N bits follow their limit has three answers: they leave a chaotic trajectory after a time like ln N (${formatNumber(exit, 2)} tokens at N = ${sizeInText(largest.n)}), forget at a transition after one like N^(1/2) (${formatNumber(criticalTimeAt(exact, 1e6), 2)} at N = 10⁶), and leave a state after one like e^(NS) (${powerOfTenInText(logEscape(exact, 1000) / log(10))} at N = 1000).`,
      `The growth e^(NS), with the barrier S of the stationary law, ${verb}.`,
    ].join(" "),
    compared: [
      `The finite system: one feature with one token of context and N bits a token at β = ${settings.beta}, enumerated and run; and, for chaos, the published network at β = 1.28.`,
      `The limit: the mean-field map, which with one feature has two states ±m*, m* = ${formatNumber(exact.magnetisation)}, and never leaves the one it is in.`,
      "A chain of finitely many bits visits every state in the end, so that its mean overlap goes to 0: time to infinity and N to infinity do not commute.",
    ].join(" "),
    result: [
      BRACKETS,
      `In the exact chain ln τ, with τ the slowest relaxation time, grows by ${formatNumber(exact.slope.value, 5)} per bit; S is ${formatNumber(exact.barrier, 5)}.`,
      casesInWords("For the mean of runs, the exact chain", [caseAnswer("the chain", wells, againstChain)], { reason: false }),
      casesInWords("For the same mean, the map", [map], { reason: false }),
      casesInWords("For the mean exit from chaos, the first passage of linear noise", [caseAnswer("chaos", exits, passage)], { reason: false }),
    ].join(" "),
    answers: [map],
    further: [
      `The map was right within ${formatNumber(settings.tolerance)} for ${mapUntil(one)}.`,
      `At the point where the two states part (β = 1) nothing pulls back linearly: τ grows with the power ${formatNumber(exact.slowing.value)} of N between the two largest sizes, on its way to 1/2.`,
      "In chaos noise grows by a factor every few tokens, so that more bits only buy a logarithm. Which of the three clocks ends a prediction depends on what is predicted: a trajectory, an average near a transition, or the side that the network is on.",
    ],
  });
}

/** How long the map was right at each size that was run. */
function mapUntil({ againstMap }: OrderCase): string {
  return listed(againstMap.bySize.map(({ n, holdsUntil, failsFrom }) => `${failsFrom === undefined ? (holdsUntil === undefined ? "an undecided time" : `at least ${holdsUntil} tokens`) : `less than ${failsFrom} tokens`} at N = ${n}`));
}
