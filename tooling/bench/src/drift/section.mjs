/** @file Section `drift`: the attention drift on the wasm backend against everybody else, size by size. */
import { built } from "../turns/built.mjs";
import { measuredContests } from "../turns/contests.mjs";
import { ownBackends } from "../rivals/own-backends.mjs";
import { howToRead, tables } from "../turns/report.mjs";
import { gpujsCpu, gpujsWasm } from "./gpujs.mjs";
import { ndarray } from "./ndarray.mjs";
import { numpyTsChunked, numpyTsTextbook } from "./numpy-ts.mjs";
import { plain } from "./plain.mjs";
import { TOLERANCE, unitTokens } from "./problem.mjs";
import { numpyChunked, numpyTextbook, torchFused, torchTextbook } from "./python.mjs";
import { targets } from "./targets.mjs";

const BETA = 2;
const SIZES = [[512, 3], [2048, 3], [2048, 16], [2048, 128], [8192, 16]];
const QUICK = [[512, 3], [2048, 16]];

const { wasm, reference } = ownBackends({
  kernel: "attention-drift",
  parameters: ({ n, d, beta }) => ({ batch: 1, n, d, flow: "SA", beta }),
  inputs: ({ x, n, d }) => [[x, [1, n, d]]],
  form: "SIMD of 128 bits, each pair once, no n by n array",
  plain: "plain JavaScript, each pair once",
});

/** Everybody, in the order of the tables. */
export const competitors = [
  wasm, plain, reference, ndarray, gpujsWasm, gpujsCpu, numpyTsTextbook, numpyTsChunked, numpyTextbook, numpyChunked, torchTextbook, torchFused,
];

export const drift = { id: "drift", title: "Attention drift", measure, text };

async function measure({ quick, ...rules }) {
  const { attentionDrift } = await built("kernels");
  const numerics = await built("numerics");
  const tasks = (quick ? QUICK : SIZES).map(([n, d]) => ({
    size: `(${n}, ${d})`,
    work: n * n,
    made: () => {
      const problem = { x: unitTokens(numerics, n, d), n, d, beta: BETA };
      const truth = new Float64Array(n * d);
      attentionDrift(problem.x, { batch: 1, n, d, flow: "SA", beta: BETA }, truth);
      return { problem, truth };
    },
  }));
  return { subject: wasm.title, unit: "pairs", targets, ...(await measuredContests(competitors, tasks, { subject: wasm.title, tolerance: TOLERANCE }, rules)) };
}

function text(result, machine) {
  return [
    `The drift of softmax attention (\`attention-drift\`, Q = K = V = I, beta = ${BETA}, one replica of n tokens in R^d). ${howToRead(result.subject, machine)}`,
    tables(result),
    LIMITS,
  ].join("\n\n");
}

const LIMITS = `### What limits whom

- *wasm backend*: vectors of 128 bits and no fused multiply-add, so that the bits are the same everywhere: at most 2 doubles or 4 floats an instruction. At d up to 16 it
  wins by visiting each pair once (one exponential for two tokens) and by never writing an n by n array; at d = 128, where all only multiply, width decides.
- *plain JS, reference backend, ndarray-gemm, gpu.js*: one number an instruction, and \`Math.exp\` at about 10 ns; gpu.js has no GPU in Node, and exponentials
  one by one in its WebAssembly, too.
- *numpy-ts*: SIMD of 128 bits as well, with an array for every operation; broadcasting over n by n is its slow part (textbook against chunks).
- *NumPy and PyTorch, textbook*: memory. An n by n array leaves the cache, and at n = 8192 the system has to find its pages.
- *NumPy in chunks*: exponentials at small d, arithmetic at large d, on vectors of 256 or 512 bits (\`OPENBLAS_CORETYPE\` chooses the kernels of its products).
- *Two threads*: what is not shared out, and a second core that other work of the machine may hold.`;
