/** @file What this backend can take, and what it refuses although the catalogue would allow it. */
import { elements, KernelError, requireFloatWeights, type AttentionParameters, type BackendSupport, type KernelLimits, type KernelName, type KernelParameters, type KernelShapes } from "@mesoscope/kernels";
import type { MachineLimits } from "./machine.js";
import type { Offered } from "./programs/index.js";
import { CHUNKS } from "./sources/tokens.js";

const dtypes = Object.freeze(["f32"] as const);
const tokens: KernelLimits = Object.freeze({ dtypes, maxTokens: 65_536, maxDimension: 512 });
const angles: KernelLimits = Object.freeze({ dtypes, maxTokens: 1_048_576, maxOrder: 1024 });
const numbers: KernelLimits = Object.freeze({ dtypes });

const kernels: Readonly<Record<Offered, KernelLimits>> = Object.freeze({
  "attention-drift": tokens,
  "attention-step": tokens,
  attention: tokens,
  "interaction-sums": tokens,
  "harmonic-moments": angles,
  "harmonic-drift": angles,
  "harmonic-step": angles,
  matmul: numbers,
  "swap-axes": numbers,
  "row-softmax": numbers,
  "row-softmax-backward": numbers,
  "row-normalise": numbers,
  "row-normalise-backward": numbers,
  activation: numbers,
  "activation-backward": numbers,
  "linear-combination": numbers,
  "adam-step": numbers,
  exp: numbers,
  tanh: numbers,
});

/** f32 alone; not deterministic, for every device rounds in its own way; the exponential is our own (sources/arithmetic.ts). */
export const SUPPORT: BackendSupport = Object.freeze({ dtypes, deterministic: false, exponentialUlps: 2, kernels });

/** Keys of attention and entries of a row, which the catalogue's limits have no word for. */
const LONGEST_ROW = 65_536;
/** Rows that the exchange of axes tells apart: a quotient of floats finds its place among them. */
const LONGEST_SWAP = 2 ** 20;
/** Largest exponent of a sum of weights that our own exponential still gives. */
const LARGEST_EXPONENT = 87;

/**
 * Refuses what single precision cannot hold, and arrays that no texture holds.
 * @throws KernelError (`unsupported`, `memory`)
 */
export function checkForDevice(kernel: KernelName, parameters: KernelParameters[KernelName], shapes: KernelShapes, { array, chunk, launch }: MachineLimits): void {
  const p = parameters as Partial<AttentionParameters> & { readonly batch: number; readonly n: number; readonly m?: number; readonly order?: number; readonly numerator?: readonly number[] };
  if (kernel !== "matmul" && p.m !== undefined && p.m > LONGEST_ROW) {
    throw new KernelError({ code: "unsupported", what: `kernel "${kernel}" with m = ${p.m}`, rule: `the gpujs backend takes m up to ${LONGEST_ROW}`, remedy: "Take another backend." });
  }
  const { a = 1, b = 1 } = parameters as { readonly a?: number; readonly b?: number };
  if (kernel === "swap-axes" && a * b > LONGEST_SWAP) {
    throw new KernelError({ code: "unsupported", what: `kernel "swap-axes" with a = ${a}, b = ${b}`, rule: `the gpujs backend takes a * b up to ${LONGEST_SWAP}`, remedy: "Take another backend." });
  }
  const harmonics = p.beta === undefined && (p.order ?? p.numerator?.length);
  if (typeof harmonics === "number" && 2 * (harmonics + 1) * p.n * p.batch > launch) {
    throw new KernelError({
      code: "unsupported",
      what: `kernel "${kernel}" with batch = ${p.batch}, n = ${p.n} and ${harmonics} harmonics`,
      rule: `the gpujs backend takes batch * n * (harmonics + 1) up to ${launch / 2}, for a browser ends launches of seconds`,
      remedy: "Split the batch over several plans.",
    });
  }
  requireFloatWeights(kernel, parameters, LARGEST_EXPONENT);
  const rows = p.beta === undefined ? 0 : p.batch * p.n * CHUNKS[0];
  if (rows <= chunk && [...shapes.inputs, ...shapes.outputs].every((shape) => elements(shape) <= array)) return;
  throw new KernelError({
    code: "memory",
    what: `kernel "${kernel}" with batch = ${p.batch}, n = ${p.n}`,
    rule: `the gpujs backend holds arrays of up to ${array} numbers, and attention of up to ${chunk / CHUNKS[0]} tokens of all replicas together`,
    remedy: "Split the batch over several plans.",
  });
}
