/** @file Submissions: repetition, order, batches, determinism. */
import type { Backend, Tensor } from "../backend.js";
import { catalogueEntry, kernelNames } from "../catalogue.js";
import type { KernelName } from "../parameters.js";
import { elements } from "../shape.js";
import { runOnce } from "./agreement.js";
import type { Case } from "./cases.js";
import { cases, inputsOf } from "./cases.js";
import type { BackendLaw } from "./law.js";
import { requireSameBytes } from "./law.js";

/** The kernels this backend has, among those asked for. */
function offered(backend: Backend, iterating: boolean): KernelName[] {
  return kernelNames.filter((kernel) => backend.supports.kernels[kernel] !== undefined && (!iterating || catalogueEntry(kernel).iterates));
}

/** A case with several replicas of several numbers. */
function batchedCase<K extends KernelName>(kernel: K): Case<K> {
  const found = cases[kernel]().find((one) => one.parameters.batch >= 3 && one.input.length > 4 * one.parameters.batch);
  return found ?? cases[kernel]()[0]!;
}

async function checkRepeat(backend: Backend, kernel: KernelName): Promise<void> {
  const { parameters, input } = batchedCase(kernel);
  const shape = catalogueEntry(kernel).shapes(parameters).inputs[0]!;
  const plan = await backend.prepare(kernel, parameters);
  const start = backend.upload(input, shape);
  const once = backend.upload(input, shape);
  const apart = backend.alloc(plan.dtype, shape);
  for (let count = 0; count < 5; count += 1) backend.submit(plan, [once], [once]);
  backend.submit(plan, [start], [apart], 5);
  requireSameBytes(await backend.read(once), await backend.read(apart), `"${kernel}": five submissions in place against one with repeat = 5`);
  backend.submit(plan, [start], [start], 5);
  requireSameBytes(await backend.read(once), await backend.read(start), `"${kernel}": repeat = 5 in place against out of place`);
  for (const handle of [plan, start, once, apart]) backend.free(handle);
}

async function checkBatch(backend: Backend, kernel: KernelName): Promise<void> {
  // Every form of a product has its own way through the memory; of the other kernels one case shows it.
  const several = kernel === "matmul" ? cases[kernel]().filter(({ parameters }) => parameters.batch >= 3) : [batchedCase(kernel)];
  for (const one of several) await checkBatchOf(backend, kernel, one);
}

async function checkBatchOf<K extends KernelName>(backend: Backend, kernel: K, one: Case<K>): Promise<void> {
  const { parameters } = one;
  const { inputs } = catalogueEntry(kernel).shapes(parameters);
  const dtype = backend.supports.kernels[kernel]!.dtypes[0]!;
  const together = await runOnce(backend, kernel, parameters, inputsOf(one), dtype);
  // A replica of several heads comes and goes with all of them.
  const { heads = 1 } = parameters as { readonly heads?: number };
  const replicas = parameters.batch / heads;
  for (let replica = 0; replica < replicas; replica += 1) {
    // What serves all replicas has one entry on its replica axis.
    const data = inputsOf(one).map((numbers, index) => (inputs[index]![0]! >= replicas ? share(numbers, replicas, replica) : numbers));
    const alone = await runOnce(backend, kernel, { ...parameters, batch: heads }, data, dtype);
    for (const [index, output] of together.entries()) {
      requireSameBytes(alone[index]!, share(output, replicas, replica), `"${kernel}" (${one.name}): replica ${replica} alone against the same in a batch of ${replicas}`);
    }
  }
}

/** The numbers of one replica, copied. */
function share(data: Float64Array, batch: number, replica: number): Float64Array {
  const length = data.length / batch;
  return data.slice(replica * length, (replica + 1) * length);
}

/** step, moments, step, moments: the first moments must be of the state between the steps although nothing waited. */
async function checkOrder(backend: Backend): Promise<void> {
  if (backend.supports.kernels["harmonic-step"] === undefined || backend.supports.kernels["harmonic-moments"] === undefined) return;
  const { parameters, input } = batchedCase("harmonic-step");
  const { batch, n } = parameters;
  const step = await backend.prepare("harmonic-step", parameters);
  const moments = await backend.prepare("harmonic-moments", { batch, n, order: 3 });
  const run = async (wait: boolean): Promise<Float64Array[]> => {
    const theta = backend.upload(input, [batch, n]);
    const seen: Tensor[] = [];
    for (let count = 0; count < 3; count += 1) {
      backend.submit(step, [theta], [theta]);
      const z = backend.alloc(moments.dtype, moments.outputs[0]!);
      backend.submit(moments, [theta], [z]);
      seen.push(z);
      if (wait) await backend.flush();
    }
    const read = await Promise.all(seen.map((z) => backend.read(z)));
    for (const tensor of [theta, ...seen]) backend.free(tensor);
    return read;
  };
  const [queued, stepwise] = [await run(false), await run(true)];
  for (const [index, z] of queued.entries()) requireSameBytes(z, stepwise[index]!, `moments after step ${index + 1}, queued against one at a time`);
  backend.free(step);
  backend.free(moments);
}

async function checkDeterminism(backend: Backend, kernel: KernelName): Promise<void> {
  const one = batchedCase(kernel);
  const dtype = backend.supports.kernels[kernel]!.dtypes[0]!;
  const first = await runOnce(backend, kernel, one.parameters, inputsOf(one), dtype);
  const second = await runOnce(backend, kernel, one.parameters, inputsOf(one), dtype);
  for (const [index, output] of first.entries()) requireSameBytes(output, second[index]!, `"${kernel}" run twice`);
}

/** Inputs stay as they were, uploads are copies, reads are copies. */
async function checkMemory(backend: Backend): Promise<void> {
  const dtype = backend.supports.dtypes[0]!;
  const data = Float64Array.of(1, 2, 3, 4, 5, 6);
  const kept = data.slice();
  const tensor = backend.upload(data, [2, 3], dtype);
  data.fill(0);
  const first = await backend.read(tensor);
  requireSameBytes(first, kept, "an upload whose source is changed right after");
  first.fill(9);
  requireSameBytes(await backend.read(tensor), kept, "a second read after the first result was changed");
  backend.free(tensor);
  for (const kernel of offered(backend, false)) {
    const one = batchedCase(kernel);
    const { inputs, outputs } = catalogueEntry(kernel).shapes(one.parameters);
    const plan = await backend.prepare(kernel, one.parameters);
    const from = inputsOf(one).map((numbers, index) => backend.upload(numbers, inputs[index]!));
    const before = await Promise.all(from.map((x) => backend.read(x)));
    const to = outputs.map((shape) => backend.upload(new Float64Array(elements(shape)), shape));
    backend.submit(plan, from, to);
    for (const [index, x] of from.entries()) requireSameBytes(await backend.read(x), before[index]!, `input ${index} of "${kernel}" after its submission`);
    for (const handle of [plan, ...to, ...from]) backend.free(handle);
  }
}

/** Every input that may be an output: the bytes are those of separate outputs. */
async function checkInPlace(backend: Backend, kernel: KernelName): Promise<void> {
  const { inPlace = [], shapes } = catalogueEntry(kernel);
  for (const one of cases[kernel]().filter(({ parameters }) => parameters.batch >= 2)) {
    const { inputs } = shapes(one.parameters);
    const pairs = inPlace.filter(([input]) => input < inputs.length);
    if (pairs.length === 0) continue;
    const apart = await runOnce(backend, kernel, one.parameters, inputsOf(one), backend.supports.kernels[kernel]!.dtypes[0]!);
    const plan = await backend.prepare(kernel, one.parameters);
    const from = inputsOf(one).map((numbers, index) => backend.upload(numbers, inputs[index]!));
    const to = plan.outputs.map((shape, output) => from[pairs.find((pair) => pair[1] === output)?.[0] ?? -1] ?? backend.alloc(plan.dtype, shape));
    backend.submit(plan, from, to);
    for (const [index, output] of to.entries()) requireSameBytes(await backend.read(output), apart[index]!, `output ${index} of "${kernel}" (${one.name}) in place of an input`);
    for (const handle of new Set([plan, ...to, ...from])) backend.free(handle);
  }
}

/** Laws of the queue and of the memory. */
export const queueLaws: readonly BackendLaw[] = [
  {
    name: "repeat = k writes the bytes of k submissions, in place or not",
    check: async (backend: Backend): Promise<void> => {
      for (const kernel of offered(backend, true)) await checkRepeat(backend, kernel);
    },
  },
  {
    name: "a replica has the same bytes alone and in a batch",
    check: async (backend: Backend): Promise<void> => {
      for (const kernel of offered(backend, false)) await checkBatch(backend, kernel);
    },
  },
  { name: "submissions take effect in their order, whether or not anyone waits between them", check: checkOrder },
  {
    name: "a deterministic backend gives the same bytes twice",
    check: async (backend: Backend): Promise<void> => {
      if (backend.supports.deterministic) for (const kernel of offered(backend, false)) await checkDeterminism(backend, kernel);
    },
  },
  {
    name: "an output in place of an input, where the catalogue allows it, holds the bytes of a separate one",
    check: async (backend: Backend): Promise<void> => {
      for (const kernel of offered(backend, false)) await checkInPlace(backend, kernel);
    },
  },
  { name: "uploads and reads are copies, and inputs are left as they were", check: checkMemory },
];
