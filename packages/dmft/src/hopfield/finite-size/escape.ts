/** @file How long N bits stay in one of the wells of the limit: e^(N S) tokens. */
import { exp, log, log1p, requireInRange, requirePositive, tanh } from "@mesoscope/numerics";
import { retrievalMagnetisation } from "../closed-forms/magnetisation.js";

/** The barrier between the two states +-m* of one feature. */
export interface EscapeBarrier {
  /** m*, 0 up to beta = 1. */
  readonly magnetisation: number;
  /** S >= 0, nats per bit: relaxation takes e^(N S) tokens, up to a factor that grows less than exponentially. */
  readonly perBit: number;
}

/**
 * S = phi(m*) - phi(0), with phi(m) = H((1 + m)/2) + ln 2 cosh(beta m) the exponent of the stationary law C(N, k) (2 cosh beta m)^N, H the entropy of a bit
 * [eq:one-bit-escape]. For one feature whose values repeat its outputs, one token of context and no positions; the limit itself never leaves m*.
 *
 * @param beta >= 0, finite
 * @throws DomainError if beta is negative or not finite
 */
export function escapeBarrier(beta: number): EscapeBarrier {
  requireInRange("beta", beta, { min: 0, max: Number.MAX_VALUE });
  const m = retrievalMagnetisation(beta);
  return { magnetisation: m, perBit: barrierAt(beta * m) };
}

/**
 * ln of the relaxation time in tokens, to leading order N S.
 * @throws DomainError unless N > 0
 */
export function escapeExponent({ perBit }: EscapeBarrier, bits: number): number {
  return requirePositive("bits", bits) * perBit;
}

/** Taylor coefficients of 2 ln cosh x - x tanh x in x^2, from x^4 on. */
const SERIES = [1 / 6, -4 / 45, 17 / 420, -248 / 14175, 1382 / 187110];

/** 2 ln cosh x - x tanh x: entropy and energy of m = tanh x together. Relative error below 1e-11. */
function barrierAt(x: number): number {
  const square = x * x;
  if (x < 0.1) return square * square * SERIES.reduceRight((sum, coefficient) => sum * square + coefficient, 0);
  return 2 * (x + log1p(exp(-2 * x)) - log(2)) - x * tanh(x);
}
