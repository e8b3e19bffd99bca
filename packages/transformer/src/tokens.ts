/** @file What a network is trained on: inputs of tokens, and one target each. */
import { DomainError, requireFinite, requireInteger } from "@mesoscope/numerics";

/** P inputs of S tokens with D features each. */
export interface Tokens {
  /** P. */
  readonly inputs: number;
  /** S. */
  readonly tokens: number;
  /** D. */
  readonly features: number;
  /** (P, S, D) row-major; token s of input mu is row mu S + s. */
  readonly x: ArrayLike<number>;
}

/** Inputs with their targets. */
export interface Task {
  readonly tokens: Tokens;
  /** y (P). */
  readonly targets: Float64Array;
}

/**
 * A copy of the tokens, checked.
 * @throws DomainError for sizes that do not fit or numbers that are not finite
 */
export function checkedTokens({ inputs, tokens, features, x }: Tokens): Tokens & { readonly x: Float64Array } {
  requireInteger("inputs", inputs, { min: 1 });
  requireInteger("tokens", tokens, { min: 1 });
  requireInteger("features", features, { min: 1 });
  const size = inputs * tokens * features;
  if (x.length !== size) throw new DomainError({ name: "x.length", value: x.length, rule: `must be inputs * tokens * features = ${size}`, remedy: "Give x as (P, S, D), row by row." });
  const copy = Float64Array.from(x);
  for (const [i, value] of copy.entries()) requireFinite(`x[${i}]`, value);
  return Object.freeze({ inputs, tokens, features, x: copy });
}

/** A copy of the targets (P), checked. @throws DomainError */
export function checkedTargets(targets: ArrayLike<number>, inputs: number): Float64Array {
  requireInteger("targets.length", targets.length, { min: inputs, max: inputs }, "Give one target an input.");
  const copy = Float64Array.from(targets);
  for (const [i, value] of copy.entries()) requireFinite(`targets[${i}]`, value);
  return copy;
}

/** Tokens from nested rows x[mu][s][i]. @throws DomainError where rows differ in length */
export function tokensOf(x: readonly (readonly (readonly number[])[])[]): Tokens {
  const [inputs, tokens, features] = [x.length, x[0]?.length ?? 0, x[0]?.[0]?.length ?? 0];
  for (const [mu, input] of x.entries()) {
    requireInteger(`x[${mu}].length`, input.length, { min: tokens, max: tokens }, "Give every input the same number of tokens.");
    for (const [s, row] of input.entries()) requireInteger(`x[${mu}][${s}].length`, row.length, { min: features, max: features }, "Give every token the same number of features.");
  }
  return checkedTokens({ inputs, tokens, features, x: x.flat(2) });
}
