/** @file Competitors in the products C_r = A_r B_r: loops, ndarray-gemm, gpu.js and numpy-ts. */
import { optional } from "../rivals/absent.mjs";
import { gpujsCompetitor } from "../rivals/gpujs.mjs";
import { freeing, numpyTsCompetitor } from "../rivals/numpy-ts.mjs";
import { versionOf } from "../rivals/version.mjs";
import { inThisProcess } from "../turns/clock.mjs";

/** The definition, one scalar product an element. */
export function products({ a, b, batch, m, k, n }, c) {
  for (let r = 0; r < batch; r++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a[(r * m + i) * k + l] * b[(r * k + l) * n + j];
        c[(r * m + i) * n + j] = sum;
      }
    }
  }
  return c;
}

export const plain = {
  title: "plain JS",
  form: "loops",
  dtypes: ["f64"],
  threads: [1],
  open: () => ({
    version: `Node ${process.versions.node}`,
    load: (problem) => {
      const c = new Float64Array(problem.batch * problem.m * problem.n);
      return { time: inThisProcess(() => products(problem, c)), result: () => products(problem, c), free: () => undefined };
    },
    close: () => undefined,
  }),
};

export const ndarray = {
  title: "ndarray-gemm",
  form: "ndarray-gemm, replica by replica",
  dtypes: ["f64", "f32"],
  threads: [1],
  open: async () => {
    const [{ default: array }, { default: gemm }] = [await optional("ndarray"), await optional("ndarray-gemm")];
    const load = ({ a, b, batch, m, k, n }, dtype) => {
      const Numbers = dtype === "f64" ? Float64Array : Float32Array;
      const [left, right, c] = [array(Numbers.from(a), [batch, m, k]), array(Numbers.from(b), [batch, k, n]), array(new Numbers(batch * m * n), [batch, m, n])];
      const run = () => {
        for (let r = 0; r < batch; r++) gemm(c.pick(r), left.pick(r), right.pick(r));
      };
      return { time: inThisProcess(run), result: () => (run(), c.data), free: () => undefined };
    };
    return { version: versionOf("ndarray-gemm"), load, close: () => undefined };
  },
};

const ELEMENT = `function (a, b) {
  let sum = 0;
  for (let l = 0; l < this.constants.k; l++) { sum += a[this.thread.z][this.thread.y][l] * b[this.thread.z][l][this.thread.x]; }
  return sum;
}`;

function plan({ kernel, input }, { a, b, batch, m, k, n }) {
  const element = kernel(ELEMENT, [n, m, batch], { k });
  const inputs = [input(Float32Array.from(a), [k, m, batch]), input(Float32Array.from(b), [n, k, batch])];
  return { kernels: [element], flow: (left, right) => element(left, right), inputs, flat: (output) => output.flatMap((rows) => rows.flatMap((row) => Array.from(row))) };
}

export const gpujsWasm = gpujsCompetitor({ mode: "webasm", plan, form: "one kernel, a scalar product an element" });
export const gpujsCpu = gpujsCompetitor({ mode: "cpu", plan, form: "the same kernel as generated JavaScript" });

export const numpyTs = numpyTsCompetitor({
  title: "numpy-ts",
  form: "`matmul` of (R, m, k) and (R, k, n)",
  keep: (np, array, { a, b, batch, m, k, n }) => ({ a: array(a, [batch, m, k]), b: array(b, [batch, k, n]) }),
  solve: (np, { a, b }, problem, give) => freeing((own) => give(own(np.matmul(a, b)))),
});
