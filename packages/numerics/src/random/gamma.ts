/** @file Gamma variates by rejection from a cubed normal. */
import { exp, log } from "../elementary/index.js";
import { requirePositive } from "../errors.js";
import { exponentialVariate } from "./exponential.js";
import { normalVariate } from "./normal.js";
import type { UniformSource } from "./uniform.js";

/** Below this multiple of x^4 the squeeze of Marsaglia and Tsang accepts without a logarithm. */
const SQUEEZE = 0.0331;

/**
 * Gamma variate of the given shape and scale 1: density x^(shape - 1) e^-x / Gamma(shape). A number of words that
 * depends on the words, some six on average.
 *
 * G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000) 363-372. For
 * shape < 1 a variate of shape + 1 times u^(1 / shape). Exact up to rounding; for shapes below about 0.02 values under 5e-324, which then do
 * occur, round to 0.
 * @throws DomainError unless shape is finite and > 0.
 */
export function drawGamma(stream: UniformSource, shape: number): number {
  requirePositive("shape", shape, "Give a finite shape greater than 0.");
  if (shape >= 1) return shapeAtLeastOne(stream, shape);
  return shapeAtLeastOne(stream, shape + 1) * exp(-exponentialVariate(stream) / shape);
}

function shapeAtLeastOne(source: UniformSource, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalVariate(source);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = source.uniformOpen();
    const square = x * x;
    if (u < 1 - SQUEEZE * square * square) return d * v;
    if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
  }
}
