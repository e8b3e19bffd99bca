/** @file One instance of gpu.js as a machine: arrays on the device, kernels compiled once for each text, every call awaited. */
import { sameShape } from "@mesoscope/kernels";
import { GPU, input } from "../vendor/gpu.js";
import type { ArgumentType, LibraryContext, LibraryInstance, LibraryKernel, LibraryTexture } from "./library.js";
import { checkedText, MAX_ITERATIONS } from "./source-rules.js";
import type { ParameterType, Source } from "./sources/source.js";
import { copy } from "./sources/vectors.js";

/** Modes of gpu.js that are used. */
export type Mode = "webgl2" | "cpu" | "webasm";

/** Lengths of the axes of a device array, the fastest first. */
export type Extent = readonly [x: number, y: number, z: number];

/** An array on the device: a texture (`webgl2`), or rows in nested arrays (`cpu`, `webasm`). Never changed after it was made. */
export interface Held {
  readonly extent: Extent;
  readonly value: LibraryTexture | readonly (readonly Float32Array[])[];
}

/** How much a device is asked for at once. */
export interface MachineLimits {
  /** Most numbers of one array. */
  readonly array: number;
  /** Most numbers of a chunk of weights. */
  readonly chunk: number;
  /** Most numbers fetched by one launch: a slow GPU fetches 10^9 in a second, and browsers end a launch of two and take the device away. */
  readonly launch: number;
}

/** A device. */
export interface Machine {
  readonly mode: Mode;
  readonly limits: MachineLimits;
  /** Runs one kernel and gives its result; arguments in the order of the source's parameters. */
  readonly run: (source: Source, extent: Extent, ...given: readonly (Held | number)[]) => Promise<Held>;
  readonly upload: (data: Float32Array, extent: Extent) => Promise<Held>;
  readonly read: (held: Held) => Promise<Float32Array>;
  readonly release: (held: Held) => void;
  /** The same numbers with other axes; to be released by itself. */
  readonly reshaped: (held: Held, extent: Extent) => Held;
  /** Resolves when the device has done everything that it was told. */
  readonly settled: () => Promise<void>;
  /** What the device says went wrong since it was last asked; undefined if nothing. */
  readonly complaint: () => "device-lost" | "out-of-memory" | undefined;
  /** Calls back when the page takes the context away. */
  readonly onLoss: (listener: () => void) => void;
  readonly close: () => Promise<void>;
}

/** A compiled kernel, the extent that it is set to, and the memory that it wrote last. */
interface Instance {
  readonly kernel: LibraryKernel;
  extent: Extent;
  latest: unknown;
}

/** What a kernel is compiled for. */
type Purpose = "device" | "upload" | "read";

/** Sides of a square of numbers that a machine in any mode is asked for: 64 MiB an array. */
const LARGEST_SIDE = 4096;

/** A machine in that mode; it must be supported here. */
export function machine(mode: Mode): Machine {
  const gpu: LibraryInstance = new GPU({ mode });
  const kernels = new Map<string, Instance[]>();

  const make = (source: Source, extent: Extent, purpose: Purpose): Instance => {
    const onDevice = mode === "webgl2" && purpose !== "read";
    const kernel = gpu.createKernel(checkedText(source), {
      argumentTypes: Object.fromEntries(Object.entries(source.parameters).map(([name, type]) => [name, argumentType(mode, type, purpose)])),
      output: extent,
      dynamicOutput: true,
      dynamicArguments: true,
      precision: "single",
      // The others may take the lowest precision of a phone for small arrays.
      tactic: "precision",
      fixIntegerDivisionAccuracy: false,
      loopMaxIterations: MAX_ITERATIONS,
      pipeline: onDevice,
      immutable: onDevice,
      asyncMode: mode === "webgl2" && purpose === "read",
    });
    return { kernel, extent, latest: undefined };
  };
  /** An instance of the kernel that did not make any of the values last: gpu.js gives such a one a texture of an earlier size to write to. */
  const instance = (source: Source, extent: Extent, purpose: Purpose, values: readonly unknown[]): Instance => {
    const key = `${purpose} ${Object.keys(source.parameters).join()} ${source.body}`;
    const made = kernels.get(key) ?? [];
    kernels.set(key, made);
    const read = values.map(memoryOf);
    const found = made.find(({ latest }) => latest === undefined || !read.includes(latest));
    if (found === undefined) {
      made.push(make(source, extent, purpose));
      return made.at(-1)!;
    }
    if (!sameShape(found.extent, extent)) found.kernel.setOutput(extent);
    found.extent = extent;
    return found;
  };
  const call = async (source: Source, extent: Extent, purpose: Purpose, values: readonly unknown[]): Promise<unknown> => {
    const chosen = instance(source, extent, purpose, values);
    const result = await chosen.kernel(...values);
    chosen.latest = memoryOf(result);
    return result;
  };
  let token: LibraryTexture | undefined;
  instance(copy, [1, 1, 1], "upload", []); // The first kernel brings the context.
  const side = mode === "webgl2" && gpu.context !== null ? gpu.context.getParameter(gpu.context.MAX_TEXTURE_SIZE) : Infinity;

  return Object.freeze({
    mode,
    limits: limitsOf(Math.min(side, LARGEST_SIDE)),
    run: async (source, extent, ...given) => {
      const values = given.map((one) => (typeof one === "number" ? one : one.value));
      return { extent, value: (await call(source, physical(extent, side), "device", values)) as Held["value"] };
    },
    upload: async (data, extent) => {
      if (mode !== "webgl2") return { extent, value: nested(data, extent) };
      return { extent, value: (await call(copy, physical(extent, side), "upload", [input(data, extent)])) as LibraryTexture };
    },
    read: async ({ value, extent }) => {
      const rows = mode === "webgl2" ? await call(copy, physical(extent, side), "read", [value]) : value;
      return flat(rows as readonly (readonly Float32Array[])[], extent);
    },
    reshaped: ({ value, extent: old }, extent) => {
      if (!("texture" in value)) return { extent, value: nested(flat(value, old), extent) };
      const view = value.clone();
      view.dimensions = Int32Array.from(extent);
      return { extent, value: view };
    },
    settled: async () => {
      if (mode !== "webgl2") return;
      token ??= (await call(copy, [1, 1, 1], "upload", [input(new Float32Array(1), [1, 1, 1])])) as LibraryTexture;
      await call(copy, [1, 1, 1], "read", [token]);
    },
    release: ({ value }) => {
      if ("delete" in value) value.delete();
    },
    complaint: () => (gpu.context === null || mode !== "webgl2" ? undefined : complaintOf(gpu.context)),
    onLoss: (listener) => {
      if (mode === "webgl2") gpu.canvas?.addEventListener("webglcontextlost", listener);
    },
    close: async () => {
      await gpu.destroy();
    },
  } satisfies Machine);
}

/** What a value lies in: the memory of a texture, whatever refers to it. */
function memoryOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "texture" in value ? value.texture : value;
}

function limitsOf(side: number): MachineLimits {
  return Object.freeze({ array: side * side, chunk: side * side, launch: 2 ** 28 });
}

/** The modes that this engine can run, the fastest first. */
export function supportedModes(): readonly Mode[] {
  const modes: Mode[] = [];
  if (GPU.isWebGL2Supported) modes.push("webgl2");
  if (GPU.isWebAssemblySupported) modes.push("webasm");
  return [...modes, "cpu"];
}

/**
 * gpu.js makes a texture of x by y of an array with one plane, however long that is, and squares of all others: a second plane, which nobody reads,
 * keeps long arrays within the sides of a texture.
 */
function physical([x, y, z]: Extent, side: number): Extent {
  return z === 1 && y > 1 && Math.max(x, y) > side ? [x, y, 2] : [x, y, z];
}

function argumentType(mode: Mode, type: ParameterType, purpose: Purpose): ArgumentType {
  if (type === "float") return "Float";
  if (mode !== "webgl2") return "Array";
  return purpose === "upload" ? "Input" : "ArrayTexture(1)";
}

function complaintOf(context: LibraryContext): "device-lost" | "out-of-memory" | undefined {
  if (context.isContextLost()) return "device-lost";
  return context.getError() === context.OUT_OF_MEMORY ? "out-of-memory" : undefined;
}

/** Rows of a flat array, as gpu.js takes and gives three axes; views, not copies. */
function nested(data: Float32Array, [x, y, z]: Extent): readonly (readonly Float32Array[])[] {
  return Array.from({ length: z }, (_, k) => Array.from({ length: y }, (__, j) => data.subarray((k * y + j) * x, (k * y + j + 1) * x)));
}

function flat(rows: readonly (readonly Float32Array[])[], [x, y, z]: Extent): Float32Array {
  const data = new Float32Array(x * y * z);
  for (let k = 0; k < z; k += 1) for (let j = 0; j < y; j += 1) data.set(rows[k]![j]!, (k * y + j) * x);
  return data;
}
