/**
 * @file Competitors: gpu.js in the form that is fastest in Node: a compiled pipeline of four kernels that keeps the n by n weights in memory. One kernel a
 * result, d times the scalar products, is slower; so is a layout by coordinates.
 */
import { gpujsCompetitor } from "../rivals/gpujs.mjs";

const SCORES = `function (x) {
  let dot = 0;
  for (let k = 0; k < this.constants.d; k++) { dot += x[this.thread.y][k] * x[this.thread.x][k]; }
  return Math.exp(this.constants.beta * dot - this.constants.most);
}`;
const SUMS = `function (w) {
  let sum = 0;
  for (let j = 0; j < this.constants.n; j++) { sum += w[this.thread.x][j]; }
  return sum;
}`;
const MEAN = `function (w, sums, x) {
  let mean = 0;
  for (let j = 0; j < this.constants.n; j++) { mean += w[this.thread.y][j] * x[j][this.thread.x]; }
  return mean / sums[this.thread.y];
}`;
const TANGENT = `function (mean, x) {
  let along = 0;
  for (let k = 0; k < this.constants.d; k++) { along += mean[this.thread.y][k] * x[this.thread.y][k]; }
  return mean[this.thread.y][this.thread.x] - along * x[this.thread.y][this.thread.x];
}`;

function plan({ kernel, input }, { x, n, d, beta }) {
  const constants = { n, d, beta, most: Math.abs(beta) };
  const [scores, sums, mean, tangent] = [kernel(SCORES, [n, n], constants), kernel(SUMS, [n], constants), kernel(MEAN, [d, n], constants), kernel(TANGENT, [d, n], constants)];
  const flow = (tokens) => {
    const weights = scores(tokens);
    return tangent(mean(weights, sums(weights), tokens), tokens);
  };
  return { kernels: [scores, sums, mean, tangent], flow, inputs: [input(Float32Array.from(x), [d, n])], flat: (rows) => rows.flatMap((row) => Array.from(row)) };
}

export const gpujsWasm = gpujsCompetitor({ mode: "webasm", plan, form: "pipeline of four kernels, fused into one WebAssembly plan" });
export const gpujsCpu = gpujsCompetitor({ mode: "cpu", plan, form: "the same pipeline as generated JavaScript" });
