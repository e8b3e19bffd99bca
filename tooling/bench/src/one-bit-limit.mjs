/**
 * @file Speed of the mean-field map of 1-bit self-attention and of its full Lyapunov spectrum, for the published system, against the same steps in NumPy.
 * Blocks take turns and time is that of the processor, so that a busy machine slows both alike: read the ratios.
 *
 *   node tooling/bench/src/one-bit-limit.mjs
 *
 * Needs built packages and Debian's python3-numpy (PYTHON names another interpreter). First the two must agree: 20 tokens within 1e-9.
 */
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pythonRival } from "./python-rival.mjs";

const BLOCKS = 15;
const root = fileURLToPath(new URL("../../../", import.meta.url));
const load = (path) => import(pathToFileURL(join(root, "packages", path)));
const { attentionNetwork, classesFromColumns } = await load("hopfield-transformer/dist/index.js");
const { lyapunovSpectrum, meanFieldMap, tokenStart } = await load("dmft/dist/hopfield/index.js");

/** The features behind the published figures. */
const system = {
  weights: [1 / 3, 1 / 3, 1 / 3],
  xi: {
    o: [[-1, 1, 1], [-1, 1, -1], [1, 1, 1]],
    v: [[-1, 1, -1], [-1, -1, 1], [-1, 1, 1]],
    q: [[1, -1, -1], [-1, -1, -1], [1, -1, 1]],
    k: [[-1, -1, -1], [-1, -1, 1], [-1, 1, -1]],
  },
  zeta: {
    o: [[-1, -1], [1, -1], [1, 1]],
    v: [[-1, -1], [1, -1], [-1, 1]],
    q: [[1, -1], [1, 1], [-1, -1]],
    k: [[-1, -1], [-1, -1], [-1, 1]],
  },
};
const parameters = { L: 4, beta: 1.28, gamma: 220, eps: 0.02 };
const network = attentionNetwork({ features: classesFromColumns(system), contextLength: parameters.L, beta: parameters.beta, gamma: parameters.gamma, positionalWeight: parameters.eps });
const map = meanFieldMap(network, tokenStart(network));
map.run(1000);

const OWN = {
  token: (tokens) => map.run(tokens),
  // Every block is long beside its alignment, and the burn-in is left out: what is timed is a token with its frame.
  spectrum: (tokens) => lyapunovSpectrum(network, map.state(), { burnIn: 0, alignment: 0, tokens, blocks: 20, tolerance: 1 }),
};
const TOKENS = { own: { token: 200_000, spectrum: 40_000 }, numpy: { token: 2000, spectrum: 600 } };

async function checkAgreement(numpy) {
  const { u } = await numpy.ask({ work: "trajectory", tokens: 20 });
  const own = meanFieldMap(network, tokenStart(network));
  for (const row of u) {
    own.step();
    row.forEach((x, c) => {
      if (!(Math.abs(x - own.u[c]) < 1e-9)) throw new Error(`NumPy has u[${c}] = ${x} where the map has ${own.u[c]}`);
    });
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const numpy = pythonRival("one_bit_limit.py", "python3-numpy");
await numpy.ask({ work: "prepare", system, ...parameters });
await checkAgreement(numpy);
console.log(`${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.versions.node}`);
for (const work of ["token", "spectrum"]) {
  const own = [];
  const other = [];
  const ratios = [];
  OWN[work](TOKENS.own[work]);
  for (let block = 0; block < BLOCKS; block++) {
    const start = process.cpuUsage();
    OWN[work](TOKENS.own[work]);
    const { user, system: kernel } = process.cpuUsage(start);
    own.push((user + kernel) / TOKENS.own[work]);
    const { seconds } = await numpy.ask({ work, tokens: TOKENS.numpy[work] });
    other.push((seconds * 1e6) / TOKENS.numpy[work]);
    ratios.push(other.at(-1) / own.at(-1));
  }
  const fastest = Math.min(...own);
  console.log(`${work}: ${median(own).toFixed(3)} us per token (fastest block ${fastest.toFixed(3)}), NumPy ${median(other).toFixed(1)} us, ratio ${median(ratios).toFixed(0)}`);
}
numpy.end();
