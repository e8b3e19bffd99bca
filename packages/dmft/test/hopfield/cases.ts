import { readFileSync } from "node:fs";
import { attentionNetwork, classesFromColumns } from "@mesoscope/hopfield-transformer";
import type { AttentionNetwork, RoleRows } from "@mesoscope/hopfield-transformer";
import { windowStart } from "../../src/hopfield/index.js";
import type { WindowState } from "../../src/hopfield/index.js";

/** Features as the tables write them: weights in any unit. */
export interface System {
  readonly weights: readonly number[];
  readonly xi: RoleRows;
  readonly zeta: RoleRows | null;
}

export interface Input {
  readonly system: string;
  readonly L: number;
  readonly beta: number;
  readonly gamma: number;
  readonly logit_scale?: number;
  readonly eps?: number;
  readonly U: readonly (readonly number[])[];
  readonly t: number;
}

export interface Case<I = Input, E = Record<string, unknown>> {
  readonly id: string;
  readonly kind: string;
  readonly input: I;
  readonly expected: E;
  readonly tol: number | null;
}

export type Rows = readonly (readonly number[])[];

interface Reference {
  readonly systems: Readonly<Record<string, System>>;
  readonly cases: readonly Case[];
}

export interface LimitTable {
  readonly steps: readonly (System & { L: number; beta: number; gamma: number; eps: number; u: Rows; t: number; largest_logit: number; next: readonly number[] })[];
  readonly jacobians: readonly (System & { L: number; beta: number; gamma: number; eps: number; u: Rows; t: number; jacobian: Rows })[];
  readonly magnetisations: readonly { beta: number; m: number }[];
  readonly multipliers: readonly { L: number; K: readonly [number, number]; moduli: readonly number[] }[];
  readonly critical: readonly { L: number; kappa: readonly [number, number]; beta: number }[];
}

function load(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));
}

export const reference = load("reference") as Reference;
export const table = load("limit") as LimitTable;

export function casesOf<E, I = Input>(kind: string): readonly Case<I, E>[] {
  return reference.cases.filter((one) => one.kind === kind) as unknown as readonly Case<I, E>[];
}

export function caseOf<E, I = Input>(id: string): Case<I, E> {
  return reference.cases.find((one) => one.id === id) as unknown as Case<I, E>;
}

export interface Parameters {
  readonly L: number;
  readonly beta: number;
  readonly gamma?: number;
  readonly logit_scale?: number;
  readonly eps?: number;
}

/** A network of a system of the reference, or of one written out. */
export function networkOf(system: string | System, { L, beta, gamma = 0, logit_scale, eps = 0 }: Parameters): AttentionNetwork {
  const { weights, xi, zeta } = typeof system === "string" ? reference.systems[system]! : system;
  const total = weights.reduce((sum, w) => sum + w, 0);
  const features = classesFromColumns({ weights: weights.map((w) => w / total), xi, ...(zeta === null ? {} : { zeta }) });
  return attentionNetwork({ features, contextLength: L, beta, gamma, positionalWeight: eps, ...(logit_scale === undefined ? {} : { logitScale: logit_scale }) });
}

/** Network and start of a case. */
export function begun({ input }: { readonly input: Input }): { network: AttentionNetwork; start: WindowState } {
  const network = networkOf(input.system, input);
  return { network, start: windowStart(network, input.U, input.t) };
}

/** The published system at a beta. */
export function published(beta: number): AttentionNetwork {
  return networkOf("paper3", { L: 4, beta, gamma: 220, eps: 0.02 });
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
  return worst;
}
