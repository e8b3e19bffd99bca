import { key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { drawnHeads } from "../../../src/transformer/head-map/head-states.js";
import { checkedTask } from "../../../src/transformer/head-map/training-task.js";
import { blockReplicas, trainingTasks } from "../../../src/transformer/index.js";
import { trainedBlock } from "../../../src/transformer/one-block/block-replicas.js";
import { plainVectors, turnedVectors } from "../../../src/transformer/one-block/gaussian-vectors.js";
import { lazyMatrix } from "../../../src/transformer/one-block/lazy-matrix.js";

/** Mean and variance, each with its standard error. */
function moments(x: readonly number[]): readonly { readonly value: number; readonly error: number }[] {
  const count = x.length;
  const mean = x.reduce((a, b) => a + b, 0) / count;
  const square = x.reduce((a, b) => a + (b - mean) ** 2, 0) / (count - 1);
  const spreadOfSquare = x.reduce((a, b) => a + ((b - mean) ** 2 - square) ** 2, 0) / count;
  return [{ value: mean, error: Math.sqrt(square / count) }, { value: square, error: Math.sqrt(spreadOfSquare / count) }];
}

describe("Gaussian vectors in turned axes", () => {
  /** Inner products over one block of vectors number 0, 1, 2, of 4,000 draws. */
  const products = (N: number): readonly (readonly [string, number, number, readonly number[]])[] => {
    const drawn = Array.from({ length: 4000 }, (_, r) => {
      const vectors = turnedVectors({ N, blocks: 2, most: 4 }, key(11).fold(N, r).stream());
      return [0, 1, 2].map(() => vectors.draw().filter((__, i) => i % 2 === 1));
    });
    const of = (i: number, j: number): readonly number[] => drawn.map((v) => v[i]!.reduce((sum, x, k) => sum + x * v[j]![k]!, 0));
    return [["0 0", 9, 18, of(0, 0)], ["2 2", 9, 18, of(2, 2)], ["0 1", 0, 9, of(0, 1)], ["1 2", 0, 9, of(1, 2)]];
  };

  it("have the inner products of Gaussian vectors of 9 entries, mean and variance within four standard errors", () => {
    for (const [name, mean, variance, values] of products(9)) {
      const [first, second] = moments(values);
      expect([name, Math.abs(first!.value - mean) < 4 * first!.error]).toEqual([name, true]);
      expect([name, Math.abs(second!.value - variance) < 4 * second!.error]).toEqual([name, true]);
    }
    // Of 8 entries they are others, and the same samples tell.
    const [length] = moments(products(8)[0]![3]);
    expect(Math.abs(length!.value - 9)).toBeGreaterThan(8 * length!.error);
  });

  it("are no more than was allowed for", () => {
    const vectors = turnedVectors({ N: 9, blocks: 1, most: 2 }, key(1).stream());
    vectors.draw();
    vectors.draw();
    expect(() => vectors.draw()).toThrow(/Allow for more/);
  });
});

describe("networks of one block in turned axes", () => {
  const [N, H, steps, count] = [16, 2, 4, 2000];
  const task = trainingTasks["two-inputs"];
  const descent = { eta0: 1, gamma0: 1, steps };
  const last = steps * 2;
  const row = (steps + 1) * 2;

  /** f and the kernel of pooled values after the last step, of networks held in all their N numbers. */
  const plain = (alphaA: number): readonly (readonly number[])[] => {
    const runs = Array.from({ length: count }, (_, r) => {
      const own = key(7).fold(r);
      const [right, left] = [plainVectors(N * H, own.fold("right").stream()), plainVectors(N * H, own.fold("left").stream())];
      const V = own.fold("values").stream().fillNormal(new Float64Array(N * H * 2));
      return trainedBlock(checkedTask(task), descent, { N, H }, { states: drawnHeads({ alphaA, N, features: 2, heads: H }, own.fold("attention")), V, projection: lazyMatrix(left, right), w: left.draw() });
    });
    return [runs.map(({ f }) => f[last]!), runs.map(({ values }) => values[last]!)];
  };
  const turned = (alphaA: number, width: number): readonly (readonly number[])[] => {
    const { f, values } = blockReplicas(task, descent, { alphaA, N: width, H }, { key: key(8), from: 0, count });
    return [f, values].map((all) => Array.from({ length: count }, (_, r) => all[r * row + last]!));
  };

  it.each([1, 0.5])("have the law of networks in axes that stay: means and variances of 2,000 of N = 16, H = 2, within four standard errors, alphaA = %f", (alphaA) => {
    const whole = plain(alphaA);
    /** Standard errors between the moments of both, at worst. */
    const apart = (other: readonly (readonly number[])[]): number => Math.max(...whole.flatMap((values, i) => moments(values).map(({ value, error }, k) => {
      const against = moments(other[i]!)[k]!;
      return Math.abs(value - against.value) / Math.hypot(error, against.error);
    })));
    expect(apart(turned(alphaA, N))).toBeLessThan(4);
    // D + T = 6 numbers hold a head; networks of that width are others, and the same samples tell.
    expect(apart(turned(alphaA, 6))).toBeGreaterThan(4);
  });
});
