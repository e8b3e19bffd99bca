import type { Applicability, Prediction, Theory } from "@mesoscope/contracts";
import { certainWindow, countChain, finiteHead, lawMoments, overlapRows, propagate, stateOf, tokenLaw } from "@mesoscope/hopfield-transformer";
import type { ExactChain, FiniteHead } from "@mesoscope/hopfield-transformer";
import { DomainError } from "@mesoscope/numerics";
import { overlapId } from "./sample.js";
import { keptWindow, sizedClasses } from "./setting.js";
import type { OneBitSetting } from "./setting.js";

/** Most multiplications of an enumeration. */
const MOST_WORK = 4e9;

/** Every vector of class counts with its probability, [eq:class-binomial], [eq:window-kernel]. */
export function exactTheory(setting: OneBitSetting): Theory {
  const { network: { features: { features: m, classes }, contextLength, beta, gamma, positionalWeight, logitScale }, times } = setting;
  const headOf = (N: number): FiniteHead => finiteHead(sizedClasses(setting, N), { contextLength, beta, gamma, positionalWeight, logitScale });
  const applies = ({ N = 1 }): Applicability => {
    const refused = (reason: string, remedy: string): Applicability => ({ applies: false, reason, remedy, meters: [] });
    if (setting.quenched) return refused("drawn class sizes would each have to be enumerated", 'Take classSizes "stratified".');
    const { sizes } = headOf(N);
    const states = sizes.reduce((product, n) => product * (n + 1), 1);
    const entries = Array.from({ length: contextLength + 1 }).reduce<number>((product) => product * states, 1);
    const cost = entries * 2 ** setting.network.features.positionalBits;
    if (cost > 1e7) return refused(`enumeration would need S^(L+1) 2^P = ${cost.toPrecision(3)} probabilities (at most 1e7)`, "Compare with samples, which are exact in distribution, or take fewer bits or a shorter context.");
    if (entries * times.at(-1)! > MOST_WORK) return refused(`enumeration would need ${(entries * times.at(-1)!).toPrecision(3)} multiplications (at most ${MOST_WORK})`, "Compare at earlier tokens, or take fewer bits.");
    if (startStates(setting, countChain(headOf(N)), N) === undefined) return refused("the start window is no window of tokens of this many bits", 'Start from "token", or from magnetisations 2 K / n - 1 with whole numbers K.');
    return { applies: true, meters: [] };
  };
  return {
    id: "exact",
    title: "enumeration of class counts",
    equations: ["class-binomial", "window-kernel"],
    applies,
    predict: ({ N = 1 }) => {
      const head = headOf(N);
      const chain = countChain(head);
      const rows = overlapRows(head.network.features);
      let law = certainWindow(chain, startStates(setting, chain, N)!, setting.start.t);
      let token = 0;
      const moments = times.map((time) => {
        law = propagate(chain, law, time - token);
        token = time;
        return lawMoments(chain, tokenLaw(chain, law), rows);
      });
      return Promise.resolve(
        Array.from({ length: m }, (_, a): Prediction => ({
          observable: overlapId(a),
          value: moments.map(({ mean }) => mean[a]!),
          // Sums of positive terms: each token adds some roundings of size 1.
          numericalError: times.map((time) => 4 * (time + classes) * Number.EPSILON),
          spread: moments.map(({ covariance }) => Math.sqrt(Math.max(0, covariance[a * m + a]!))),
        })),
      );
    },
  };
}

/** The start as states, newest first, if it is made of tokens. */
function startStates(setting: OneBitSetting, chain: ExactChain, bits: number): number[] | undefined {
  const { classes } = chain.network.features;
  const { u } = keptWindow(setting.start, setting.network.features.classes, sizedClasses(setting, bits).kept);
  try {
    return Array.from({ length: u.length / classes }, (_, d) => stateOf(chain, u.subarray(d * classes, (d + 1) * classes)));
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
