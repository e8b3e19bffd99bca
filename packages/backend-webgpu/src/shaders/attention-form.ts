/**
 * @file What the attention kernels have in common. Every one is a sum over keys
 *   a_i = sum_j w_ij (value_j [- x_i]),   w_ij = exp(B (t_ij - top_i)),   t_ij = sign(beta) <q_i, k_j>,   B = |beta|,
 * with top_i = sign(beta) shift for USA and a running one for SA. The keys are split into parts, each with its own workgroups, so that few
 * tokens still fill a device; a part leaves (top, sum of w, a) in memory, and `merge` puts the parts together, divides and projects.
 */
import type { GeneralAttentionParameters } from "@mesoscope/kernels";

/** What is summed: values of their own; differences to the query (the drift); or the weights alone. */
export type Summand = "values" | "differences" | "weights";

/** An attention kernel, by the sizes and choices that its text depends on. */
export interface AttentionForm extends Pick<GeneralAttentionParameters, "batch" | "n" | "m" | "d" | "e" | "beta"> {
  readonly softmax: boolean;
  readonly causal: boolean;
  readonly shift: number;
  readonly summand: Summand;
}

/** Rows of queries, and keys, that a workgroup has in its memory at once. */
export interface Tiling {
  readonly rows: number;
  readonly keys: number;
  /** Components of the values that one workgroup sums. */
  readonly components: number;
}

/** Parts of the keys: at most this many, so that merging is short. */
export const LARGEST_PARTS = 8;

/** What stands for the top of a row that has met no key yet; infinities have no place in WGSL. */
export const LOWEST = "-1e30";

/** Numbers that a part leaves for each row. */
export function width({ summand, e }: AttentionForm): number {
  return summand === "weights" ? 2 : 2 + e;
}

/**
 * A row's top is raised only when a score exceeds it by this much (weights then reach e^8 at most), so that raising happens at most
 * 2 |beta| |q| |k| / 8 times a row and its rounding stays a small share of that of the exponents.
 */
export const SLACK = "8.0";

/** Statements that raise `top` to the largest of the four scores `s`, with everything summed so far. */
export function raiseTop(sums: readonly string[], high: string): string {
  return `
      let high = ${high};
      if (p.beta * (high - top) > ${SLACK}) {
        let less = exponential(vec4f(p.beta * (top - high))).x;
        ${sums.map((name) => `${name} *= less;`).join(" ")}
        top = high;
      }`;
}
