/** @file The reference backend: plain JavaScript in double precision, everywhere, nothing to install. Submissions run at once. */
import { requireInteger } from "@mesoscope/numerics";
import type { Backend, LossReason, Plan, Tensor } from "../backend.js";
import type { Dtype } from "../dtype.js";
import { BACKEND_VERSION } from "../backend.js";
import type { KernelLimits, KernelName, KernelParameters } from "../catalogue.js";
import { catalogueEntry, checkedShapes, kernelNames } from "../catalogue.js";
import { KernelError } from "../kernel-error.js";
import { runSelfCheck } from "../self-check.js";
import type { Shape } from "../shape.js";
import { elements, sameShape, shapeText } from "../shape.js";
import type { Program } from "./programs.js";
import { programs } from "./programs.js";

const LIMITS: KernelLimits = Object.freeze({ dtypes: Object.freeze(["f64"] as const) });

/** A backend that runs on the calling thread. Deterministic: the same bytes on every machine. */
export function referenceBackend(): Backend {
  const memory = new WeakMap<Tensor, Float64Array>();
  const compiled = new WeakMap<Plan, Program>();
  const freed = new WeakSet<Tensor | Plan>();
  let closed = false;
  let loose: (reason: LossReason) => void = () => undefined;
  const lost = new Promise<LossReason>((resolve) => (loose = resolve));

  const requireOpen = (): void => {
    if (closed) throw new KernelError({ code: "closed", what: "the reference backend", rule: "has been closed", remedy: "Make a new one with referenceBackend()." });
  };
  const requireF64 = (dtype: Dtype): void => {
    if (dtype !== "f64") throw new KernelError({ code: "dtype", what: `dtype ${JSON.stringify(dtype)}`, rule: "the reference backend computes in f64 only", remedy: 'Ask for "f64".' });
  };
  const find = <H extends Tensor | Plan, V>(map: WeakMap<H, V>, handle: H, what: string): V => {
    requireOpen();
    if (freed.has(handle)) throw new KernelError({ code: "freed", what, rule: "has been freed", remedy: "Free a handle after its last use only." });
    const found = map.get(handle);
    if (found === undefined) throw new KernelError({ code: "foreign", what, rule: "does not belong to this backend", remedy: "Use handles with the backend that made them; move numbers with read and upload." });
    return found;
  };
  const store = (dtype: Dtype, shape: Shape, fill: (data: Float64Array) => void): Tensor => {
    requireOpen();
    requireF64(dtype);
    for (const [axis, length] of shape.entries()) requireInteger(`shape[${axis}]`, length, { min: 1 });
    const data = new Float64Array(elements(shape));
    fill(data);
    const tensor: Tensor = Object.freeze({ dtype, shape: Object.freeze([...shape]) });
    memory.set(tensor, data);
    return tensor;
  };
  const arrays = (plan: Plan, kind: "input" | "output", given: readonly Tensor[], shapes: readonly Shape[]): Float64Array[] => {
    const name = (index: number): string => `${kind} ${index} of "${plan.kernel}"`;
    if (given.length !== shapes.length) {
      throw new KernelError({ code: "shape", what: `"${plan.kernel}" was given ${given.length} ${kind} tensors`, rule: `takes ${shapes.length}`, remedy: `Give ${shapes.map(shapeText).join(", ")}.` });
    }
    return given.map((tensor, index) => {
      const data = find(memory, tensor, name(index));
      if (!sameShape(tensor.shape, shapes[index]!)) {
        throw new KernelError({
          code: "shape",
          what: `${name(index)} has shape ${shapeText(tensor.shape)}`,
          rule: `the plan was prepared for ${shapeText(shapes[index]!)}`,
          remedy: "Prepare a plan for this size.",
        });
      }
      return data;
    });
  };

  const backend: Backend = {
    backendVersion: BACKEND_VERSION,
    id: "reference",
    supports: Object.freeze({
      dtypes: LIMITS.dtypes,
      deterministic: true,
      exponentialUlps: 2,
      kernels: Object.freeze(Object.fromEntries(kernelNames.map((kernel) => [kernel, LIMITS]))),
    }),
    alloc: (dtype, shape) => store(dtype, shape, (data) => data.fill(Number.NaN)),
    upload: (data, shape, dtype = "f64") => {
      if (data.length !== elements(shape)) {
        throw new KernelError({ code: "shape", what: `data of length ${data.length}`, rule: `shape ${shapeText(shape)} holds ${elements(shape)}`, remedy: "Give the shape of the data, the replica axis first." });
      }
      return store(dtype, shape, (copy) => {
        copy.set(data);
      });
    },
    read: (tensor) => settle(() => find(memory, tensor, "the tensor to read").slice()),
    free: (resource) => {
      if ("kernel" in resource) {
        find(compiled, resource, "the plan to free");
        compiled.delete(resource);
      } else {
        find(memory, resource, "the tensor to free");
        memory.delete(resource);
      }
      freed.add(resource);
    },
    prepare: <K extends KernelName>(kernel: K, parameters: KernelParameters[K], dtype: Dtype = "f64") =>
      settle(() => {
        requireOpen();
        const { inputs, outputs } = checkedShapes(LIMITS, kernel, parameters, dtype);
        const plan: Plan = Object.freeze({ kernel, dtype, inputs, outputs });
        compiled.set(plan, programs[kernel](structuredCopy(parameters)));
        return plan;
      }),
    submit: (plan, inputs, outputs, repeat = 1) => {
      const program = find(compiled, plan, "the plan");
      requireInteger("repeat", repeat, { min: 1 });
      const from = arrays(plan, "input", inputs, plan.inputs);
      const to = arrays(plan, "output", outputs, plan.outputs);
      const { iterates } = catalogueEntry(plan.kernel);
      if (!iterates && repeat !== 1) {
        throw new KernelError({ code: "repeat", what: `repeat = ${repeat}`, rule: `"${plan.kernel}" does not iterate`, remedy: "Submit it once." });
      }
      if (!iterates && inputs.some((tensor) => outputs.includes(tensor))) {
        throw new KernelError({ code: "aliasing", what: `"${plan.kernel}" with the same tensor as input and output`, rule: "only kernels that iterate may write over their input", remedy: "Allocate a tensor for the output." });
      }
      program(from[0]!, to[0]!, repeat);
    },
    flush: () => settle(requireOpen),
    selfCheck: () => runSelfCheck(backend),
    lost,
    close: () => {
      closed = true;
      loose({ kind: "closed", message: "the reference backend was closed by its owner" });
    },
  };
  return Object.freeze(backend);
}

/** The result of `work` as a promise, also when it throws: what may fail on a device never throws synchronously here either. */
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

/** A deep copy, so that a plan does not change with the caller's arrays. */
function structuredCopy<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => structuredCopy(item)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, structuredCopy(item as unknown)])) as T;
}
