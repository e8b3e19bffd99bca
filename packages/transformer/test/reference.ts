/** @file Data and deterministic weights of the reference cases. */
import { sin } from "@mesoscope/numerics";
import { readFileSync } from "node:fs";
import type { Parameterisation } from "../src/index.js";
import { tokensOf } from "../src/index.js";

interface Fixture {
  readonly data: Readonly<Record<"A" | "B" | "C" | "D", { x: number[][][]; y: number[] }>>;
  readonly tests: Readonly<Record<string, { inputs: Record<string, unknown>; expected: Record<string, unknown> }>>;
}

/** The part of the reference that this package is tested against. */
export const reference = JSON.parse(readFileSync(new URL("fixtures/multihead.json", import.meta.url), "utf8")) as Fixture;

/** Tokens and targets of data A, B, C, D. */
export const data = Object.fromEntries(Object.entries(reference.data).map(([name, { x, y }]) => [name, { tokens: tokensOf(x), targets: y }])) as Record<"A" | "B" | "C" | "D", { tokens: ReturnType<typeof tokensOf>; targets: number[] }>;

/** sqrt(2) sin(1.7 (k + 1) + phase): numbers of unit variance without chance. */
export function waves(length: number, phase: number, scale = 1): Float64Array {
  return Float64Array.from({ length }, (_, k) => scale * Math.SQRT2 * sin(1.7 * (k + 1) + phase));
}

/** Mean-field SGD with every constant 1 but those given. */
export function meanField(changed: Partial<Parameterisation> = {}): Parameterisation {
  return { scheme: "mean-field", alphaA: 1, alphaL: 0.5, beta0: 1, gamma0: 1, eta0: 1, optimiser: "sgd", ...changed };
}
