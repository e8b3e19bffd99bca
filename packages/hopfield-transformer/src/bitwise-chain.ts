/** @file The chain as it is defined, bit by bit: what the binomial chain is checked against. */
import type { UniformSource } from "@mesoscope/numerics";
import { DomainError, exp } from "@mesoscope/numerics";
import { referenceFields } from "./attention-reference.js";
import type { AttentionNetwork } from "./attention-network.js";
import type { BitsInput } from "./column-collapse.js";
import type { FeatureClasses } from "./feature-classes.js";
import { classesFromColumns, requireSigns } from "./feature-classes.js";

/** Every bit a class of its own, in its order: C = N and w = 1/N, nothing merged. Throws as {@link classesFromColumns} does. */
export function singleBits({ bits, zeta }: Omit<BitsInput, "gauge">): FeatureClasses {
  const n = bits.o[0]?.length ?? 0;
  const weights = new Float64Array(n).fill(1 / n);
  return classesFromColumns(zeta === undefined ? { weights, xi: bits } : { weights, xi: bits, zeta });
}

/** A chain of explicit tokens. */
export interface BitwiseChain {
  /** The newest token (N): +-1 each. */
  readonly token: () => Float64Array;
  /** Index of the newest token. */
  readonly time: () => number;
  /** Draws every bit of the next token: P(x_i = +1) = (1 + tanh(beta h_i)) / 2, [eq:one-bit-output]. */
  readonly step: (stream: UniformSource) => void;
}

/**
 * The chain of a network whose classes are single bits ({@link singleBits}), from a first token or window.
 *
 * @param window tokens, newest first, each (N) of +-1
 * @param t index of the newest
 * @throws DomainError when the classes are not single bits, or a token is not made of N signs
 */
export function bitwiseChain(network: AttentionNetwork, window: readonly ArrayLike<number>[], t = 0): BitwiseChain {
  const n = requireSingleBits(network);
  let tokens = window.map((token) => requireToken(token, n));
  let time = t;
  const step = (stream: UniformSource): void => {
    const { fields } = referenceFields(network, tokens, time);
    const next = fields.map((h) => (stream.uniform() < 1 / (1 + exp(-2 * network.beta * h)) ? 1 : -1));
    tokens = [next, ...tokens].slice(0, network.contextLength);
    time += 1;
  };
  return Object.freeze({ token: () => tokens[0]!, time: () => time, step });
}

/** N of a network whose classes are single bits. */
export function requireSingleBits({ features }: AttentionNetwork): number {
  requireSigns(features);
  const { classes, weights } = features;
  const other = weights.findIndex((weight) => Math.abs(weight * classes - 1) > 1e-12);
  if (other < 0) return classes;
  throw new DomainError({ name: `weights[${other}]`, value: weights[other], rule: `must be 1/N = ${1 / classes}: every class one bit`, remedy: "Take the features from singleBits." });
}

function requireToken(token: ArrayLike<number>, n: number): Float64Array {
  const bits = Float64Array.from(token);
  if (bits.length !== n) throw new DomainError({ name: "token.length", value: bits.length, rule: `must be N = ${n}`, remedy: "Give one sign a bit." });
  const wrong = bits.findIndex((bit) => bit !== 1 && bit !== -1);
  if (wrong >= 0) throw new DomainError({ name: `token[${wrong}]`, value: bits[wrong], rule: "must be +1 or -1", remedy: "Write a bit 0 as -1." });
  return bits;
}
