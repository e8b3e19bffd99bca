/** @file What a device can take: by its adapter's limits, by single precision, and by loops that stay below 65,535 iterations (programs/program.ts says why). */
import { KernelError, requireFloatWeights, type BackendSupport, type GeneralAttentionParameters, type HarmonicStepParameters, type KernelLimits, type KernelName, type KernelParameters } from "@mesoscope/kernels";
import { programs } from "./programs/index.js";
import type { GpuLimits } from "./web-gpu.js";
import { LARGEST_STAGES } from "./shaders/combination.js";

/** Keys are taken in eight parts, and 65,536 of them four at a time are loops of 17,408 iterations. */
const LARGEST_KEYS = 8 * 2 ** 16;

/** Merging eight parts of so many components takes 40,960 iterations. */
const LARGEST_ROW = 4096;

/** Numbers in a row, 64 at a time and at most five times: 43,520 iterations. */
const LARGEST_LINE = 2 ** 19;

/** Terms of a product, sixteen at a time, 33 iterations each. */
const LARGEST_TERMS = 2 ** 14;

/** Angles: blocks of 64, 64 blocks at a time. */
const LARGEST_RING = 2 ** 26;

/** Harmonics, one after the other. */
const LARGEST_ORDER = 2 ** 13;

const F32 = Object.freeze(["f32"] as const);

/** Bytes of the largest array that a shader of this device can see. */
export function largestArray({ maxBufferSize, maxStorageBufferBindingSize }: GpuLimits): number {
  return Math.min(maxBufferSize, maxStorageBufferBindingSize);
}

/** What the backend says of itself. */
export function supportOf(limits: GpuLimits): BackendSupport {
  const numbers = Math.floor(largestArray(limits) / 4);
  const tokens: KernelLimits = Object.freeze({ dtypes: F32, maxBatch: numbers, maxTokens: Math.min(numbers, LARGEST_KEYS), maxDimension: LARGEST_ROW });
  const angles: KernelLimits = Object.freeze({ dtypes: F32, maxBatch: numbers, maxTokens: Math.min(numbers, LARGEST_RING), maxOrder: LARGEST_ORDER });
  const rows: KernelLimits = Object.freeze({ dtypes: F32, maxBatch: numbers, maxTokens: numbers });
  const limitsOf = (kernel: string): KernelLimits => (kernel.startsWith("harmonic") ? angles : kernel.startsWith("attention") || kernel === "interaction-sums" ? tokens : rows);
  return Object.freeze({
    dtypes: F32,
    deterministic: false,
    exponentialUlps: 2,
    kernels: Object.freeze(Object.fromEntries(Object.keys(programs).map((kernel) => [kernel, limitsOf(kernel)]))),
  });
}

type Any = Partial<GeneralAttentionParameters & HarmonicStepParameters> & { readonly k?: number };

/**
 * Refuses what `KernelLimits` has no word for.
 * @throws KernelError (`unsupported`)
 */
export function checkForDevice<K extends KernelName>(kernel: K, parameters: KernelParameters[K]): void {
  const p = parameters as Any;
  const refuse = (what: string, rule: string, remedy: string): never => {
    throw new KernelError({ code: "unsupported", what: `kernel "${kernel}" with ${what}`, rule, remedy });
  };
  requireFloatWeights(kernel, parameters);
  if (kernel === "attention" && p.m! > LARGEST_KEYS) refuse(`m = ${p.m!}`, `takes m up to ${LARGEST_KEYS} here`, "Split the keys, or take another backend.");
  if (kernel === "attention" && p.e! > LARGEST_ROW) refuse(`e = ${p.e!}`, `takes e up to ${LARGEST_ROW} here`, "Split the values by components, or take another backend.");
  if (kernel.startsWith("row-") && p.m! > LARGEST_LINE) refuse(`m = ${p.m!}`, `takes m up to ${LARGEST_LINE} here`, "Take another backend.");
  if (kernel === "matmul" && p.k! > LARGEST_TERMS) refuse(`k = ${p.k!}`, `takes k up to ${LARGEST_TERMS} here`, "Split the sum over several products with add, or take another backend.");
  if (p.tableau !== undefined && p.tableau.b.length > LARGEST_STAGES) refuse(`${p.tableau.b.length} stages`, `takes up to ${LARGEST_STAGES} here`, "Take a method with fewer stages, or another backend.");
}
