/**
 * @file Times of the section `arrays`: products of the wasm backend against what 128-bit vectors can do at most, and the other kernels on plain arrays against the plain code of
 * the reference backend, one thread, in turns. The ceiling is measured in the same run: twelve chains of a product and an addition in registers, no memory, in a
 * module made here.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { built, root } from "../turns/built.mjs";

const numerics = await built("numerics");
const kernels = await built("kernels");
const { wasmBackend } = await built("backend-wasm");

const names = "abcdefghijkl";
const CEILING = `
export function chains(count: i32): f64 {
  const y = f64x2.splat(1.1), z = f64x2.splat(0.1);
  let ${[...names].map((name) => `${name} = f64x2.splat(0)`).join(", ")};
  for (let turn = 0; turn < count; turn++) {
    ${[...names].map((name) => `${name} = f64x2.add(f64x2.mul(${name}, z), y);`).join("\n    ")}
  }
  return f64x2.extract_lane(${[...names].reduce((sum, name) => `f64x2.add(${sum}, ${name})`, "y")}, 0);
}`;

/** Gigaflops of one call of the chains. */
async function ceilingModule() {
  const asc = await import(pathToFileURL(join(root, "packages/backend-wasm/node_modules/assemblyscript/dist/asc.js")));
  const { error, binary } = await asc.default.compileString(CEILING, { optimizeLevel: 3, noAssert: true, runtime: "stub", enable: ["simd"] });
  if (error) throw error;
  const { chains } = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { abort: () => undefined } }).exports;
  const count = 200_000;
  warm(() => chains(count));
  return () => (2 * 2 * names.length * count) / seconds(() => chains(count)) / 1e9;
}

/** Until an engine has compiled what it runs for the last time. */
function warm(work) {
  const start = performance.now();
  while (performance.now() - start < 80) work();
}

function seconds(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1e3;
}

/** A plan with its tensors, as a function that gives seconds a submission, over as many as last a millisecond. */
async function prepared(backend, kernel, parameters, dtype, inputs) {
  const plan = await backend.prepare(kernel, parameters, dtype);
  const from = inputs.map((data, index) => backend.upload(data, plan.inputs[index], dtype));
  const to = plan.outputs.map((shape) => backend.alloc(dtype, shape));
  const once = () => backend.submit(plan, from, to);
  warm(once);
  const repeat = Math.max(1, Math.ceil(1e-3 / seconds(once)));
  return () => seconds(() => { for (let i = 0; i < repeat; i++) once(); }) / repeat;
}

function normal(length, ...name) {
  return numerics.key("array kernels").fold(...name).stream().fillNormal(new Float64Array(length));
}

/** (batch, m, k, n), form. */
const PRODUCTS = [
  [[1, 64, 64, 64], {}],
  [[1, 128, 128, 128], {}],
  [[1, 256, 256, 256], {}],
  [[1, 256, 256, 256], { transposeA: true }],
  [[1, 256, 256, 256], { transposeB: true }],
  [[64, 6, 64, 64], {}],
  [[64, 6, 64, 64], { shareB: true }],
  [[256, 8, 64, 8], { transposeB: true }],
  [[256, 4, 64, 4], { transposeB: true }],
  [[256, 2, 64, 2], { transposeB: true }],
];

/** Gigaflops in f64 and f32, and the most that the ceiling was in the blocks between. */
async function product(ceiling, [batch, m, k, n], form, blocks) {
  const inputs = [normal(batch * m * k, "a", m), normal((form.shareB ? 1 : batch) * k * n, "b", n)];
  const runs = [];
  for (const dtype of ["f64", "f32"]) runs.push(await prepared(wasmBackend(), "matmul", { batch, m, k, n, ...form }, dtype, inputs));
  const best = [Infinity, Infinity];
  let most = 0;
  for (let block = 0; block < blocks; block++) {
    most = Math.max(most, ceiling());
    for (const [at, run] of runs.entries()) best[at] = Math.min(best[at], run());
  }
  return { size: `${batch} of (${m}, ${k}, ${n})`, form: Object.keys(form).join(", "), rates: best.map((time) => (2 * batch * m * k * n) / time / 1e9), ceiling: most };
}

/** Kernel, what is special, parameters, inputs. */
function others() {
  const [batch, n, m] = [64, 64, 64];
  const rows = { batch, n, m };
  const [x, g] = [normal(batch * n * m, "x"), normal(batch * n * m, "g")];
  const squares = x.map((value) => value * value);
  const keys = kernels.keyHalves([numerics.key("array kernels")]);
  const rates = Float64Array.from({ length: 3 * batch }, (_, at) => [0.01, 1, 1][at % 3]);
  return [
    ["row-softmax", "", rows, [x]],
    ["row-softmax", "causal", { ...rows, causal: true }, [x]],
    ["row-softmax-backward", "", rows, [squares, g]],
    ["row-normalise", "", { ...rows, epsilon: 1e-5 }, [x]],
    ["row-normalise-backward", "", { ...rows, epsilon: 1e-5 }, [x, g]],
    ...["relu", "erf", "gelu", "tanh"].flatMap((name) => [
      ["activation", name, { batch, n: n * m, name }, [x]],
      ["activation-backward", name, { batch, n: n * m, name }, [x, g]],
    ]),
    ["linear-combination", "", { batch, n: n * m, a: 0.3, b: 0.7 }, [x, g]],
    ["adam-step", "", { batch, n: n * m, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, [x, g, g, squares, rates]],
    ["swap-axes", "", { batch, a: 64, b: 4, c: 16 }, [x]],
    ["normals", "", { batch: 1, n: 100_000 }, [keys]],
    ...[[20, 0.3], [100, 0.3], [10_000, 0.5]].map(([trials, p]) => ["binomials", `${trials} trials, p = ${p}`, { batch: 1, n: 20_000, trials }, [keys, new Float64Array(20_000).fill(p)]]),
  ];
}

/** Nanoseconds a number of the first output: reference, wasm in f64, wasm in f32. */
async function other([kernel, special, parameters, inputs], blocks) {
  const runs = [];
  for (const [backend, dtype] of [[kernels.referenceBackend(), "f64"], [wasmBackend(), "f64"], [wasmBackend(), "f32"]]) runs.push(await prepared(backend, kernel, parameters, dtype, inputs));
  const best = runs.map(() => Infinity);
  for (let block = 0; block < blocks; block++) for (const [at, run] of runs.entries()) best[at] = Math.min(best[at], run());
  const numbers = kernels.elements(kernels.catalogueEntry(kernel).shapes(parameters).outputs[0]);
  return { kernel, special, times: best.map((time) => (1e9 * time) / numbers) };
}

export async function measure({ quick, blocks, progress }) {
  const ceiling = await ceilingModule();
  const result = { products: [], others: [] };
  // Thrown away: an engine on a busy machine compiles a module for the last time when it finds the time.
  for (let start = performance.now(); performance.now() - start < 2000; ) await product(ceiling, ...PRODUCTS[0], 1);
  for (const [size, form] of quick ? PRODUCTS.slice(1, 3) : PRODUCTS) {
    progress(`products: ${size.join(", ")}`);
    result.products.push(await product(ceiling, size, form, blocks));
  }
  for (const one of others()) {
    progress(`others: ${one[0]}`);
    result.others.push(await other(one, blocks));
  }
  return result;
}
