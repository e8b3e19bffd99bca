/**
 * @file Speed of the kernels on plain arrays on the wasm backend, one thread: products against what 128-bit vectors can do at most, the others against the
 * plain code of the reference backend, in turns.
 *
 *   node tooling/bench/src/array-kernels.mjs [--blocks N] [--write]
 *
 * Needs built packages. The ceiling is measured in the same run: twelve chains of a product and an addition in registers, no memory, in a module made here.
 * --write renews the section "Products, rows, draws" of docs/kernel-speed.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({ options: { blocks: { type: "string", default: "15" }, write: { type: "boolean", default: false } } });
const load = (name) => import(pathToFileURL(join(root, "packages", name, "dist/index.js")));
const [numerics, kernels, { wasmBackend }] = [await load("numerics"), await load("kernels"), await load("backend-wasm")];

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

const blocks = Number(options.blocks);
const ceiling = await ceilingModule();

async function productLine(batch, m, k, n, form, title) {
  const inputs = [normal(batch * m * k, "a", m), normal((form.shareB ? 1 : batch) * k * n, "b", n)];
  const runs = [];
  for (const dtype of ["f64", "f32"]) runs.push(await prepared(wasmBackend(), "matmul", { batch, m, k, n, ...form }, dtype, inputs));
  const best = [Infinity, Infinity];
  let most = 0;
  for (let block = 0; block < blocks; block++) {
    most = Math.max(most, ceiling());
    runs.forEach((run, at) => { best[at] = Math.min(best[at], run()); });
  }
  const rate = (at) => (2 * batch * m * k * n) / best[at] / 1e9;
  const share = (at, top) => `${rate(at).toFixed(1)} (${((100 * rate(at)) / top).toFixed(0)} %)`;
  return `| ${batch} x (${m} x ${k})(${k} x ${n}) | ${title} | ${share(0, most)} | ${share(1, 2 * most)} |`;
}

const products = [];
for (const size of [64, 128, 256]) products.push(await productLine(1, size, size, size, {}, ""));
products.push(await productLine(1, 256, 256, 256, { transposeA: true }, "A transposed"), await productLine(1, 256, 256, 256, { transposeB: true }, "B transposed"));
products.push(await productLine(64, 6, 64, 64, {}, ""), await productLine(64, 6, 64, 64, { shareB: true }, "B shared"), await productLine(256, 4, 64, 4, { transposeB: true }, "B transposed"), await productLine(256, 8, 64, 8, { transposeB: true }, "B transposed"), await productLine(256, 2, 64, 2, { transposeB: true }, "B transposed"));

async function otherLine(kernel, parameters, title, inputs) {
  const forms = [[kernels.referenceBackend(), "f64"], [wasmBackend(), "f64"], [wasmBackend(), "f32"]];
  const runs = [];
  for (const [backend, dtype] of forms) runs.push(await prepared(backend, kernel, parameters, dtype, inputs));
  const best = [Infinity, Infinity, Infinity];
  for (let block = 0; block < blocks; block++) runs.forEach((run, at) => { best[at] = Math.min(best[at], run()); });
  const { outputs } = kernels.catalogueEntry(kernel).shapes(parameters);
  const numbers = kernels.elements(outputs[0]);
  return `| \`${kernel}\` | ${title} | ${best.map((time) => ((1e9 * time) / numbers).toFixed(2)).join(" | ")} | ${(best[0] / best[1]).toFixed(1)} | ${(best[0] / best[2]).toFixed(1)} |`;
}

const [batch, n, m] = [64, 64, 64];
const rows = { batch, n, m };
const [x, g] = [normal(batch * n * m, "x"), normal(batch * n * m, "g")];
const squares = x.map((value) => value * value);
const keys = kernels.keyHalves([numerics.key("array kernels")]);
const others = [
  await otherLine("row-softmax", rows, "", [x]),
  await otherLine("row-softmax", { ...rows, causal: true }, "causal", [x]),
  await otherLine("row-softmax-backward", rows, "", [squares, g]),
  await otherLine("row-normalise", { ...rows, epsilon: 1e-5 }, "", [x]),
  await otherLine("row-normalise-backward", { ...rows, epsilon: 1e-5 }, "", [x, g]),
];
for (const name of ["relu", "erf", "gelu", "tanh"]) {
  others.push(await otherLine("activation", { batch, n: n * m, name }, name, [x]), await otherLine("activation-backward", { batch, n: n * m, name }, name, [x, g]));
}
const rates = Float64Array.from({ length: 3 * batch }, (_, at) => [0.01, 1, 1][at % 3]);
others.push(
  await otherLine("linear-combination", { batch, n: n * m, a: 0.3, b: 0.7 }, "", [x, g]),
  await otherLine("adam-step", { batch, n: n * m, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, "", [x, g, g, squares, rates]),
  await otherLine("swap-axes", { batch, a: 64, b: 4, c: 16 }, "", [x]),
  await otherLine("normals", { batch: 1, n: 100_000 }, "", [keys]),
);
for (const [trials, p] of [[20, 0.3], [100, 0.3], [10_000, 0.5]]) others.push(await otherLine("binomials", { batch: 1, n: 20_000, trials }, `${trials} trials, p = ${p}`, [keys, new Float64Array(20_000).fill(p)]));

const text = `## Products, rows, draws

\`matmul\` on the wasm backend, one thread, in gigaflops and as a share of the ceiling: twelve chains of a 128-bit product and addition in registers, measured in turns with it.

Measured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} shared cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node ${process.versions.node}; ceiling of f64 ${ceiling().toFixed(0)} Gflop/s.

| product | form | f64 | f32 |
| --- | --- | ---: | ---: |
${products.join("\n")}

The other kernels on arrays: nanoseconds a number, against the plain code of the reference backend in the same run.

| kernel | | reference f64 | wasm f64 | wasm f32 | times as fast, f64 | f32 |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
${others.join("\n")}

Written by \`node tooling/bench/src/array-kernels.mjs --write\`.
`;
console.log(text);
if (options.write) {
  const file = join(root, "docs/kernel-speed.md");
  const sections = readFileSync(file, "utf8").split(/^(?=## )/m).filter((section) => !section.startsWith("## Products, rows, draws"));
  writeFileSync(file, `${[...sections, text].map((section) => section.trimEnd()).join("\n\n")}\n`);
}
