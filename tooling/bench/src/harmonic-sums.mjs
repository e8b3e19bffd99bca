/**
 * @file What harmonics save: the drift on the circle and on S^2 as sums of harmonics, cut off at 1e-12 of the largest kernel value, against the sum over all
 * pairs on the same wasm backend, one thread, in turns. Before anything is timed the two must be the same drift within the a-priori bound.
 *
 *   node tooling/bench/src/harmonic-sums.mjs [--blocks N] [--write]
 *
 * Needs built packages. --write renews the section "Harmonics in place of pairs" of docs/kernel-speed.md. Times are of the processor, not of the clock.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const TOLERANCE = 1e-12;
const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({ options: { blocks: { type: "string", default: "3" }, write: { type: "boolean", default: false } } });
const load = (name) => import(pathToFileURL(join(root, "packages", name, "dist/index.js")));
const [numerics, flows, { wasmBackend }] = [await load("numerics"), await load("particle-flow"), await load("backend-wasm")];

function processorSeconds(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Angles, and the same points as tokens; or tokens of S^2. */
function configuration(d, n) {
  const stream = numerics.key("harmonic sums").fold(d, n).stream();
  if (d === 2) {
    const angles = new Float64Array(n);
    flows.uniformAngles(stream, angles);
    return { small: [angles, [1, n]], tokens: flows.tokensOfAngles(angles) };
  }
  const tokens = new Float64Array(3 * n);
  flows.uniformTokens(stream, 3, tokens);
  return { small: [tokens, [1, n, 3]], tokens };
}

/** Velocity along the circle from the drift of tokens. */
function alongCircle(tokens, drift) {
  return Float64Array.from({ length: tokens.length / 2 }, (_, i) => tokens[2 * i] * drift[2 * i + 1] - tokens[2 * i + 1] * drift[2 * i]);
}

async function prepared(backend, kernel, parameters, data, shape) {
  const plan = await backend.prepare(kernel, parameters);
  const [from, to] = [backend.upload(data, shape), backend.alloc("f64", plan.outputs[0])];
  return { run: () => processorSeconds(() => backend.submit(plan, [from], [to])), read: () => backend.read(to), free: () => [plan, from, to].forEach((handle) => backend.free(handle)) };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** One line of the table: a flow on n tokens of S^{d-1}. */
async function line(d, n, kind, beta, blocks) {
  const flow = { flow: kind, beta, d };
  const { small, tokens } = configuration(d, n);
  const coefficients = d === 2 ? flows.circleCoefficients(flow, TOLERANCE, "scaled") : flows.sphereCoefficients(flow, TOLERANCE, "scaled");
  const bound = d === 2 ? flows.driftBound(coefficients, n) : flows.sphereDriftBound(coefficients, n);
  const { numerator, denominator } = coefficients;
  const series = { batch: 1, n, numerator, ...(denominator === undefined ? {} : { denominator }) };
  const backend = wasmBackend();
  const harmonic = await prepared(backend, d === 2 ? "harmonic-drift" : "spherical-drift", series, ...small);
  const times = [];
  const ratios = [];
  harmonic.run();
  if (blocks > 0) {
    const direct = await prepared(backend, "attention-drift", { batch: 1, n, d, flow: kind, beta, ...(kind === "USA" ? { shift: Math.sign(beta) } : {}) }, tokens, [1, n, d]);
    const first = direct.run();
    const pairs = await direct.read();
    const expected = d === 2 ? alongCircle(tokens, pairs) : pairs;
    const worst = (await harmonic.read()).reduce((largest, value, at) => Math.max(largest, Math.abs(value - expected[at])), 0);
    // Rounding of both, over the least normaliser of a flow that has one: far below what a wrong harmonic would do.
    if (!(worst <= Math.min(bound, 1e-9) + 1e-11)) throw new RangeError(`d = ${d}, n = ${n}, ${kind}, beta = ${beta}: the two drifts differ by ${worst}`);
    const all = [first];
    for (let block = 0; block < blocks; block++) {
      if (block > 0) all.push(direct.run());
      const quick = Array.from({ length: 5 }, () => harmonic.run());
      times.push(...quick);
      ratios.push(all.at(-1) / median(quick));
    }
    direct.free();
    const [mine, other] = [Math.min(...times), Math.min(...all)];
    report(d, n, kind, beta, numerator.length, mine, `${other.toPrecision(3)} | ${(other / mine).toFixed(0)} (${median(ratios).toFixed(0)})`, worst.toExponential(1));
  } else {
    for (let repeat = 0; repeat < 5; repeat++) times.push(harmonic.run());
    report(d, n, kind, beta, numerator.length, Math.min(...times), " | ", "");
  }
  harmonic.free();
}

const lines = [];
function report(d, n, kind, beta, order, seconds, ratio, error) {
  lines.push(`| ${d === 2 ? "circle" : "S^2"} | ${n} | ${kind} | ${beta} | ${order} | ${(1e3 * seconds).toPrecision(3)} | ${ratio} | ${error} |`);
  console.error(lines.at(-1));
}

for (const beta of [5, 25]) {
  for (const kind of ["USA", "SA"]) {
    await line(3, 65536, kind, beta, Number(options.blocks));
    await line(2, 16384, kind, beta, 2 * Number(options.blocks));
    await line(2, 1e6, kind, beta, 0);
  }
}
// By place, size, beta: what belongs together stands together.
const order = (one) => one.split("|").map((cell) => cell.trim());
lines.sort((a, b) => [1, 2, 4, 3].map((column) => order(a)[column].localeCompare(order(b)[column], "en", { numeric: true })).find((sign) => sign !== 0) ?? 0);

const text = `## Harmonics in place of pairs

The drift as a sum of harmonics (\`harmonic-drift\` on the circle, \`spherical-drift\` on S^2), cut off at ${TOLERANCE} of the largest kernel value, against the sum over all pairs
(\`attention-drift\`) on the same wasm backend, f64, one thread, in turns. K is the highest harmonic; the ratio is least time over least time and in brackets the median over
blocks; the last column is the largest difference of the two drifts, in units of e^beta for USA. Without a ratio: too many pairs to sum.

Measured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} shared cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node ${process.versions.node}.

| where | n | flow | beta | K | harmonics, ms | pairs, s | pairs / harmonics | difference |
| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join("\n")}

Written by \`node tooling/bench/src/harmonic-sums.mjs --write\`.
`;
console.log(text);
if (options.write) {
  const file = join(root, "docs/kernel-speed.md");
  const rest = readFileSync(file, "utf8").split(/^(?=## )/m);
  const others = rest.filter((section) => !section.startsWith("## Harmonics in place of pairs")).map((section) => section.trimEnd());
  writeFileSync(file, `${[...others, text.trimEnd()].join("\n\n")}\n`);
}
