import { readFileSync } from "node:fs";
import { inputKernel, tokenKernel } from "../../src/transformer/index.js";
import type { TokenKernel } from "../../src/transformer/index.js";

export type Rows = readonly (readonly number[])[];
type Groups = Readonly<Record<string, Rows>>;

interface DepthCase {
  readonly L: number;
  readonly alphaA: number;
  readonly alphaL: number;
  readonly beta0: number;
  readonly mlp?: "relu" | "erf" | "gelu" | "tanh" | null;
}

/** Cases of the project's reference: figures with their printed digits. */
export interface Reference {
  readonly data: Readonly<Record<"A" | "B", { readonly x: readonly Rows[]; readonly y: readonly number[] }>>;
  readonly A1: { readonly expected: { readonly cases: readonly { readonly H: Rows; readonly EB: Rows; readonly varB: readonly number[] }[] } };
  readonly A4: {
    readonly inputs: { readonly H: Rows };
    readonly expected: { readonly byN: Readonly<Record<string, { readonly alphaA_half: Rows; readonly alphaA_one: Rows }>>; readonly coeff_1_over_N_half: Rows; readonly coeff_1_over_N_one: Rows };
  };
  readonly A6: { readonly expected: Readonly<Record<"tied_softmax_nngp" | "tied_softmax_ntk" | "identity_nngp" | "identity_ntk", Rows>> };
  readonly B1: { readonly expected: { readonly cases: readonly (DepthCase & { readonly H_L: Rows; readonly G_0_row0: readonly number[]; readonly ntk: Groups; readonly ntk_KQ_times_N: Groups })[] } };
  readonly B3: {
    readonly expected: {
      readonly ensemble: readonly (DepthCase & {
        readonly N: number;
        readonly H_L_row0: readonly number[];
        readonly se_H: readonly number[];
        readonly G_0_row0: readonly number[];
        readonly se_G: readonly number[];
        readonly ntk: Readonly<Record<string, readonly number[]>>;
        readonly ntk_se: Readonly<Record<string, readonly number[]>>;
        readonly ntk_theory: Readonly<Record<string, readonly number[]>>;
      })[];
    };
  };
  readonly B5: { readonly inputs: { readonly beta0: number }; readonly expected: { readonly ode_H: Rows; readonly byL: Readonly<Record<string, { readonly H00: number; readonly H01: number; readonly maxdev_times_L: number }>> } };
  readonly C1: { readonly inputs: { readonly H0: Rows }; readonly expected: Readonly<Record<string, { readonly mean_U11: number; readonly var_V11: number; readonly var_U11: number }>> };
  readonly C3: {
    readonly inputs: { readonly H0: Rows; readonly L: number; readonly branch: number };
    readonly expected: Readonly<Record<"mf" | "mH" | "mn" | "mN", readonly number[]>> & Readonly<Record<"CH" | "Cn", Rows>> & { readonly ensemble: readonly { readonly N: number; readonly H: number; readonly samples: number; readonly mean_minus_mf: readonly number[]; readonly se: readonly number[]; readonly var: readonly number[]; readonly theory_var: readonly number[] }[] };
  };
  readonly F5: { readonly inputs: { readonly L: number; readonly eta0: number; readonly beta0: number; readonly alphaL: number; readonly t: readonly number[] }; readonly expected: { readonly ntk: Rows; readonly f_kernel_gd: Rows } };
}

/** The package's own table, by an independent generator: generate/attention.py. */
export interface Table {
  readonly averages: readonly { readonly name: string; readonly inputs: number; readonly tokens: number; readonly causal: boolean; readonly shaped: boolean; readonly kernel: readonly number[]; readonly value: readonly number[]; readonly variance: readonly number[]; readonly weights: readonly number[]; readonly jacobians: readonly number[] }[];
  readonly perceptron: { readonly kernel: readonly number[] } & Readonly<Record<"gelu" | "tanh", { readonly phi: readonly number[]; readonly slope: readonly number[] }>>;
  readonly depth: readonly (DepthCase & { readonly epsilon?: number; readonly causal?: boolean; readonly shaped?: boolean; readonly scheme?: "ntk"; readonly kernel: readonly number[]; readonly tangent: readonly number[] })[];
  readonly layer: { readonly nngp: readonly number[]; readonly ntk: readonly number[] };
  readonly finite: readonly { readonly N: number; readonly alphaA: number; readonly value: readonly number[] }[];
  readonly widthOne: number;
  readonly flow: { readonly beta0: number; readonly tokensOfB: readonly number[]; readonly two: { readonly kernel: readonly number[]; readonly beta0: number; readonly end: readonly number[] } };
  readonly derivatives: { readonly kernel: readonly number[]; readonly direction: readonly number[]; readonly first: readonly number[]; readonly second: readonly number[] };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8"));
}

export const reference = read("attention-reference.json") as Reference;
export const table = read("attention.json") as Table;

export function dataKernel(name: "A" | "B"): TokenKernel {
  const { x } = reference.data[name];
  return inputKernel({ inputs: x.length, tokens: x[0]!.length, features: x[0]![0]!.length, x: Float64Array.from(x.flat(2)) });
}

/** The two-token kernel of several cases. */
export const TWO = tokenKernel(1, 2, [1.2, 0.3, 0.3, 0.9]);

export function largestDifference(own: ArrayLike<number>, expected: readonly number[] | Rows | Float64Array): number {
  const flat = Array.from(expected as readonly number[]).flat(4);
  return flat.reduce((most, value, k) => Math.max(most, Math.abs(own[k]! - value)), 0);
}

/** What tests ask for where nothing else is said. */
export const PRECISE = { tolerance: 1e-9, budget: 1e6, seed: "attention" };

/**
 * For three tokens, whose pairs of rows have four dimensions. The error that a solver states is the change from the rule before; its own is nearly the square of that, so that 2e-7 gives eight digits.
 * MESOSCOPE_DEEP=1 asks for what it compares with.
 */
export const QUICK = { ...PRECISE, tolerance: process.env["MESOSCOPE_DEEP"] === "1" ? 4e-9 : 2e-7, budget: 4e6 };
