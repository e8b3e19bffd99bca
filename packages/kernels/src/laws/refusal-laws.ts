/** @file What is wrong is refused with a code, and nothing is changed by it. */
import type { Backend, Plan, Tensor } from "../backend.js";
import { BACKEND_VERSION } from "../backend.js";
import { catalogueEntry, kernelNames } from "../catalogue.js";
import type { Dtype } from "../dtype.js";
import type { KernelName } from "../parameters.js";
import { elements, sameShape } from "../shape.js";
import { cases } from "./cases.js";
import type { BackendLaw } from "./law.js";
import { LawError, requireRefusal, requireSameBytes } from "./law.js";

interface Bench {
  readonly plan: Plan;
  readonly x: Tensor;
  readonly y: Tensor;
}

/** A moments plan with its tensors: every backend that can do anything on the circle has it; otherwise the first kernel it has. */
async function withBench(backend: Backend, use: (bench: Bench) => Promise<void>): Promise<void> {
  const kernel: KernelName = backend.supports.kernels["harmonic-moments"] === undefined ? kernelNames.find((name) => backend.supports.kernels[name] !== undefined)! : "harmonic-moments";
  const { parameters, input } = cases[kernel]()[0]!;
  const plan = await backend.prepare(kernel, parameters);
  const x = backend.upload(input, plan.inputs[0]!);
  const y = backend.alloc(plan.dtype, plan.outputs[0]!);
  try {
    await use({ plan, x, y });
  } finally {
    for (const handle of [plan, x, y]) backend.free(handle);
  }
}

async function checkLifetime(backend: Backend): Promise<void> {
  await withBench(backend, async ({ plan, x, y }) => {
    const gone = backend.upload(await backend.read(x), x.shape);
    backend.submit(plan, [gone], [y]);
    backend.free(gone);
    await requireRefusal(["freed"], "a freed tensor as input", () => {
      backend.submit(plan, [gone], [y]);
    });
    await requireRefusal(["freed"], "reading a freed tensor", () => backend.read(gone));
    await requireRefusal(["freed"], "freeing a tensor twice", () => {
      backend.free(gone);
    });
    const foreign: Tensor = { dtype: x.dtype, shape: x.shape };
    await requireRefusal(["foreign"], "a tensor of nobody", () => {
      backend.submit(plan, [foreign], [y]);
    });
    const other = await backend.prepare("harmonic-moments", { batch: 1, n: 3, order: 1 }).catch(() => undefined);
    if (other === undefined) return;
    backend.free(other);
    await requireRefusal(["freed"], "a freed plan", () => {
      backend.submit(other, [x], [y]);
    });
  });
}

async function checkShapes(backend: Backend): Promise<void> {
  await withBench(backend, async ({ plan, x, y }) => {
    const wrong = backend.upload(new Float64Array(1009), [1009], plan.dtype);
    const marked = backend.upload(new Float64Array(y.shape.reduce((a, b) => a * b, 1)).fill(7), y.shape, plan.dtype);
    const before = await backend.read(marked);
    await requireRefusal(["shape"], "an input of another size", () => {
      backend.submit(plan, [wrong], [marked]);
    });
    await requireRefusal(["shape"], "too few inputs", () => {
      backend.submit(plan, [], [marked]);
    });
    await requireRefusal(["shape"], "an output of another size", () => {
      backend.submit(plan, [x], [wrong]);
    });
    await requireRefusal(["shape"], "data that do not fill their shape", () => backend.upload(new Float64Array(3), [2, 2], plan.dtype));
    await requireRefusal(["repeat"], "repeat = 2 of a kernel that does not iterate", () => {
      backend.submit(plan, [x], [marked], 2);
    });
    await requireRefusal(["parameters"], "repeat = 0", () => {
      backend.submit(plan, [x], [marked], 0);
    });
    requireSameBytes(await backend.read(marked), before, "an output after refused submissions");
    const flat = backend.upload(await backend.read(x), [elements(x.shape)], plan.dtype);
    backend.submit(plan, [x], [y]);
    backend.submit(plan, [flat], [marked]);
    requireSameBytes(await backend.read(marked), await backend.read(y), "numbers given flat against the same in the shape of the plan");
    for (const tensor of [wrong, marked, flat]) backend.free(tensor);
  });
}

/** A kernel with tensors of another dtype than the plan's, where a backend has two. */
async function checkDtypes(backend: Backend): Promise<void> {
  for (const kernel of kernelNames) {
    const [first, other] = backend.supports.kernels[kernel]?.dtypes ?? [];
    if (first === undefined || other === undefined) continue;
    const plan = await backend.prepare(kernel, cases[kernel]()[0]!.parameters, first);
    const given = (dtype: Dtype): Tensor[] => plan.inputs.map((shape) => backend.alloc(dtype, shape));
    const made = (dtype: Dtype): Tensor[] => plan.outputs.map((shape) => backend.alloc(dtype, shape));
    const [x, y, wrongX, wrongY] = [given(first), made(first), given(other), made(other)];
    await requireRefusal(["dtype"], `an input of ${other} to "${kernel}" in ${first}`, () => {
      backend.submit(plan, wrongX, y);
    });
    await requireRefusal(["dtype"], `an output of ${other} to "${kernel}" in ${first}`, () => {
      backend.submit(plan, x, wrongY);
    });
    for (const handle of [plan, ...y, ...wrongY, ...x, ...wrongX]) backend.free(handle);
  }
}

/** Every input as every output of the same shape, and one tensor as two outputs, where the catalogue does not allow it. */
async function checkAliasing(backend: Backend): Promise<void> {
  for (const kernel of kernelNames) {
    if (backend.supports.kernels[kernel] === undefined) continue;
    const { iterates, inPlace = iterates ? [[0, 0]] : [] } = catalogueEntry(kernel);
    const plan = await backend.prepare(kernel, cases[kernel]()[0]!.parameters);
    const from = plan.inputs.map((shape) => backend.alloc(plan.dtype, shape));
    const to = plan.outputs.map((shape) => backend.alloc(plan.dtype, shape));
    for (const [input, tensor] of from.entries()) {
      for (const output of to.keys()) {
        if (!sameShape(plan.inputs[input]!, plan.outputs[output]!) || inPlace.some(([i, o]) => i === input && o === output)) continue;
        await requireRefusal(["aliasing"], `"${kernel}" with input ${input} as output ${output}`, () => {
          backend.submit(plan, from, to.with(output, tensor));
        });
      }
    }
    if (to.length > 1) {
      await requireRefusal(["aliasing"], `"${kernel}" with one tensor as two outputs`, () => {
        backend.submit(plan, from, to.with(1, to[0]!));
      });
    }
    for (const handle of [plan, ...from, ...to]) backend.free(handle);
  }
}

async function checkParameters(backend: Backend): Promise<void> {
  await requireRefusal(["unknown-kernel"], "a kernel that is not in the catalogue", () => backend.prepare("no-such-kernel" as KernelName, { batch: 1, n: 1, order: 1 }));
  await requireRefusal(["unknown-kernel"], 'a kernel named "__proto__"', () => backend.prepare("__proto__" as KernelName, { batch: 1, n: 1, order: 1 }));
  for (const kernel of kernelNames) {
    const { parameters } = cases[kernel]()[0]!;
    if (backend.supports.kernels[kernel] === undefined) {
      await requireRefusal(["unsupported"], `"${kernel}", which is not offered,`, () => backend.prepare(kernel, parameters));
      continue;
    }
    for (const size of ["n", "m", "k", "d", "e", "c", "order", "degree", "trials"].filter((name) => name in parameters)) {
      await requireRefusal(["parameters"], `"${kernel}" with ${size} = -1`, () => backend.prepare(kernel, { ...parameters, [size]: -1 }));
    }
    await requireRefusal(["parameters"], `"${kernel}" with batch = 1.5`, () => backend.prepare(kernel, { ...parameters, batch: 1.5 }));
    if ("beta" in parameters) await requireRefusal(["parameters"], `"${kernel}" with beta = 1e400`, () => backend.prepare(kernel, { ...parameters, beta: 1e400 }));
    if ("dt" in parameters) await requireRefusal(["parameters"], `"${kernel}" with dt = NaN`, () => backend.prepare(kernel, { ...parameters, dt: Number.NaN }));
  }
}

/** Laws of refusal, and of what a backend says of itself. */
export const refusalLaws: readonly BackendLaw[] = [
  {
    name: `it says backendVersion ${BACKEND_VERSION}, an id, at least one dtype and one kernel`,
    check: (backend: Backend): Promise<void> => {
      const said = Object.is(backend.backendVersion, BACKEND_VERSION) && backend.id.length > 0 && backend.supports.dtypes.length > 0 && Object.keys(backend.supports.kernels).length > 0;
      return said ? Promise.resolve() : Promise.reject(new LawError("the backend does not say what it is"));
    },
  },
  { name: "freed and foreign handles are refused", check: checkLifetime },
  { name: "wrong sizes and repetitions are refused and change nothing", check: checkShapes },
  { name: "tensors of another dtype than the plan's are refused", check: checkDtypes },
  { name: "a tensor that is input and output where the catalogue does not allow it is refused", check: checkAliasing },
  { name: "wrong kernels and parameters are refused", check: checkParameters },
  {
    name: "its self-check passes",
    check: async (backend: Backend): Promise<void> => {
      const { passed, lines } = await backend.selfCheck();
      if (!passed) throw new LawError(lines.filter((line) => !line.passed).map((line) => line.message).join("; "));
    },
  },
];
