/** @file Kernels whose f64 bits are those of the reference: what one computes number by number, and sums that run in the order of plain loops. */
import { activations, activationSlopes, cases, catalogueEntry, inputsOf, keyHalves, referenceBackend, type ActivationName, type Backend, type Case, type KernelName } from "@mesoscope/kernels";
import { drawBinomial, key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { wasmBackend } from "../src/index.js";

const SAME: readonly KernelName[] = ["matmul", "swap-axes", "activation", "activation-backward", "linear-combination", "adam-step", "normals", "binomials", "exp", "tanh"];

async function run<K extends KernelName>(backend: Backend, kernel: K, one: Case<K>): Promise<Float64Array[]> {
  const { inputs, outputs } = catalogueEntry(kernel).shapes(one.parameters);
  const plan = await backend.prepare(kernel, one.parameters);
  const to = outputs.map((shape) => backend.alloc("f64", shape));
  backend.submit(plan, inputsOf(one).map((numbers, index) => backend.upload(numbers, inputs[index]!)), to);
  return Promise.all(to.map((tensor) => backend.read(tensor)));
}

function bitsOf(numbers: Float64Array): BigUint64Array {
  return new BigUint64Array(numbers.buffer, numbers.byteOffset, numbers.length);
}

test.each(SAME)("%s on all cases of the laws", async (kernel) => {
  const [wasm, reference] = [wasmBackend(), referenceBackend()];
  for (const one of cases[kernel]() as readonly Case<KernelName>[]) {
    const [here, there] = [await run(wasm, kernel, one), await run(reference, kernel, one)];
    for (const [index, output] of here.entries()) expect(bitsOf(output), one.name).toEqual(bitsOf(there[index]!));
  }
});

const SPECIAL = [0, -0, 5e-324, -1e-310, 1e-200, 0.7071067811865475, 0.7071067811865476, -0.7071067811865476, 0.35355339059327373, -0.35355339059327384, 1.1313708498984762, 7.0710678118654755, 7.071067811865474, -7.0710678118654755];
const FAR = [8.48528137423857, -8.48528137423857, 37.4, -37.4, -38.5, -38.6, 38.6, 40, -40, 1e4, -1e4, 1e155, -1e155, 1e300, -1e300, Infinity, -Infinity, NaN];

describe("activations", () => {
  test.each(["relu", "erf", "gelu", "tanh"] satisfies ActivationName[])("%s and its derivative: a hundred thousand numbers, and every corner beside every other", async (name) => {
    const stream = key("activations").fold(name).stream();
    const corners = [...SPECIAL, ...FAR];
    const spread = Array.from({ length: 100_000 }, (_, i) => stream.normal() * [1e-3, 0.5, 1, 1, 2, 5, 12][i % 7]!);
    const x = Float64Array.from([...corners, ...corners.flatMap((one) => [one, 0.3]), 0.7, ...corners.flatMap((one) => [one, -3]), ...corners.flatMap((one) => [one, -9]), ...spread]);
    const n = x.length;
    const backend = wasmBackend();
    const [from, g, y, dx] = [backend.upload(x, [1, n]), backend.upload(new Float64Array(n).fill(1), [1, n]), backend.alloc("f64", [1, n]), backend.alloc("f64", [1, n])];
    backend.submit(await backend.prepare("activation", { batch: 1, n, name }), [from], [y]);
    backend.submit(await backend.prepare("activation-backward", { batch: 1, n, name }), [from, g], [dx]);
    const different = (got: Float64Array, f: (x: number) => number): string[] =>
      Array.from(x, (value, i) => (Object.is(got[i], f(value)) ? "" : `${name}(${value}) = ${got[i]!}, not ${f(value)}`)).filter((line) => line !== "");
    expect(different(await backend.read(y), activations[name])).toEqual([]);
    expect(different(await backend.read(dx), activationSlopes[name])).toEqual([]);
  });
});

test("normals of a long stream, tails included, from an odd place across the end of a 32-bit counter", async () => {
  const one = key("long stream");
  const n = 300_001;
  for (const first of [0, 7, 2 ** 33 - 4001]) {
    const backend = wasmBackend();
    const z = backend.alloc("f64", [1, n]);
    backend.submit(await backend.prepare("normals", { batch: 1, n, first }), [backend.upload(keyHalves([one]), [1, 4])], [z]);
    const stream = one.stream();
    stream.seek(2 * first);
    expect(bitsOf(await backend.read(z))).toEqual(bitsOf(stream.fillNormal(new Float64Array(n))));
  }
});

test("binomial counts of every method, mean and number of trials, with all uniforms in their order", async () => {
  const backend = wasmBackend();
  for (const trials of [1, 5, 19, 40, 200, 3000, 1e6, 2 ** 40, 2 ** 53 - 1]) {
    const one = key("binomials").fold(trials);
    const uniforms = one.fold("probabilities").stream();
    const n = 20_000;
    const p = Float64Array.from({ length: n }, (_, i) => [uniforms.uniform(), 20 * uniforms.uniform() / trials, uniforms.uniform() ** 8, 1 - uniforms.uniform() ** 8][i % 4]!).map((value) => Math.min(1, value));
    const counts = backend.alloc("f64", [1, n]);
    backend.submit(await backend.prepare("binomials", { batch: 1, n, trials }), [backend.upload(keyHalves([one]), [1, 4]), backend.upload(p, [1, n])], [counts]);
    const stream = one.stream();
    expect(bitsOf(await backend.read(counts))).toEqual(bitsOf(p.map((value) => drawBinomial(stream, trials, value))));
  }
});

test("a product has the same bits however its rows come to be computed", async () => {
  // A batch with a shared operand, the same as one large product, and each replica alone.
  const [batch, m, k, n] = [5, 7, 70, 150];
  const stream = key("products").stream();
  const [a, b] = [stream.fillNormal(new Float64Array(batch * m * k)), stream.fillNormal(new Float64Array(k * n))];
  const backend = wasmBackend();
  const product = async (parameters: { batch: number; m: number; shareB?: boolean }, x: Float64Array): Promise<Float64Array> => {
    const plan = await backend.prepare("matmul", { k, n, ...parameters });
    const c = backend.alloc("f64", plan.outputs[0]!);
    backend.submit(plan, [backend.upload(x, plan.inputs[0]!), backend.upload(b, plan.inputs[1]!)], [c]);
    return backend.read(c);
  };
  const whole = await product({ batch: 1, m: batch * m }, a);
  expect(await product({ batch, m, shareB: true }, a)).toEqual(whole);
  for (let replica = 0; replica < batch; replica += 1) {
    expect(await product({ batch: 1, m }, a.subarray(replica * m * k, (replica + 1) * m * k))).toEqual(whole.subarray(replica * m * n, (replica + 1) * m * n));
  }
});
