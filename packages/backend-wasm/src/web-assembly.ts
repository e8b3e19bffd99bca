/** @file The few things of WebAssembly that are used, for the language's own library does not declare them. */

/** The memory of an instance; `buffer` is another one after each growth. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  grow(pages: number): number;
}

interface WasmInstance {
  readonly exports: unknown;
}

/** The global of that name. */
export interface WebAssemblyGlobal {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => WasmInstance;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
}

/** WebAssembly of this engine, or undefined where a page has none. */
export function webAssembly(): WebAssemblyGlobal | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyGlobal }).WebAssembly;
}
