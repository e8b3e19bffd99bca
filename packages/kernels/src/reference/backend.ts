/** @file The reference backend: plain JavaScript in double precision, everywhere, nothing to install. Submissions run at once. */
import type { Backend, LossReason } from "../backend.js";
import type { Dtype } from "../dtype.js";
import { BACKEND_VERSION } from "../backend.js";
import type { KernelLimits, KernelName, KernelParameters } from "../catalogue.js";
import { checkedShapes, kernelNames } from "../catalogue.js";
import { backendHandles } from "../handles.js";
import { KernelError } from "../kernel-error.js";
import { plainCopy } from "../plain-copy.js";
import { runSelfCheck } from "../self-check.js";
import type { Shape } from "../shape.js";
import { elements } from "../shape.js";
import type { Program } from "./program.js";
import { programs } from "./programs.js";

const LIMITS: KernelLimits = Object.freeze({ dtypes: Object.freeze(["f64"] as const) });

/** A backend that runs on the calling thread. Deterministic: the same bytes on every machine. */
export function referenceBackend(): Backend {
  const handles = backendHandles<Float64Array, Program>("the reference backend", "referenceBackend()");
  let loose: (reason: LossReason) => void = () => undefined;
  const lost = new Promise<LossReason>((resolve) => (loose = resolve));

  const memory = (dtype: Dtype, shape: Shape): Float64Array => {
    handles.requireOpen();
    if (dtype !== "f64") throw new KernelError({ code: "dtype", what: `dtype ${JSON.stringify(dtype)}`, rule: "the reference backend computes in f64 only", remedy: 'Ask for "f64".' });
    return new Float64Array(elements(handles.checkedShape(shape)));
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
    alloc: (dtype, shape) => handles.addTensor(dtype, shape, memory(dtype, shape).fill(Number.NaN)),
    upload: (data, shape, dtype = "f64") => {
      const copy = memory(dtype, handles.checkedData(data, shape));
      copy.set(data);
      return handles.addTensor(dtype, shape, copy);
    },
    read: (tensor) => settle(() => handles.memory(tensor, "the tensor to read").slice()),
    free: (resource) => {
      handles.release(resource);
    },
    prepare: <K extends KernelName>(kernel: K, parameters: KernelParameters[K], dtype: Dtype = "f64") =>
      settle(() => {
        handles.requireOpen();
        const shapes = checkedShapes(LIMITS, kernel, parameters, dtype);
        return handles.addPlan(kernel, dtype, shapes, programs[kernel](plainCopy(parameters)));
      }),
    submit: (plan, inputs, outputs, repeat = 1) => {
      const checked = handles.submission(plan, inputs, outputs, repeat);
      checked.program(checked.inputs[0]!, checked.outputs[0]!, repeat, checked.inputs, checked.outputs);
    },
    flush: () => settle(handles.requireOpen),
    selfCheck: () => runSelfCheck(backend),
    lost,
    close: () => {
      handles.close();
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
