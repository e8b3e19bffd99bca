/** @file The few things of gpu.js that are used, with types that say what is relied on: its own leave kernels made of text and modes out. */

/** Types of a kernel's arguments. */
export type ArgumentType = "Array" | "Input" | "ArrayTexture(1)" | "Float";

/** What a kernel is made with. */
export interface KernelSettings {
  readonly argumentTypes: Readonly<Record<string, ArgumentType>>;
  readonly output: readonly [x: number, y: number, z: number];
  readonly dynamicOutput: boolean;
  readonly dynamicArguments: boolean;
  readonly precision: "single";
  readonly tactic: "precision";
  readonly fixIntegerDivisionAccuracy: boolean;
  readonly loopMaxIterations: number;
  readonly pipeline: boolean;
  readonly immutable: boolean;
  readonly asyncMode: boolean;
}

/** A compiled kernel; calling it gives a result, or a promise of one in a later gpu.js, so that every call is awaited. */
export interface LibraryKernel {
  (...inputs: readonly unknown[]): unknown;
  setOutput(output: readonly number[]): unknown;
}

/** A texture that a kernel of the `webgl2` mode returned: a counted reference to memory, and the axes that it is read with. */
export interface LibraryTexture {
  readonly texture: object;
  dimensions: Int32Array;
  clone(): LibraryTexture;
  delete(): void;
}

/** The WebGL 2 context, as far as it is asked. */
export interface LibraryContext {
  readonly OUT_OF_MEMORY: number;
  readonly MAX_TEXTURE_SIZE: number;
  getParameter(name: number): number;
  getError(): number;
  isContextLost(): boolean;
}

/** The canvas of the context; a page says on it that the context was lost. */
export interface LibraryCanvas {
  addEventListener(type: "webglcontextlost", listener: () => void): void;
}

/** An instance of the library: one context, many kernels. */
export interface LibraryInstance {
  readonly canvas: LibraryCanvas | null;
  readonly context: LibraryContext | null;
  createKernel(source: string, settings: KernelSettings): LibraryKernel;
  destroy(): Promise<void>;
}

/** Its constructor, with what it found out about WebGL 2. */
export interface LibraryConstructor {
  new (settings: { readonly mode: "webgl2" | "cpu" | "webasm" }): LibraryInstance;
  readonly isWebGL2Supported: boolean;
  readonly isWebAssemblySupported: boolean;
}

/** What the package carries of gpu.js. */
export interface Library {
  readonly GPU: LibraryConstructor;
  readonly input: (data: Float32Array, size: readonly [x: number, y: number, z: number]) => object;
}
