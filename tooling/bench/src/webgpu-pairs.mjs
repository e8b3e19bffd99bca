/**
 * @file Pairs a second of the attention drift on a GPU, against the exponentials a second that the same GPU does when it does nothing else:
 * every pair needs one, so that is the bound. For whoever has a GPU:
 *
 *   npm install --prefix /tmp/webgpu webgpu
 *   WEBGPU_PACKAGE=/tmp/webgpu/node_modules/webgpu/index.js node tooling/bench/src/webgpu-pairs.mjs [--sizes 512x3,8192x16] [--batch 1] [--rounds 9]
 *
 * Needs built packages and a driver. What is timed has been checked first: the device by its self-check, each size against double precision on some
 * rows. Sizes and exponentials take turns; figures are the median of the rounds, with the slowest and the fastest.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({
  options: { sizes: { type: "string", default: "512x3,2048x3,2048x16,2048x128,8192x3,8192x16" }, batch: { type: "string", default: "1" }, rounds: { type: "string", default: "9" } },
});
const load = (path) => import(pathToFileURL(join(root, "packages", path)).href);
const [numerics, kernels, { webgpuBackend }] = await Promise.all([load("numerics/dist/index.js"), load("kernels/dist/index.js"), load("backend-webgpu/dist/index.js")]);
const [{ exponential }, { compiler }, { parameterBlocks, runner }, { findDevice }, { LANES, u }] = await Promise.all(
  ["shaders/exponential.js", "pipelines.js", "launches.js", "find-device.js", "shaders/shader.js"].map((file) => load(`backend-webgpu/dist/${file}`)),
);

const BETA = 2;
const batch = Number(options.batch);
const given = process.env.WEBGPU_PACKAGE;
const gpu = given === undefined ? undefined : (await import(pathToFileURL(given).href)).create([]);

/** Exponentials in registers: sixteen chains of sixteen steps each time round, one number written at the end. */
async function exponentials() {
  const { device, name } = await findDevice(gpu === undefined ? {} : { gpu });
  const [times, steps, groups] = [8, 16, 2048];
  const chain = Array.from({ length: 4 }, (_, k) => `s${k} = exponential(s${k} - 1.0);`).join(" ");
  const dispatch = {
    declarations: exponential("vec4f"),
    body: `
  var s0 = vec4f(f32(t)) * 0.01; var s1 = s0 + 0.1; var s2 = s0 + 0.2; var s3 = s0 + 0.3;
  for (var round = 0u; round < p.times; round++) {
    for (var step = 0u; step < ${steps}u; step++) { ${chain} }
  }
  let s = s0 + s1 + s2 + s3;
  y[index * ${LANES}u + t] = s.x + s.y + s.z + s.w;`,
    parameters: { times: u(times) },
    bindings: [{ name: "y", place: { output: 0 }, writes: true }],
    groups,
    work: 1,
  };
  const words = parameterBlocks([dispatch]);
  const parameters = device.createBuffer({ size: words.byteLength, usage: 64 | 8 });
  device.queue.writeBuffer(parameters, 0, words);
  const out = device.createBuffer({ size: 4 * groups * LANES, usage: 128 });
  const run = runner(device, [dispatch], [await compiler(device)(dispatch)], parameters, false);
  return { name, count: 16 * times * steps * groups * LANES, launch: (repeat) => { for (let k = 0; k < repeat; k++) run([], [out], 1); }, wait: () => device.queue.onSubmittedWorkDone(), close: () => device.destroy() };
}

function unitTokens(n, d) {
  const x = numerics.key("webgpu pairs").fold(n, d).stream().fillNormal(new Float64Array(batch * n * d));
  for (let at = 0; at < x.length; at += d) {
    const row = x.subarray(at, at + d);
    const length = Math.sqrt(row.reduce((square, value) => square + value * value, 0));
    for (let k = 0; k < d; k++) row[k] = Math.fround(row[k] / length);
  }
  return x;
}

/** One size on the backend, checked on the last row of all. */
async function drift(backend, n, d) {
  const x = unitTokens(n, d);
  const plan = await backend.prepare("attention-drift", { batch, n, d, flow: "SA", beta: BETA });
  const [from, to] = [backend.upload(x, [batch, n, d]), backend.alloc("f32", [batch, n, d])];
  backend.submit(plan, [from], [to]);
  const found = (await backend.read(to)).subarray(-d);
  const wanted = new Float64Array(d);
  const own = x.subarray(-d);
  const keys = x.subarray(-n * d);
  // The last row as that of one query to all keys: the drift is the mean minus its part along the row.
  const mean = new Float64Array(d);
  kernels.attention(own, keys, keys, { batch: 1, n: 1, m: n, d, e: d, flow: "SA", beta: BETA }, mean);
  const along = own.reduce((dot, value, k) => dot + value * mean[k], 0);
  for (let k = 0; k < d; k++) wanted[k] = mean[k] - along * own[k];
  const worst = wanted.reduce((most, value, k) => Math.max(most, Math.abs(value - found[k])), 0);
  if (!(worst < 1e-5)) throw new RangeError(`n = ${n}, d = ${d}: the last row is off by ${worst}; nothing is timed`);
  return { n, d, worst, count: batch * n * n, launch: (repeat) => { for (let k = 0; k < repeat; k++) backend.submit(plan, [from], [to]); }, wait: () => backend.flush() };
}

async function seconds({ launch, wait }, repeat) {
  const start = performance.now();
  launch(repeat);
  await wait();
  return (performance.now() - start) / 1000;
}

/** Launches that take about 50 ms together, so that waiting weighs little. */
async function fitting(entry) {
  let repeat = 1;
  while ((await seconds(entry, repeat)) < 0.05 && repeat < 4096) repeat *= 2;
  return repeat;
}

const backend = await webgpuBackend(gpu === undefined ? {} : { gpu });
const bound = await exponentials();
const entries = [bound];
for (const size of options.sizes.split(",")) {
  const [n, d] = size.split("x").map(Number);
  entries.push(await drift(backend, n, d));
}
for (const entry of entries) Object.assign(entry, { repeat: await fitting(entry), rates: [] });
for (let round = 0; round < Number(options.rounds); round++) {
  for (const entry of entries) entry.rates.push((entry.count * entry.repeat) / (await seconds(entry, entry.repeat)));
}
for (const { rates } of entries) rates.sort((a, b) => a - b);
const median = ({ rates }) => rates[Math.floor(rates.length / 2)];
const shown = (rate) => rate.toExponential(2);
console.log(`${bound.name}; ${options.rounds} rounds, batch ${batch}, beta ${BETA}, f32`);
console.log(`exponentials alone: ${shown(median(bound))} a second (${shown(bound.rates[0])} to ${shown(bound.rates.at(-1))})`);
console.log("n x d          pairs a second   slowest    fastest    of the bound   error of a row");
for (const entry of entries.slice(1)) {
  const name = `${entry.n} x ${entry.d}`.padEnd(14);
  console.log(`${name} ${shown(median(entry)).padEnd(16)} ${shown(entry.rates[0]).padEnd(10)} ${shown(entry.rates.at(-1)).padEnd(10)} ${(median(entry) / median(bound)).toFixed(3).padEnd(14)} ${entry.worst.toExponential(1)}`);
}
bound.close();
backend.close();
