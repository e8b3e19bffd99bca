/**
 * @file Competitors: gpu.js in the forms that are fastest in Node, where it has no GPU: a compiled pipeline of four kernels that keeps the n by n
 * weights in memory, on its WebAssembly and on its generated JavaScript. One kernel a result, d times the scalar products, is slower.
 */
import { Absent, optional } from "../turns/absent.mjs";
import { inThisProcess } from "../turns/clock.mjs";
import { versionOf } from "../turns/version.mjs";

// As text: a tool that rewrites functions could not change them. Kernels of gpu.js know neither Math.max nor blocks of `let`.
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

const inMode = (mode, title, form, threads) => ({
  title,
  form,
  dtypes: ["f32"],
  threads,
  open: async (count) => {
    const { default: library } = await optional("gpu.js");
    const gpu = new library.GPU({ mode });
    const load = (problem) => pipeline(library, gpu, problem, mode, count);
    return { version: versionOf("gpu.js"), load, close: () => gpu.destroy() };
  },
});

export const gpujsWasm = inMode("webasm", "gpu.js webasm", "pipeline of four kernels, fused into one WebAssembly plan", [1, 2]);
export const gpujsCpu = inMode("cpu", "gpu.js cpu", "the same pipeline as generated JavaScript", [1]);

async function pipeline({ input }, gpu, { x, n, d, beta }, mode, threads) {
  const kernel = (source, output) =>
    gpu.createKernel(source, { output, precision: "single", loopMaxIterations: Math.max(n, d), constants: { n, d, beta, most: Math.abs(beta) } });
  const [scores, sums, mean, tangent] = [kernel(SCORES, [n, n]), kernel(SUMS, [n]), kernel(MEAN, [d, n]), kernel(TANGENT, [d, n])];
  const flow = gpu.createPipeline(
    (tokens) => {
      const weights = scores(tokens);
      return tangent(mean(weights, sums(weights), tokens), tokens);
    },
    { threads: threads > 1 },
  );
  const tokens = input(Float32Array.from(x), [d, n]);
  const rows = await flow(tokens);
  const expected = mode === "cpu" ? "generic" : threads > 1 ? "fused-threaded" : "fused-sync";
  if (flow.executorKind !== expected) throw new Absent(`gpu.js ran the ${flow.executorKind} pipeline instead of ${expected} (${flow.fallbackReason})`);
  if (rows.length !== n) throw new Absent(`gpu.js gave ${rows.length} rows instead of ${n}`);
  return {
    time: inThisProcess(() => flow(tokens)),
    result: async () => Float64Array.from((await flow(tokens)).flatMap((row) => Array.from(row))),
    free: () => [flow, scores, sums, mean, tangent].forEach((one) => one.destroy()),
  };
}
