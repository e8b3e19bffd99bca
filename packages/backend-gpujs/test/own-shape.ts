/** @file Tensors of another shape than the plan's, with as many numbers: runs in Node and in a page. */
import type { Backend, Shape } from "@mesoscope/kernels";

/** Two steps of attention of n tokens in R^d: tensors in the plan's shape, then of other shapes, then the second step in place. All should be the same numbers. */
export async function inOtherShapes(backend: Backend): Promise<Float64Array[]> {
  const [batch, n, d] = [2, 6, 4];
  const x = Float64Array.from({ length: batch * n * d }, (_, at) => ((at * 7) % 11) / 11 - 0.4);
  const plan = await backend.prepare("attention-step", { batch, n, d, flow: "SA", beta: 2, dt: 0.1, tableau: { a: [[]], b: [1] } });
  const run = async (from: Shape, to: Shape, inPlace: boolean): Promise<Float64Array> => {
    const [input, output] = [backend.upload(x, from), backend.alloc("f32", to)];
    backend.submit(plan, [input], [output]);
    backend.submit(plan, [output], [inPlace ? output : input]);
    const result = await backend.read(inPlace ? output : input);
    for (const tensor of [input, output]) backend.free(tensor);
    return result;
  };
  const results = [await run([batch, n, d], [batch, n, d], false), await run([48], [3, 16], false), await run([4, 3, 2, 2], [batch * n, d], true), await run([1, 48], [48, 1], false)];
  // A tensor that a kernel wrote last, read by the same kernel in another shape and size.
  const [wide, tall] = [await backend.prepare("linear-combination", { batch: 4, n: 3, a: 1, b: 1 }), await backend.prepare("linear-combination", { batch: 2, n: 6, a: 1, b: 1 })];
  const [a, b, c] = [backend.upload(x.subarray(0, 12), [12]), backend.alloc("f32", [12]), backend.alloc("f32", [12])];
  backend.submit(wide, [a, a], [b]);
  backend.submit(tall, [b, b], [c]);
  results.push((await backend.read(c)).map((value, i) => value / 4 - Math.fround(x[i]!)));
  return results;
}
