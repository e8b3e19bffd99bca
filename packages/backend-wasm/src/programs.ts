/** @file Each kernel as a program on the module's memory: its constants written once, its scratch taken once. */
import { catalogueEntry, elements, KernelError, requireFloatWeights, type AttentionParameters, type Dtype, type HarmonicParameters, type KernelName, type KernelParameters, type StepParameters } from "@mesoscope/kernels";
import type { Block, Heap } from "./heap.js";
import { arrayPrograms } from "./array-programs.js";
import { sphericalPrograms } from "./spherical-programs.js";
import { bytesOf, constants, scratches, type Machine, type Program } from "./program.js";

const SOFTMAX = 1;
const CAUSAL = 2;

/** Programs by kernel. The parameters have been checked. */
export const programs: { readonly [K in KernelName]: (machine: Machine, parameters: KernelParameters[K]) => Program } = {
  "attention-drift": (machine, p) => {
    const { exports, dtype } = machine;
    const { scratch, own } = scratches(machine, p.batch, exports.tokenScratch(bytesOf(dtype), p.n, p.d), stripBytes(machine));
    const call = exports[`attentionDrift_${dtype}`];
    return { blocks: [scratch, own], run: (x, v) => call(x, v, p.batch, p.n, p.d, p.beta, p.shift ?? 0, flags(p), scratch.at, own.at) };
  },
  "attention-step": (machine, p) => {
    const { exports, heap, dtype } = machine;
    const { stages, tableau } = stepTableau(heap, p);
    const { scratch, own } = scratches(machine, p.batch, exports.stepScratch(bytesOf(dtype), p.n, p.d, stages), stripBytes(machine));
    const call = exports[`attentionStep_${dtype}`];
    const bytes = p.batch * p.n * p.d * bytesOf(dtype);
    return {
      blocks: [tableau, scratch, own],
      run: (x, out, repeat) => {
        if (x !== out) heap.copy(x, out, bytes);
        call(out, p.batch, p.n, p.d, p.beta, p.shift ?? 0, flags(p), stages, tableau.at, repeat, scratch.at, own.at);
      },
    };
  },
  attention: (machine, p) => {
    const { exports, dtype } = machine;
    const { scratch, own } = scratches(machine, p.batch, exports.generalScratch(bytesOf(dtype), p.n, p.m, p.d, p.e), bytesOf(dtype) * exports.QUERY_NUMBERS.value);
    const call = exports[`attention_${dtype}`];
    return { blocks: [scratch, own], run: (q, y, _, [, k, v]) => call(q, k!, v!, y, p.batch, p.n, p.m, p.d, p.e, p.beta, p.shift ?? 0, flags(p), scratch.at, own.at) };
  },
  "interaction-sums": (machine, p) => {
    const { exports, dtype } = machine;
    const { scratch, own } = scratches(machine, p.batch, exports.tokenScratch(bytesOf(dtype), p.n, p.d), stripBytes(machine));
    const call = exports[`interactionSums_${dtype}`];
    return { blocks: [scratch, own], run: (x, sums) => call(x, sums, p.batch, p.n, p.d, p.beta, p.shift ?? 0, scratch.at, own.at) };
  },
  "harmonic-moments": (machine, p) => {
    const { exports, dtype } = machine;
    const even = evenOf(p.order);
    const { scratch, own } = scratches(machine, p.batch, exports.circleScratch(p.n, even, 0), exports.chunkScratch(even));
    const call = exports[`harmonicMoments_${dtype}`];
    return { blocks: [scratch, own], run: (theta, z) => call(theta, z, p.batch, p.n, p.order, scratch.at, own.at) };
  },
  "harmonic-drift": (machine, p) => {
    const { exports, heap, dtype } = machine;
    const { even, a, b, b0 } = coefficients(heap, p);
    const { scratch, own } = scratches(machine, p.batch, exports.circleScratch(p.n, even, 1), exports.chunkScratch(even));
    const call = exports[`harmonicDrift_${dtype}`];
    return { blocks: [a, ...(b === undefined ? [] : [b]), scratch, own], run: (theta, v) => call(theta, v, p.batch, p.n, even, a.at, b?.at ?? 0, b0, scratch.at, own.at) };
  },
  "harmonic-step": (machine, p) => {
    const { exports, heap, dtype } = machine;
    const { even, a, b, b0 } = coefficients(heap, p);
    const { stages, tableau } = stepTableau(heap, p);
    const { scratch, own } = scratches(machine, p.batch, exports.circleScratch(p.n, even, stages), exports.chunkScratch(even));
    const call = exports[`harmonicStep_${dtype}`];
    const bytes = p.batch * p.n * bytesOf(dtype);
    return {
      blocks: [a, ...(b === undefined ? [] : [b]), tableau, scratch, own],
      run: (theta, out, repeat) => {
        if (theta !== out) heap.copy(theta, out, bytes);
        call(out, p.batch, p.n, even, a.at, b?.at ?? 0, b0, stages, tableau.at, repeat, scratch.at, own.at);
      },
    };
  },
  ...sphericalPrograms,
  ...arrayPrograms,
};

/** Bytes of the strips of a thread. */
function stripBytes({ exports, dtype }: Machine): number {
  return bytesOf(dtype) * exports.STRIP_NUMBERS.value;
}

/** Whole numbers up to this one are floats. */
const LARGEST_F32_COUNT = 2 ** 24;

/**
 * Refuses what only double precision can hold, and sizes beyond 31-bit offsets.
 * @throws KernelError (`unsupported`, `memory`)
 */
export function checkForModule(kernel: KernelName, parameters: KernelParameters[KernelName], dtype: Dtype): void {
  const p = parameters as Partial<AttentionParameters> & Sizes;
  if (dtype === "f32") requireFloatWeights(kernel, parameters);
  if (dtype === "f32" && kernel === "binomials" && (p.trials ?? 0) > LARGEST_F32_COUNT) {
    throw new KernelError({ code: "unsupported", what: `kernel "${kernel}" with trials = ${p.trials!} in f32`, rule: "has counts that a float cannot hold", remedy: "Compute in f64." });
  }
  const bytes = kernel in arrayPrograms || kernel in sphericalPrograms ? 3 * largestArray(kernel, parameters) : bytesInUse(p);
  if (bytes < 2 ** 31) return;
  throw new KernelError({
    code: "memory",
    what: `kernel "${kernel}" with batch = ${p.batch}`,
    rule: "needs more than the 2 GiB that one plan of the wasm backend can address",
    remedy: "Split the batch over several plans.",
  });
}

/** Shares that pairs of blocks leave to a token, as in assembly/pairs.as. */
const SHARES = 8;

interface Sizes {
  readonly batch: number;
  readonly n: number;
  readonly m?: number;
  readonly d?: number;
  readonly e?: number;
  readonly order?: number;
  readonly trials?: number;
  readonly tableau?: { readonly b: readonly number[] };
}

function bytesInUse(p: Sizes): number {
  // Tokens, results, slopes; eight shares of each; what has one number a token.
  const arrays = Math.max(p.batch, 4 + SHARES + (p.tableau?.b.length ?? 0));
  return 8 * (Math.max(p.n, p.m ?? 0) + 64) * (Math.max(p.d ?? 1, p.e ?? 0) * arrays + SHARES + 2) + 64 * (p.order ?? 0);
}

function largestArray<K extends KernelName>(kernel: K, parameters: KernelParameters[K]): number {
  const { inputs, outputs } = catalogueEntry(kernel).shapes(parameters);
  return Math.max(...[...inputs, ...outputs].map((shape) => 8 * elements(shape)));
}

function flags({ flow, causal = false }: Pick<AttentionParameters, "flow" | "causal">): number {
  return (flow === "SA" ? SOFTMAX : 0) + (causal ? CAUSAL : 0);
}

function evenOf(order: number): number {
  return order + (order % 2);
}

/** The coefficients divided by n and padded to an even number; b_0 apart. */
function coefficients(heap: Heap, { n, numerator, denominator }: HarmonicParameters): { even: number; a: Block; b: Block | undefined; b0: number } {
  const even = evenOf(numerator.length);
  const a = constants(heap, Array.from({ length: even }, (_, m) => (numerator[m] ?? 0) / n));
  const b = denominator === undefined ? undefined : constants(heap, Array.from({ length: even }, (_, m) => (denominator[m + 1] ?? 0) / n));
  return { even, a, b, b0: denominator?.[0] ?? 0 };
}

/** Rows of dt a, one number for each stage in use, then dt b. Stages after the last weight (the extra stage of an embedded pair) are left out. */
function stepTableau(heap: Heap, { dt, tableau: { a, b } }: StepParameters): { stages: number; tableau: Block } {
  const stages = b.reduce((count, weight, stage) => (weight === 0 ? count : stage + 1), 0);
  const rows = Array.from({ length: stages }, (_, i) => Array.from({ length: stages }, (__, j) => dt * (a[i]?.[j] ?? 0)));
  return { stages, tableau: constants(heap, [...rows.flat(), ...b.slice(0, stages).map((weight) => dt * weight)]) };
}
