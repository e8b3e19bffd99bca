/**
 * @file Training an ensemble of small multi-head transformers (C2, one block on the inputs themselves; C4, two residual blocks with everything trained; plain SGD)
 * through the wasm backend against PyTorch with autograd, batched over seeds with bmm, one thread each, in one interleaved run: blocks A B A B ..., in processor
 * time, so that a busy machine slows both alike. The reason: studies of width and heads train hundreds of thousands of such networks.
 *
 *   node tooling/bench/src/transformer-training.mjs [--blocks 7] [--dtype f64] [--tokens 3] [--inputs 2]
 *
 * Needs built packages and Debian's python3-torch (PYTHON names another interpreter). Both sides first train the same weights and must agree. PyTorch takes its
 * seeds all at once or in batches that fit the cache, whichever is faster. Times are microseconds a network and step; read the ratios.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { pythonRival } from "./python-rival.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({ options: { blocks: { type: "string", default: "7" }, dtype: { type: "string", default: "f64" }, tokens: { type: "string", default: "3" }, inputs: { type: "string", default: "2" } } });
const load = (name) => import(pathToFileURL(join(root, "packages", name, "dist/index.js")));
const { key } = await load("numerics");
const { wasmBackend } = await load("backend-wasm");
const { C2, C4, ensemble, network } = await load("transformer");

const { dtype } = options;
const [P, S, D] = [Number(options.inputs), Number(options.tokens), 3];
const x = key("bench").stream().fillNormal(new Float64Array(P * S * D));
const targets = Array.from({ length: P }, (_, mu) => (mu % 2 === 0 ? 1 : -1));
const tokens = { inputs: P, tokens: S, features: D, x };
const parameterisation = { scheme: "mean-field", alphaA: 1, alphaL: 0.5, beta0: 1, gamma0: 1, eta0: 0.1, optimiser: "sgd" };
const backend = wasmBackend();

const make = ({ architecture, sizes }, replicas) => ensemble({ architecture, parameterisation, sizes, tokens, targets, replicas, backend, dtype });

/** What PyTorch needs to know of a network. */
function asked({ architecture, sizes }, R, steps) {
  const net = network({ architecture, parameterisation, sizes, tokens: S, features: D });
  const of = (pick) => Object.fromEntries(net.arrays.map((array) => [array.id, pick(array)]));
  const { branch, logits, rate } = net.scales;
  return { ...sizes, R, P, S, steps, dtype, skip: architecture.skip, x: [...x], y: targets, branch, logits, rate, shapes: of(({ rows, columns }) => [rows, columns]), multipliers: of(({ multiplier }) => multiplier), deviations: of(({ standardDeviation }) => standardDeviation) };
}

const torch = pythonRival("torch_transformer.py", "python3-torch");

/** Both train the same two networks. */
async function agree(model) {
  const run = await make(model, { key: key("bench"), from: 0, count: 2 });
  const weights = Object.fromEntries(Object.entries(await run.weights()).map(([id, w]) => [id, [...w]]));
  const { outputs } = await run.train({ steps: 5 });
  run.close();
  const { f } = await torch.ask({ ...asked(model, 2, 5), weights });
  const mine = [0, 1].flatMap((r) => [...outputs.subarray((r * 6 + 5) * P, (r + 1) * 6 * P)]);
  const gap = Math.max(...mine.map((value, i) => Math.abs(value - f[i])));
  if (!(gap < (dtype === "f64" ? 1e-10 : 1e-2))) throw new TypeError(`outputs differ by ${gap}: not the same network`);
}

const seconds = async (work) => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
let versions = "";
const cases = [C2, C4].flatMap((architecture) => {
  const L = architecture === C2 ? 1 : 2;
  // Enough steps that weights which another's turn drove out of the cache do not count.
  return [[8, 2, 200, 60], [16, 2, 100, 60], [8, 8, 50, 60], [16, 4, 50, 60], [32, 2, 50, 60], [64, 4, 6, 20], [16, 16, 6, 20]].map(([N, H, R, steps]) => ({ name: architecture === C2 ? "C2" : "C4", model: { architecture, sizes: { N, H, L } }, R, steps }));
});
for (const { name, model, R, steps } of cases) {
  await agree(model);
  const run = await make(model, { key: key("bench"), from: 0, count: R });
  const question = asked(model, R, steps);
  const rows = [];
  for (let block = -1; block < Number(options.blocks); block += 1) {
    const mine = (await seconds(() => run.train({ steps }))) / (R * steps);
    const whole = await torch.ask(question);
    const few = Math.max(1, Math.round(R / 8));
    const part = await torch.ask({ ...question, R: few });
    versions = whole.versions;
    if (block >= 0) rows.push([mine * 1e6, Math.min(whole.seconds / (R * steps), part.seconds / (few * steps)) * 1e6]);
  }
  run.close();
  const of = (k) => `${Math.min(...rows.map((row) => row[k])).toFixed(1)} / ${median(rows.map((row) => row[k])).toFixed(1)}`;
  const { N, H, L } = model.sizes;
  console.log(`${name}, N = ${N}, H = ${H}, L = ${L}: ${of(0)} us here, ${of(1)} us PyTorch (least / median), ratio ${median(rows.map((row) => row[1] / row[0])).toFixed(2)}`);
}
torch.end();
backend.close();
console.log(`${process.version}, ${versions}, ${dtype}, ${P} inputs of ${S} tokens; the ratio is PyTorch's time over ours`);
