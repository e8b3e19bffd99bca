/** @file The compiled module: compiled once a process, instantiated once a backend. */
import { KernelError } from "@mesoscope/kernels";
import { bytesOfBase64 } from "./base64.js";
import { bind, type Exports } from "./bind.js";
import { MEMORY_FLAGS, MODULE } from "./generated/module.js";
import { webAssembly, type WasmMemory } from "./web-assembly.js";

/** An instance with its memory. */
export interface Instance {
  readonly exports: Exports;
  readonly memory: WasmMemory;
  readonly module: object;
}

/** Pages of 64 KiB that a module with 32-bit pointers can address. */
export const LARGEST_PAGES = 65536;

/** The same code for memory of one thread and for shared memory: one bit of its import tells them apart. */
const compiled = new Map<boolean, object>();

/**
 * A new instance; `divide` runs the tasks of a job.
 * @throws KernelError (`unsupported`) where the engine has no WebAssembly with SIMD, or the page forbids to compile it; with `shared`, also where no shared memory is to be had.
 */
export function instantiate(shared: boolean, divide?: (count: number) => void): Instance {
  const engine = webAssembly();
  if (engine === undefined) throw refused("this engine has none");
  try {
    const module = compiled.get(shared) ?? new engine.Module(moduleBytes(shared));
    compiled.set(shared, module);
    const memory = new engine.Memory({ initial: 1, maximum: LARGEST_PAGES, shared });
    return { exports: bind(module, memory, divide).exports, memory, module };
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

function moduleBytes(shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = bytesOfBase64(MODULE.join(""));
  if (shared) bytes[MEMORY_FLAGS] = bytes[MEMORY_FLAGS]! | 2;
  return bytes;
}

function refused(why: string): KernelError {
  return new KernelError({
    code: "unsupported",
    what: "WebAssembly with SIMD",
    rule: `is needed by the wasm backend: ${why}`,
    remedy: "Take an engine of 2023 or newer; in a page with a content security policy allow script-src 'wasm-unsafe-eval'; or take the reference backend.",
  });
}
