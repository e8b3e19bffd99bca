import type { Applicability, Meter, Prediction, Theory } from "@mesoscope/contracts";
import { countChain, finiteHead, perettoLaw, stratifiedSizes } from "@mesoscope/hopfield-transformer";
import type { FiniteHead } from "@mesoscope/hopfield-transformer";
import { amplitudeMoments } from "../../finite-size/critical-scaling.js";
import type { CriticalSetting } from "./setting.js";

/** Amplitude, in units of the orbit's largest entry, up to which a cubic law is the whole story. */
const SMALL = 0.3;

/** The map without noise: zero up to the point, |z|^2 = eps / g after it, to leading order [eq:one-bit-normal-form]. */
export function noiselessTheory({ excess, form: { cubic, cubicError } }: CriticalSetting): Theory {
  const square = Math.max(0, excess) / cubic;
  return {
    id: "limit",
    title: "amplitude of the map",
    equations: ["one-bit-normal-form"],
    applies: () => ({ applies: true, meters: [amplitudeMeter(square)] }),
    predict: () => Promise.resolve(moments(square, square * square, cubicError / cubic)),
  };
}

/** The normal form driven by the noise of N bits, [eq:one-bit-critical-law]: every number of it comes from the map and its linear noise. */
export function drivenTheory({ excess, form }: CriticalSetting): Theory {
  return {
    id: "corrected",
    title: "normal form with linear noise",
    equations: ["one-bit-normal-form", "one-bit-critical-law", "one-bit-critical-scaling", "one-bit-linear-noise"],
    applies: ({ N = 1 }) => ({ applies: true, meters: [amplitudeMeter(amplitudeMoments(form, excess, N).second)] }),
    predict: ({ N = 1 }) => {
      const { second, fourth, relativeError } = amplitudeMoments(form, excess, N);
      return Promise.resolve(moments(second, fourth, relativeError + form.cubicError / form.cubic));
    },
  };
}

/** Most bits of the closed form: its states are pairs of counts. */
const MOST_STATES = 3000;

/** The stationary law in closed form, for values that repeat their outputs and one token of context, [eq:peretto]. */
export function stationaryTheory({ point, network }: CriticalSetting): Theory {
  const headOf = (N: number): FiniteHead => {
    const { contextLength, beta, gamma, positionalWeight, logitScale, features } = network;
    return finiteHead(stratifiedSizes(features, N), { contextLength, beta, gamma, positionalWeight, logitScale });
  };
  const refused = (reason: string, remedy: string): Applicability => ({ applies: false, reason, remedy, meters: [] });
  return {
    id: "exact",
    title: "stationary law in closed form",
    equations: ["peretto"],
    applies: ({ N = 1 }) => {
      if (point !== "pitchfork") return refused("only where values repeat outputs and the context is one token is the stationary law known", 'Take the point "pitchfork".');
      if (N > MOST_STATES) return refused(`it is summed for up to ${MOST_STATES} bits`, "Compare with samples, which are exact in distribution.");
      return { applies: true, meters: [] };
    },
    predict: ({ N = 1 }) => {
      const head = headOf(N);
      const chain = countChain(head);
      const law = perettoLaw(head, chain);
      let [second, fourth] = [0, 0];
      law.forEach((weight, s) => {
        const square = chain.tokens[s]! * chain.tokens[s]!;
        second += weight * square;
        fourth += weight * square * square;
      });
      // Logarithms of binomials add N roundings.
      return Promise.resolve(moments(second, fourth, 4 * N * Number.EPSILON));
    },
  };
}

function moments(second: number, fourth: number, relativeError: number): readonly Prediction[] {
  return [
    { observable: "amplitude-2", value: [second], numericalError: [second * relativeError] },
    { observable: "amplitude-4", value: [fourth], numericalError: [2 * fourth * relativeError] },
  ];
}

function amplitudeMeter(square: number): Meter {
  return { symbol: "|z|", meaning: "amplitude, where 1 is the largest a magnetisation can be", value: Math.sqrt(square), threshold: SMALL };
}
