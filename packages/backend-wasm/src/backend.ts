/** @file The backend: the seam of @mesoscope/kernels over one instance of the module. Submissions run at once, on the calling thread and those that help it. */
import type { Backend, BackendSupport, Dtype, KernelLimits, KernelName, KernelParameters, LossReason, Shape } from "@mesoscope/kernels";
import { BACKEND_VERSION, backendHandles, checkedShapes, elements, KernelError, kernelNames, plainCopy, runSelfCheck } from "@mesoscope/kernels";
import { requireInteger } from "@mesoscope/numerics";
import type { Block } from "./heap.js";
import { bytesOf, type Program } from "./program.js";
import { checkForModule, programs } from "./programs.js";
import type { ThreadUse } from "./threads/crew.js";
import { startMachine, type MachineSetting } from "./threads/machine.js";

const LIMITS: KernelLimits = Object.freeze({ dtypes: Object.freeze(["f64", "f32"] as const) });

const SUPPORT: BackendSupport = Object.freeze({
  dtypes: LIMITS.dtypes,
  deterministic: true,
  exponentialUlps: 2,
  kernels: Object.freeze(Object.fromEntries(kernelNames.map((kernel) => [kernel, LIMITS]))),
});

/** A tensor's place. */
interface Place {
  readonly block: Block;
  readonly length: number;
}

/** Threads of one backend, at most: no machine of today has so many that a kernel could use. */
const MOST_THREADS = 256;

/** What {@link wasmBackend} takes. */
export interface WasmOptions {
  /** Threads that compute, the calling one included (1 to 256). Every result has the same bytes for any number. Default: 1. */
  readonly threads?: number;
}

/** The backend, and how many threads it has: fewer than asked for where there is no shared memory or no worker, and until they are up. */
export interface WasmBackend extends Backend {
  readonly threads: ThreadUse;
}

/**
 * A backend on WebAssembly with fixed-width SIMD. Deterministic: the same bytes in every engine, on every machine, for any number of
 * threads. It loads synchronously; nothing is fetched. Further threads start by themselves while it computes already.
 * @throws KernelError (`unsupported`) where the engine has no WebAssembly with SIMD, or a page's policy forbids to compile it; DomainError (`threads`).
 */
export function wasmBackend({ threads = 1 }: WasmOptions = {}): WasmBackend {
  requireInteger("threads", threads, { min: 1, max: MOST_THREADS });
  return backendOn({ threads });
}

/** The backend on a machine of that setting. */
export function backendOn(setting: MachineSetting): WasmBackend {
  let loose: (reason: LossReason) => void = () => undefined;
  const lost = new Promise<LossReason>((resolve) => (loose = resolve));
  const machine = startMachine(setting, ({ message }) => {
    loose({ kind: "device-lost", message });
  });
  const { exports, heap, crew } = machine;
  const handles = backendHandles<Place, Program>("the wasm backend", "wasmBackend()");
  const requireWell = (): void => {
    const failure = crew.failure();
    if (failure !== undefined) throw failure;
  };

  const place = (dtype: Dtype, shape: Shape): Place => {
    handles.requireOpen();
    if (!LIMITS.dtypes.includes(dtype)) throw new KernelError({ code: "dtype", what: `dtype ${JSON.stringify(dtype)}`, rule: "the wasm backend computes in f64 and f32", remedy: 'Ask for "f64".' });
    const length = elements(handles.checkedShape(shape));
    return { block: heap.take(length * bytesOf(dtype)), length };
  };

  const backend: WasmBackend = {
    backendVersion: BACKEND_VERSION,
    id: "wasm",
    supports: SUPPORT,
    alloc: (dtype, shape) => {
      const found = place(dtype, shape);
      heap.view(dtype, found.block.at, found.length).fill(Number.NaN);
      return handles.addTensor(dtype, shape, found);
    },
    upload: (data, shape, dtype = "f64") => {
      const found = place(dtype, handles.checkedData(data, shape));
      heap.view(dtype, found.block.at, found.length).set(data);
      return handles.addTensor(dtype, shape, found);
    },
    read: (tensor) =>
      settle(() => {
        const { block, length } = handles.memory(tensor, "the tensor to read");
        requireWell();
        return Float64Array.from(heap.view(tensor.dtype, block.at, length));
      }),
    free: (resource) => {
      const behind = handles.release(resource);
      for (const block of "memory" in behind ? [behind.memory.block] : behind.program.blocks) heap.give(block);
    },
    prepare: <K extends KernelName>(kernel: K, parameters: KernelParameters[K], dtype: Dtype = "f64") =>
      settle(() => {
        handles.requireOpen();
        const shapes = checkedShapes(LIMITS, kernel, parameters, dtype);
        checkForModule(kernel, parameters, dtype);
        return handles.addPlan(kernel, dtype, shapes, programs[kernel]({ exports, heap, dtype, threads: machine.threads, over: machine.over }, plainCopy(parameters)));
      }),
    submit: (plan, inputs, outputs, repeat = 1) => {
      const checked = handles.submission(plan, inputs, outputs, repeat);
      const from = checked.inputs.map(({ block }) => block.at);
      const to = checked.outputs.map(({ block }) => block.at);
      checked.program.run(from[0]!, to[0]!, repeat, from, to);
    },
    flush: () =>
      settle(() => {
        handles.requireOpen();
        requireWell();
      }),
    selfCheck: () => runSelfCheck(backend),
    lost,
    get threads() {
      return crew.use();
    },
    close: () => {
      handles.close();
      crew.end();
      loose({ kind: "closed", message: "the wasm backend was closed by its owner" });
    },
  };
  return Object.freeze(backend);
}

/** The result of `work` as a promise, also when it throws. */
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
