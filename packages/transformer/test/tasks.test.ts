import { key, leastSquares } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { Architecture, Task } from "../src/index.js";
import { C4, ensemble, inductionTask, irisTask, retrievalTask } from "../src/index.js";
import { meanField } from "./reference.js";

const rowsOf = ({ tokens: { x, tokens, features } }: Task, mu: number): number[][] => Array.from({ length: tokens }, (_, s) => Array.from({ length: features }, (__, i) => x[(mu * tokens + s) * features + i]!));
const squared = (row: number[]): number => row.reduce((sum, value) => sum + value * value, 0);
const place = (row: number[], upTo: number): number => row.slice(0, upTo).findIndex((value) => value > 0);

describe("sequences", () => {
  test("a retrieval names the value of the key that it asks for", () => {
    const task = retrievalTask({ key: key("tasks"), inputs: 40, vocabulary: 6, pairs: 3 });
    expect([task.tokens.tokens, task.tokens.features]).toEqual([4, 8]);
    for (let mu = 0; mu < 40; mu += 1) {
      const rows = rowsOf(task, mu);
      for (const row of rows) expect(squared(row)).toBeCloseTo(8, 12);
      const keys = rows.map((row) => place(row, 6));
      expect(new Set(keys.slice(0, 3)).size).toBe(3);
      const at = keys.indexOf(keys[3]!);
      expect(at).toBeLessThan(3);
      expect(Math.sign(rows[at]![6]!)).toBe(task.targets[mu]);
      expect([rows[3]![6], rows[3]![7]]).toEqual([0, 2]);
    }
    expect(Math.abs(task.targets.reduce((a, b) => a + b))).toBeLessThan(20);
  });

  test("an induction names the value that followed the key", () => {
    const task = inductionTask({ key: key("tasks"), inputs: 40, vocabulary: 5, pairs: 2 });
    expect([task.tokens.tokens, task.tokens.features]).toEqual([5, 7]);
    for (let mu = 0; mu < 40; mu += 1) {
      const kinds = rowsOf(task, mu).map((row) => place(row, 7));
      const at = kinds.indexOf(kinds[4]!);
      expect(kinds[at + 1]).toBe(task.targets[mu] === 1 ? 5 : 6);
    }
  });

  test("an input is the same in a longer task", () => {
    const [short, long] = [3, 9].map((inputs) => retrievalTask({ key: key("tasks"), inputs, vocabulary: 4, pairs: 2 }));
    expect(Array.from(long!.tokens.x).slice(0, short!.tokens.x.length)).toEqual(Array.from(short!.tokens.x));
  });

  test("are refused with more pairs than keys", () => {
    expect(() => retrievalTask({ key: key(1), inputs: 1, vocabulary: 2, pairs: 3 })).toThrow("pairs = 3: must be an integer from 1 to 2. Give at most as many pairs as there are keys: a sequence names no key twice.");
  });
});

describe("iris", () => {
  test("flowers come in turns, once each, standardised", () => {
    const task = irisTask({ key: key("iris"), perSpecies: 50, species: ["versicolor", "virginica"] });
    expect(task.tokens).toMatchObject({ inputs: 100, tokens: 4, features: 5 });
    const rows = Array.from({ length: 100 }, (_, mu) => rowsOf(task, mu));
    // The longer petals are those of virginica, in every mean.
    const mean = (sign: number): number => rows.filter((_, mu) => task.targets[mu] === sign).reduce((sum, row) => sum + row[2]![4]!, 0) / 50;
    expect(mean(1)).toBeLessThan(mean(-1));
    expect(new Set(rows.map((row) => row.join())).size).toBeGreaterThan(95);
    // All three species together: mean square 1 of every measurement, so squared length D on average.
    const setosa = irisTask({ key: key("iris"), perSpecies: 50, species: ["setosa", "virginica"] });
    const whole = [...rows.filter((_, mu) => task.targets[mu] === 1), ...Array.from({ length: 100 }, (_, mu) => rowsOf(setosa, mu))];
    for (let s = 0; s < 4; s += 1) expect(whole.reduce((sum, row) => sum + squared(row[s]!), 0) / 150).toBeCloseTo(5, 12);
  });

  test("refuses what there is not", () => {
    expect(() => irisTask({ key: key(1), perSpecies: 51, species: ["setosa", "virginica"] })).toThrow(/^perSpecies = 51/);
    expect(() => irisTask({ key: key(1), perSpecies: 5, species: ["setosa", "setosa"] })).toThrow(/must differ/);
  });
});

describe("learning", () => {
  const lossAfter = async (task: Task, architecture: Architecture, steps: number, eta0: number, gamma0 = 1): Promise<number> => {
    const run = await ensemble({ architecture, parameterisation: meanField({ eta0, gamma0 }), sizes: { N: 8, H: 2, L: 1 }, tokens: task.tokens, targets: task.targets, replicas: { key: key("learning"), from: 0, count: 2 } });
    const { loss, outcomes } = await run.train({ steps });
    expect(outcomes.every(({ kind }) => kind === "converged")).toBe(true);
    return (loss[steps]! + loss[2 * steps + 1]!) / 2;
  };

  test("iris: two species that overlap are told apart better than by chance", async () => {
    const task = irisTask({ key: key("iris"), perSpecies: 10, species: ["versicolor", "virginica"] });
    expect(await lossAfter(task, { ...C4, mlp: "gelu", layerNorm: true }, 60, 0.2)).toBeLessThan(0.1);
  });

  test("retrieval is learnt", async () => {
    expect(await lossAfter(retrievalTask({ key: key("learning"), inputs: 12, vocabulary: 3, pairs: 2 }), C4, 150, 0.3, 2)).toBeLessThan(0.05);
  });
});

describe("what averages of tokens cannot do", () => {
  // Of the target they know the sum of the values: 1/pairs of its variance, whatever is asked for. 4,000 sequences tell to 3 % or better.
  test.each([1, 2, 4])("with %i pairs", (pairs) => {
    const P = 4000;
    const task = retrievalTask({ key: key("averages"), inputs: P, vocabulary: 5, pairs });
    const D = task.tokens.features;
    const pooled = Float64Array.from({ length: P * D }, (_, i) => rowsOf(task, Math.floor(i / D)).reduce((sum, row) => sum + row[i % D]!, 0));
    const { residual } = leastSquares(pooled, task.targets, P, D, { tolerance: 1e-10 });
    expect(Math.abs((residual * residual) / P - (1 - 1 / pairs))).toBeLessThan(0.03);
  });
});
