/** @file Competitor: loops as anyone would write them, with Math.exp and nothing shared between rows. */
import { inThisProcess } from "../turns/clock.mjs";

export const plain = {
  title: "plain JS",
  form: "loops, `Math.exp`",
  dtypes: ["f64"],
  threads: [1],
  open: () => ({
    version: `Node ${process.versions.node}`,
    load: ({ x, n, d, beta }) => {
      const out = new Float64Array(n * d);
      const run = () => plainDrift(x, n, d, beta, out);
      return { time: inThisProcess(run), result: () => (run(), out), free: () => undefined };
    },
    close: () => undefined,
  }),
};

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
