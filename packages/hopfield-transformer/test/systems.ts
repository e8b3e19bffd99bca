/** @file Systems of the reference cases, and random ones. */
import { readFileSync } from "node:fs";
import type { Stream } from "@mesoscope/numerics";
import { key } from "@mesoscope/numerics";
import type { AttentionNetwork, FeatureClasses, HeadParameters, RoleRows } from "../src/index.js";
import { attentionNetwork, classesFromColumns } from "../src/index.js";

interface System {
  readonly weights: number[];
  readonly xi: RoleRows;
  readonly zeta: RoleRows | null;
}

export interface CaseInput {
  readonly system: string;
  readonly L: number;
  readonly beta: number;
  readonly gamma: number;
  readonly logit_scale: number;
  readonly eps: number;
  readonly U: number[][];
  readonly t: number;
  readonly T: number;
  readonly N: number;
}

export interface Case<E, I = CaseInput> {
  readonly id: string;
  readonly kind: string;
  readonly input: I;
  readonly expected: E;
  readonly tol: number;
}

const reference = JSON.parse(readFileSync(new URL("fixtures/reference.json", import.meta.url), "utf8")) as { systems: Record<string, System>; cases: Case<unknown, unknown>[] };

/** The reference cases of a kind, ready for test.each. */
export function casesOf<E, I = CaseInput>(kind: string): [string, Case<E, I>][] {
  return reference.cases.filter((one) => one.kind === kind).map((one) => [one.id, one as Case<E, I>]);
}

export function caseOf<E, I = CaseInput>(id: string): Case<E, I> {
  return reference.cases.find((one) => one.id === id) as Case<E, I>;
}

/** Features of a reference system; its weights are given in proportion. */
export function system(name: string): FeatureClasses {
  const { weights, xi, zeta } = reference.systems[name]!;
  const sum = weights.reduce((a, b) => a + b, 0);
  const normal = weights.map((weight) => weight / sum);
  return classesFromColumns(zeta === null ? { weights: normal, xi } : { weights: normal, xi, zeta });
}

export function parametersOf({ L, beta, gamma, logit_scale, eps = 0 }: Pick<CaseInput, "L" | "beta" | "gamma" | "logit_scale"> & { readonly eps?: number }): HeadParameters {
  return { contextLength: L, beta, gamma, logitScale: logit_scale, positionalWeight: eps };
}

export function networkOf(input: CaseInput): AttentionNetwork {
  return attentionNetwork({ features: system(input.system), ...parametersOf(input) });
}

/** M features on C columns and P positional bits, all signs drawn. */
export function randomFeatures(stream: Stream, m: number, classes: number, positionalBits: number): FeatureClasses {
  const weights = Array.from({ length: classes }, () => 0.1 + stream.uniform());
  const sum = weights.reduce((a, b) => a + b, 0);
  const xi = randomRows(stream, m, classes);
  const normal = weights.map((weight) => weight / sum);
  return classesFromColumns(positionalBits === 0 ? { weights: normal, xi } : { weights: normal, xi, zeta: randomRows(stream, m, positionalBits) });
}

export function randomRows(stream: Stream, height: number, width: number): RoleRows {
  const rows = (): number[][] => Array.from({ length: height }, () => Array.from({ length: width }, () => (stream.uniform() < 0.5 ? -1 : 1)));
  return { o: rows(), v: rows(), q: rows(), k: rows() };
}

/** Rows of a window within [-1, 1]. */
export function randomWindow(stream: Stream, length: number, classes: number): number[][] {
  return Array.from({ length }, () => Array.from({ length: classes }, () => 2 * stream.uniform() - 1));
}

export const streamOf = (...parts: (string | number)[]): Stream => key("one-bit tests").fold(...parts).stream();

export const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let largest = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i += 1) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
};
