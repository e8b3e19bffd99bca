/** @file gpu.js as a competitor. In Node it has no GPU: its modes are WebAssembly, with threads if asked, and generated JavaScript; both compute in f32. */
import { Absent, optional } from "./absent.mjs";
import { inThisProcess } from "../turns/clock.mjs";
import { versionOf } from "./version.mjs";

/**
 * @param {object} words
 * @param {"webasm" | "cpu"} words.mode
 * @param {string} words.form
 * @param {(tools: { kernel: Function, input: Function }, problem: any) => { kernels: Function[], flow: Function, inputs: any[], flat: (output: any) => number[] }} words.plan
 * kernels as text (a tool that rewrites functions could not change them), `flow` from inputs to output over them, and its numbers in order
 */
export const gpujsCompetitor = ({ mode, form, plan }) => ({
  title: `gpu.js ${mode}`,
  form,
  dtypes: ["f32"],
  threads: mode === "cpu" ? [1] : [1, 2],
  open: async (threads) => {
    const { default: library } = await optional("gpu.js");
    const gpu = new library.GPU({ mode });
    return { version: versionOf("gpu.js"), load: (problem) => loaded(library, gpu, { mode, threads, plan }, problem), close: () => gpu.destroy() };
  },
});

async function loaded({ input }, gpu, { mode, threads, plan }, problem) {
  const kernel = (source, output, constants) =>
    gpu.createKernel(source, { output, constants, precision: "single", loopMaxIterations: Math.max(...Object.values(constants), 1) });
  const { kernels, flow, inputs, flat } = plan({ kernel, input }, problem);
  const pipeline = gpu.createPipeline(flow, { threads: threads > 1 });
  await pipeline(...inputs);
  // It may leave threads alone where a problem is small, but a plan that fell back to another mode is another competitor.
  const kinds = mode === "cpu" ? ["generic"] : threads > 1 ? ["fused-threaded", "fused-sync"] : ["fused-sync"];
  if (!kinds.includes(pipeline.executorKind)) throw new Absent(`gpu.js ran the ${pipeline.executorKind} pipeline instead of ${kinds[0]} (${pipeline.fallbackReason})`);
  return {
    time: inThisProcess(() => pipeline(...inputs)),
    result: async () => Float64Array.from(flat(await pipeline(...inputs))),
    free: () => [pipeline, ...kernels].forEach((one) => one.destroy()),
  };
}
