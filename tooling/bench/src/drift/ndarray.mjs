/** @file Competitor: ndarray with ndarray-gemm and ndarray-ops, softmax(beta X X^T) X with arrays made once. */
import { optional } from "../rivals/absent.mjs";
import { inThisProcess } from "../turns/clock.mjs";
import { versionOf } from "../rivals/version.mjs";

export const ndarray = {
  title: "ndarray-gemm",
  form: "ndarray-gemm and ndarray-ops, arrays made once",
  dtypes: ["f64", "f32"],
  threads: [1],
  open: async () => {
    const [{ default: array }, { default: gemm }, { default: ops }] = [await optional("ndarray"), await optional("ndarray-gemm"), await optional("ndarray-ops")];
    const load = ({ x, n, d, beta }, dtype) => {
      const Numbers = dtype === "f64" ? Float64Array : Float32Array;
      const empty = (...shape) => array(new Numbers(shape[0] * shape[1]), shape);
      const tokens = array(Numbers.from(x), [n, d]);
      const [scores, mean] = [empty(n, n), empty(n, d)];
      const run = () => drift(gemm, ops, tokens, beta, scores, mean);
      return { time: inThisProcess(run), result: () => (run(), mean.data), free: () => undefined };
    };
    return { version: versionOf("ndarray-gemm"), load, close: () => undefined };
  },
};

/** Into `mean`. Tokens are unit: |beta| bounds the scores, so that no row needs its maximum. */
function drift(gemm, ops, tokens, beta, scores, mean) {
  const [n, d] = tokens.shape;
  gemm(scores, tokens, tokens.transpose(1, 0), beta);
  ops.subseq(scores, Math.abs(beta));
  ops.expeq(scores);
  gemm(mean, scores, tokens);
  for (let i = 0; i < n; i++) {
    const row = mean.pick(i);
    ops.divseq(row, ops.sum(scores.pick(i)));
    let along = 0;
    for (let k = 0; k < d; k++) along += tokens.get(i, k) * row.get(k);
    for (let k = 0; k < d; k++) row.set(k, row.get(k) - along * tokens.get(i, k));
  }
}
