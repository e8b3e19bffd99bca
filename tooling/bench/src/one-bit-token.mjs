/**
 * @file Time of one token of 1-bit self-attention (the published system: M = 3, L = 4, P = 2, three classes) against a NumPy version of the same step, in one
 * interleaved run: blocks A B A B ..., so that a busy machine slows both alike. The reason: a long run is nothing but this step.
 *
 *   node tooling/bench/src/one-bit-token.mjs [--blocks 9]
 *
 * Needs built packages and Debian's python3-numpy (PYTHON names another interpreter). NumPy advances batches of 1,000 runs at once, its best case. Times are
 * nanoseconds a run and token; read the ratios.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { pythonRival } from "./python-rival.mjs";

const RUNS = 1000;
const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({ options: { blocks: { type: "string", default: "9" } } });
const load = (name) => import(pathToFileURL(join(root, "packages", name, "dist/index.js")));
const { key, tanh } = await load("numerics");
const { attentionNetwork, attentionWindow, binomialChain, classesFromColumns, finiteHead, overlapRows, stratifiedSizes } = await load("hopfield-transformer");

const features = classesFromColumns({
  weights: [1 / 3, 1 / 3, 1 / 3],
  xi: { o: [[-1, 1, 1], [-1, 1, -1], [1, 1, 1]], v: [[-1, 1, -1], [-1, -1, 1], [-1, 1, 1]], q: [[1, -1, -1], [-1, -1, -1], [1, -1, 1]], k: [[-1, -1, -1], [-1, -1, 1], [-1, 1, -1]] },
  zeta: { o: [[-1, -1], [1, -1], [1, 1]], v: [[-1, -1], [1, -1], [-1, 1]], q: [[1, -1], [1, 1], [-1, -1]], k: [[-1, -1], [-1, -1], [-1, 1]] },
});
const parameters = { contextLength: 4, beta: 1.28, gamma: 220, positionalWeight: 0.02 };
const first = [-1, 1, 1];

/** Seconds for `runs` runs of `tokens`, and the mean of (m^o_1)^2 over their second halves. */
function here(bits, runs, tokens) {
  const network = attentionNetwork({ features, ...parameters });
  const rows = overlapRows(features);
  const chain = bits === null ? undefined : binomialChain(finiteHead(stratifiedSizes(features, bits), parameters));
  const window = chain?.window ?? attentionWindow(network);
  const u = chain?.u ?? new Float64Array(3);
  let total = 0;
  const start = performance.now();
  for (let r = 0; r < runs; r += 1) {
    const stream = key(1).fold("replica", r).stream();
    window.startFromToken(first);
    for (let t = 0; t < tokens; t += 1) {
      if (chain === undefined) {
        window.fields(u);
        for (let c = 0; c < 3; c += 1) u[c] = tanh(1.28 * u[c]);
        window.push(u);
      } else chain.step(stream);
      if (t >= tokens >> 1) {
        const overlap = rows[0] * u[0] + rows[1] * u[1] + rows[2] * u[2];
        total += overlap * overlap;
      }
    }
  }
  return { seconds: (performance.now() - start) / 1000, moment: total / (runs * (tokens - (tokens >> 1))) };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const numpy = pythonRival("one_bit_numpy.py", "python3-numpy");
let versions = "";
for (const [name, bits] of [["finite, N = 300", 300], ["finite, N = 999,999", 999_999], ["finite, N = 3e9", 3_000_000_000], ["mean field", null]]) {
  const rows = [];
  for (let block = -1; block < Number(options.blocks); block += 1) {
    const mine = here(bits, 200, 1000);
    const theirs = await numpy.ask({ bits, runs: RUNS, tokens: 200, beta: 1.28 });
    versions = theirs.versions;
    if (block >= 0) rows.push([(mine.seconds / 2e5) * 1e9, (theirs.seconds / (200 * RUNS)) * 1e9, mine.moment, theirs.moment]);
  }
  // One run of the map repeated is no ensemble, and after 100 tokens two machines' roundings have made two runs of it.
  const [a, b] = [median(rows.map((row) => row[2])), median(rows.map((row) => row[3]))];
  if (bits !== null && !(Math.abs(a / b - 1) < 0.05)) throw new TypeError(`${name}: second moments ${a} and ${b} differ: not the same chain`);
  const of = (k) => `${Math.min(...rows.map((row) => row[k])).toFixed(0)} / ${median(rows.map((row) => row[k])).toFixed(0)}`;
  console.log(`${name}: ${of(0)} ns here, ${of(1)} ns NumPy (least / median), ratio ${median(rows.map((row) => row[0] / row[1])).toFixed(2)}`);
}
numpy.end();
console.log(`${process.version}, ${versions}; batches of ${RUNS} runs in NumPy, one run after the other here`);
