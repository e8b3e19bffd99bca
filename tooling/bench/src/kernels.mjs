/**
 * @file Speed of the attention drift on the wasm backend against plain JavaScript, the reference backend and NumPy, one thread, in one
 * interleaved run. What is timed has been checked first: every competitor's drift must be that of the reference.
 *
 *   node tooling/bench/src/kernels.mjs [--blocks N] [--sizes 512x3,2048x16] [--write]
 *
 * Needs built packages; NumPy's columns need Debian's python3-numpy (PYTHON names another interpreter) and stay empty without it.
 * --write renews docs/kernel-speed.md. Times are of the processor, not of the clock: a busy machine lengthens them less.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { pythonRival } from "./python-rival.mjs";

const BETA = 2;
const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({
  options: { blocks: { type: "string", default: "21" }, sizes: { type: "string", default: "512x3,2048x3,2048x16,2048x128,8192x16" }, write: { type: "boolean", default: false } },
});
const load = (name) => import(pathToFileURL(join(root, "packages", name, "dist/index.js")));
const [numerics, kernels, { wasmBackend }] = [await load("numerics"), await load("kernels"), await load("backend-wasm")];

function unitTokens(n, d) {
  const x = numerics.key("kernel speed").fold(n, d).stream().fillNormal(new Float64Array(n * d));
  for (let at = 0; at < x.length; at += d) {
    const row = x.subarray(at, at + d);
    const length = Math.sqrt(row.reduce((square, value) => square + value * value, 0));
    for (let k = 0; k < d; k++) row[k] /= length;
  }
  return x;
}

/** The drift as anyone would write it: loops, Math.exp, nothing shared between rows. */
function plainDrift(x, n, d, beta, out) {
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let top = -Infinity;
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let k = 0; k < d; k++) dot += x[i * d + k] * x[j * d + k];
      weights[j] = beta * dot;
      if (weights[j] > top) top = weights[j];
    }
    let sum = 0;
    for (let k = 0; k < d; k++) out[i * d + k] = 0;
    for (let j = 0; j < n; j++) {
      const w = Math.exp(weights[j] - top);
      sum += w;
      for (let k = 0; k < d; k++) out[i * d + k] += w * x[j * d + k];
    }
    let along = 0;
    for (let k = 0; k < d; k++) along += x[i * d + k] * out[i * d + k];
    for (let k = 0; k < d; k++) out[i * d + k] = (out[i * d + k] - along * x[i * d + k]) / sum;
  }
}

function processorSeconds(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

async function onBackend(backend, x, n, d, dtype) {
  const plan = await backend.prepare("attention-drift", { batch: 1, n, d, flow: "SA", beta: BETA }, dtype);
  const [from, to] = [backend.upload(x, [1, n, d], dtype), backend.alloc(dtype, [1, n, d])];
  return {
    run: () => processorSeconds(() => backend.submit(plan, [from], [to])),
    drift: () => backend.read(to),
    free: () => [plan, from, to].forEach((handle) => backend.free(handle)),
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

function requireSame(title, drift, truth, tolerance) {
  drift.forEach((value, at) => {
    if (!(Math.abs(value - truth[at]) < tolerance)) throw new RangeError(`${title}: element ${at} is ${value}, must be ${truth[at]}: not the same drift`);
  });
}

/** [title, run one block in seconds] of everyone, each checked against the reference. */
async function competitors(numpy, n, d) {
  const x = unitTokens(n, d);
  const truth = new Float64Array(n * d);
  kernels.attentionDrift(x, { batch: 1, n, d, flow: "SA", beta: BETA }, truth);
  const out = new Float64Array(n * d);
  plainDrift(x, n, d, BETA, out);
  requireSame("plain JavaScript", out, truth, 1e-12);
  const found = [["plain JS", () => processorSeconds(() => plainDrift(x, n, d, BETA, out))]];
  for (const [title, backend, dtype] of [["reference", kernels.referenceBackend(), "f64"], ["wasm f64", wasmBackend(), "f64"], ["wasm f32", wasmBackend(), "f32"]]) {
    const one = await onBackend(backend, x, n, d, dtype);
    one.run();
    requireSame(title, await one.drift(), truth, dtype === "f64" ? 1e-12 : 2e-5);
    found.push([title, one.run]);
  }
  const about = await numpy.ask({ tokens: Array.from(x), n, d });
  if (about !== undefined) {
    const stride = Math.max(1, Math.floor(n / 8));
    const rows = Float64Array.from({ length: Math.ceil(n / stride) * d }, (_, at) => truth[Math.floor(at / d) * stride * d + (at % d)]);
    for (const [form, dtype] of [["textbook", "f64"], ["chunked", "f64"], ["textbook", "f32"], ["chunked", "f32"]]) {
      requireSame(`NumPy ${form}`, (await numpy.ask({ time: form, dtype, beta: BETA })).drift, rows, dtype === "f64" ? 1e-12 : 2e-5);
      found.push([`NumPy ${form} ${dtype}`, async () => (await numpy.ask({ time: form, dtype, beta: BETA })).seconds]);
    }
  }
  return { found, versions: about?.versions ?? "no NumPy" };
}

async function measure(numpy, n, d) {
  const { found, versions } = await competitors(numpy, n, d);
  const times = new Map(found.map(([title]) => [title, []]));
  const blocks = n > 4000 ? Math.max(3, Math.floor(options.blocks / 5)) : Number(options.blocks);
  for (let block = -2; block < blocks; block++) {
    for (const [title, run] of found) {
      const seconds = await run();
      if (block >= 0) times.get(title).push(seconds);
    }
  }
  const least = (title) => Math.min(...times.get(title));
  const ratio = (mine, other) => {
    if (!times.has(other)) return "";
    const pairs = times.get(other).map((seconds, block) => seconds / times.get(mine)[block]);
    return `${(least(other) / least(mine)).toFixed(2)} (${median(pairs).toFixed(2)})`;
  };
  console.error(n, d, [...times.keys()].map((title) => `${title}: ${(1e3 * least(title)).toFixed(2)} ms`).join(", "));
  const line = (dtype) => {
    const mine = `wasm ${dtype}`;
    return `| ${n} | ${d} | ${dtype} | ${(1e3 * least(mine)).toFixed(2)} | ${((n * n) / least(mine) / 1e6).toFixed(0)} | ${ratio(mine, "plain JS")} | ${ratio(mine, "reference")} | ${ratio(mine, `NumPy textbook ${dtype}`)} | ${ratio(mine, `NumPy chunked ${dtype}`)} |`;
  };
  return { lines: [line("f64"), line("f32")], versions };
}

const rival = pythonRival("numpy_drift.py", "python3-numpy");
// Its columns stay empty where it is not installed.
const numpy = { ask: (question) => rival.ask(question).catch(() => undefined) };
const lines = [];
let versions = "";
for (const size of options.sizes.split(",")) {
  const result = await measure(numpy, ...size.split("x").map(Number));
  lines.push(...result.lines);
  versions = result.versions;
}
rival.end();

const text = `# Speed of the kernels

The drift of softmax attention (\`attention-drift\`, beta = ${BETA}, one replica of n tokens in R^d) on one thread. All take turns in one run and are checked
against the reference before any of them is timed. Ratios say how many times as long the other takes, least time over least time and in
brackets the median over blocks that follow each other: above 1, the wasm backend is faster. Read the ratios, not the times.

Measured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} shared cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node ${process.versions.node}, ${versions} (OpenBLAS, one thread).

| n | d | dtype | wasm, ms | 10^6 pairs/s | plain JS f64 | reference f64 | NumPy textbook | NumPy in chunks |
| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join("\n")}

*Plain JS* are loops with \`Math.exp\`; *reference* is the backend that every package falls back on, which uses each pair once; *textbook* is softmax(beta X X^T) X
with an n by n matrix; *in chunks* is what a careful user of NumPy writes: rows in chunks that stay in the cache, arrays made once. NumPy uses AVX2
or AVX-512, WebAssembly 128 bits: at large d, where both only multiply, that decides. Written by \`node tooling/bench/src/kernels.mjs --write\`.
`;
console.log(text);
if (options.write) writeFileSync(join(root, "docs/kernel-speed.md"), text);
