/** @file An instance of the module on a memory, with the little that it asks of its host. The helping threads make theirs in the same way. */
import type { Dtype } from "@mesoscope/kernels";
import { sinCos } from "@mesoscope/numerics";
import { webAssembly, type WasmMemory } from "./web-assembly.js";

type Call = (...numbers: number[]) => number;

/** Exports of one function for each dtype, by name with its ending. */
type ByDtype<Name extends string> = Readonly<Record<`${Name}_${Dtype}`, Call>>;

/** Functions on plain arrays and on S^2, over a range of rows, numbers or replicas (assembly/array-exports.as). */
type ArrayFunction = "matmul" | "swapAxes" | "rowSoftmaxBackward" | "rowNormalise" | "rowNormaliseBackward" | "activation" | "linearCombination" | "adamStep" | "normals" | "binomials" | "sphericalMoments" | "sphericalDrift" | "rowSoftmax" | "exp" | "tanh";

/** Names of functions over a range. */
export type RangeFunction = `${ArrayFunction}_${Dtype}`;

/** What the module exports (assembly/index.as), on pointers and numbers. */
export type Exports = ByDtype<
  "attentionDrift" | "attentionStep" | "interactionSums" | "harmonicMoments" | "harmonicDrift" | "harmonicStep" | "attention" | ArrayFunction
> &
  Readonly<Record<"heapBase" | "tokenScratch" | "stepScratch" | "generalScratch" | "circleScratch" | "chunkScratch" | "matmulScratch" | "normalsScratch" | "binomialsScratch" | "sphericalScratch" | "gather" | "task", Call>> &
  Readonly<Record<"STRIP_NUMBERS" | "QUERY_NUMBERS", { readonly value: number }>>;

/** An instance with its memory, whose buffer is asked for anew after each growth. */
export interface Bound {
  readonly exports: Exports;
  readonly buffer: () => WasmMemory["buffer"];
}

/** @throws what the engine throws when it refuses. `divide` has tasks done by several threads; without it, work is never divided. */
export function bind(module: object, memory: object, divide: (count: number) => void = () => undefined): Bound {
  const space = memory as WasmMemory;
  const { exports } = new (webAssembly()!.Instance)(module, { env: { memory, divide, hardAngle: hardAngle(space), abort: () => undefined } });
  return { exports: exports as Exports, buffer: () => space.buffer };
}

/** Writes cosine and sine of an angle that the module leaves to @mesoscope/numerics. */
function hardAngle(memory: WasmMemory): (theta: number, cosine: number, sine: number) => void {
  const pair = new Float64Array(2);
  return (theta, cosine, sine) => {
    sinCos(theta, pair);
    const view = new DataView(memory.buffer);
    view.setFloat64(sine >>> 0, pair[0]!, true);
    view.setFloat64(cosine >>> 0, pair[1]!, true);
  };
}
