/** @file The compiled module: compiled once a process, instantiated once a backend. */
import { KernelError, type Dtype } from "@mesoscope/kernels";
import { sinCos } from "@mesoscope/numerics";
import { bytesOfBase64 } from "./base64.js";
import { MODULE } from "./generated/module.js";
import { webAssembly, type WasmMemory } from "./web-assembly.js";

type Call = (...numbers: number[]) => number;

/** Exports of one function for each dtype, by name with its ending. */
type ByDtype<Name extends string> = Readonly<Record<`${Name}_${Dtype}`, Call>>;

/** Functions on plain arrays and on S^2 (assembly/array-exports.as). */
type ArrayFunction = "matmul" | "swapAxes" | "rowSoftmaxBackward" | "rowNormalise" | "rowNormaliseBackward" | "activation" | "linearCombination" | "adamStep" | "normals" | "binomials" | "sphericalMoments" | "sphericalDrift";

/** What the module exports (assembly/index.as), on pointers and numbers. */
export type Exports = ByDtype<
  "attentionDrift" | "attentionStep" | "interactionSums" | "tokenScratch" | "stepScratch" | "harmonicMoments" | "harmonicDrift" | "harmonicStep" | "attention" | "generalScratch" | "rowSoftmax" | "exp" | "tanh" | ArrayFunction
> &
  Readonly<Record<"heapBase" | "circleScratch" | "driftScratch" | "circleStepScratch" | "matmulScratch" | "normalsScratch" | "binomialsScratch" | "sphericalScratch", Call>>;

/** An instance with its memory. */
export interface Instance {
  readonly exports: Exports;
  readonly memory: WasmMemory;
}

/** Pages of 64 KiB that a module with 32-bit pointers can address. */
export const LARGEST_PAGES = 65536;

let compiled: object | undefined;

/**
 * A new instance.
 * @throws KernelError (`unsupported`) where the engine has no WebAssembly with SIMD, or the page forbids to compile it.
 */
export function instantiate(): Instance {
  const engine = webAssembly();
  if (engine === undefined) throw refused("this engine has none");
  try {
    compiled ??= new engine.Module(bytesOfBase64(MODULE.join("")));
    const memory = new engine.Memory({ initial: 1, maximum: LARGEST_PAGES });
    const { exports } = new engine.Instance(compiled, { env: { memory, hardAngle: hardAngle(memory), abort: () => undefined } });
    return { exports: exports as Exports, memory };
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

function refused(why: string): KernelError {
  return new KernelError({
    code: "unsupported",
    what: "WebAssembly with SIMD",
    rule: `is needed by the wasm backend: ${why}`,
    remedy: "Take an engine of 2023 or newer; in a page with a content security policy allow script-src 'wasm-unsafe-eval'; or take the reference backend.",
  });
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
