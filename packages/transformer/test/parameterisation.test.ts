import { describe, expect, test } from "vitest";
import type { Parameterisation, Sizes } from "../src/index.js";
import { C1, C4, network, scalesOf, sizesOfWidth } from "../src/index.js";
import { meanField, reference } from "./reference.js";

interface Row extends Sizes {
  readonly alphaA: number;
  readonly alphaL: number;
  readonly gamma0: number;
  readonly eta0: number;
  readonly sgd: Record<string, number>;
  readonly adam: Record<string, number>;
}

const ADAM = { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-20 } };
const relative = (found: number, expected: number): void => {
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-14);
};

describe("the table of scales", () => {
  const table = reference.tests["H1"]!.expected["rows"] as Row[];
  test.each(table)("N = $N, H = $H, L = $L, alphaA = $alphaA, alphaL = $alphaL", (row) => {
    const p = meanField({ ...row, beta0: 3 });
    const arrays = Object.fromEntries(network({ architecture: { ...C4, mlp: "gelu" }, parameterisation: p, sizes: row, tokens: 2, features: 5 }).arrays.map((array) => [array.id, array]));
    const scales = scalesOf(p, row);
    relative(scales.rate, row.sgd["lr_bulk"]!);
    relative(scales.branch / 3, row.sgd["branch_over_beta0"]!);
    relative(scales.logits, row.sgd["logits_scale"]!);
    for (const id of ["query.1", "key.2"]) {
      relative(arrays[id]!.standardDeviation, row.sgd["qk_std"]!);
      relative(arrays[id]!.multiplier, row.sgd["qk_multiplier"]!);
    }
    for (const id of ["value.1", "output.2", "mlpIn.1", "mlpOut.1"]) {
      relative(arrays[id]!.standardDeviation, row.sgd["vo_std"]!);
      relative(arrays[id]!.multiplier, row.sgd["vo_multiplier"]!);
    }
    const factor = row.sgd["first_last_multiplier_factor"]!;
    relative(arrays["readIn"]!.multiplier * Math.sqrt(5), factor);
    relative(arrays["readIn"]!.standardDeviation, row.sgd["first_last_std"]!);
    relative(arrays["readOut"]!.multiplier, row.sgd["output_scale"]! * factor);
    relative(arrays["readOut"]!.standardDeviation, row.sgd["first_last_std"]!);

    const adam = scalesOf({ ...p, optimiser: ADAM }, row);
    relative(adam.rate, row.adam["lr_bulk"]!);
    relative(adam.edgeIn.factor, row.adam["first_factor"]!);
    relative(adam.edgeIn.standardDeviation, row.adam["first_std"]!);
  });

  test("at its base sizes the mean-field scheme is the plain one with 1/sqrt(N) logits", () => {
    const sizes = { N: 8, H: 3, L: 4 };
    for (const optimiser of ["sgd", ADAM] as const) {
      const p: Parameterisation = { ...meanField({ alphaA: 0.8, alphaL: 0.7, beta0: 2, gamma0: 0.3, eta0: 0.2, optimiser }), base: sizes };
      const plain: Parameterisation = { ...p, scheme: "ntk", alphaA: 0.5 };
      const [one, other] = [p, plain].map((parameterisation) => network({ architecture: { ...C4, positions: true, mlp: "relu" }, parameterisation, sizes, tokens: 2, features: 5 }));
      for (const [i, array] of one!.arrays.entries()) {
        for (const key of ["standardDeviation", "multiplier", "rate"] as const) relative(array[key], other!.arrays[i]![key]);
      }
      relative(one!.scales.logits, other!.scales.logits);
      relative(one!.scales.branch, other!.scales.branch);
    }
  });

  test("a power of the size is a power of its ratio to the base", () => {
    const p = { ...meanField({ alphaL: 0.75 }), base: { N: 4, H: 2, L: 2 } };
    const [small, large] = [scalesOf(p, { N: 4, H: 2, L: 2 }), scalesOf(p, { N: 16, H: 4, L: 32 })];
    relative(large.rate / small.rate, 8 * 4);
    relative(large.branch / small.branch, 16 ** -0.75);
  });

  test("the standard scheme carries the fan-in in the standard deviation", () => {
    const net = network({ architecture: C4, parameterisation: meanField({ scheme: "standard", alphaA: 0.5, eta0: 0.1 }), sizes: { N: 4, H: 4, L: 1 }, tokens: 2, features: 9 });
    const read = Object.fromEntries(net.arrays.map(({ id, standardDeviation, multiplier, rate }) => [id, [standardDeviation, multiplier, rate]]));
    relative(read["readIn"]![0]!, 1 / 3);
    relative(read["query.1"]![0]!, 1 / 4);
    relative(read["readOut"]![0]!, 1 / 4);
    for (const [, multiplier, rate] of Object.values(read)) expect([multiplier, rate]).toEqual([1, 0.1]);
  });
});

describe("what is refused", () => {
  const make = (changed: Partial<Parameterisation>, sizes: Sizes = { N: 2, H: 2, L: 1 }) => (): unknown => network({ architecture: C4, parameterisation: meanField(changed), sizes, tokens: 2, features: 2 });
  test("exponents, sizes, optimisers", () => {
    expect(make({ alphaA: 0.4 })).toThrow("alphaA = 0.4: must be a number from 0.5 to 1. Exponents between 1/2 and 1 keep every field of order one.");
    expect(make({ alphaL: 1.1 })).toThrow(/^alphaL = 1.1/);
    expect(make({ gamma0: 0 })).toThrow("gamma0 = 0: must be finite and greater than 0. Give a small gamma0, such as 1e-3, for the kernel regime.");
    expect(make({ optimiser: { momentum: 1 } })).toThrow(/^momentum = 1: must be below 1/);
    expect(make({ optimiser: "adam" as never })).toThrow(/^optimiser = "adam": is not known/);
    expect(make({ optimiser: null as never })).toThrow(/^optimiser = null: is not known/);
    expect(make({ optimiser: { adam: null } as never })).toThrow(/^optimiser = .*is not known/);
    expect(make({}, { N: 2.5, H: 2, L: 1 })).toThrow(/^N = 2.5/);
    expect(() => sizesOfWidth({ width: 64, heads: 5, blocks: 2 })).toThrow("width = 64: must be a multiple of the 5 heads. Give each head the same width N: width = N heads.");
    expect(sizesOfWidth({ width: 64, heads: 4, blocks: 2 })).toEqual({ N: 16, H: 4, L: 2 });
  });
  test("architectures that contradict themselves", () => {
    const of = (architecture: Parameters<typeof network>[0]["architecture"], features = 3) => (): unknown => network({ architecture, parameterisation: meanField(), sizes: { N: 2, H: 2, L: 1 }, tokens: 2, features });
    expect(of({ ...C1, positions: true })).toThrow(/^positions = true: needs an embedding/);
    expect(of({ ...C1, skip: true })).toThrow(/^features = 3: must be n = NH = 4/);
    expect(of({ ...C1, skip: true }, 4)).not.toThrow();
    expect(of({ ...C1, trained: ["output"] })).toThrow("trained = \"output\": is no group of this network. It has query, key, value, readOut.");
    expect(of({ ...C4, trained: ["query"] })).toThrow(/^readIn = "trained": needs "readIn"/);
    expect(of({ ...C4, readIn: "frozen", trained: ["readIn"] })).toThrow(/contradicts a frozen read-in/);
    expect(of({ ...C4, attention: "sigmoid" as never })).toThrow(/^attention = "sigmoid": must be one of softmax, shaped, linear/);
  });
});
