/**
 * @file Kernels at initialisation beside those that `@mesoscope/transformer` records from its own networks: one family a test, none further off than 1 % by Sidak allows. Seeds are fixed. The
 * ordinary run has few of them; MESOSCOPE_DEEP=1 has enough to see 1 % in the largest entries.
 */
import { key } from "@mesoscope/numerics";
import { C4, ensemble, trainedGroups } from "@mesoscope/transformer";
import type { Architecture, Parameterisation, Quantity, Sizes, WeightGroup } from "@mesoscope/transformer";
import { describe, test } from "vitest";
import { depthKernels, inputKernel, kernelChain, kernelDescent, tangentKernel } from "../../../src/transformer/index.js";
import type { ParameterGroup, ResidualModel } from "../../../src/transformer/index.js";
import { reference } from "../attention-cases.js";
import { judged, replicas } from "./family.js";

const { x, y } = reference.data.A;
const tokens = { inputs: 2, tokens: 3, features: 3, x: Float64Array.from(x.flat(2)) };
const plain: Parameterisation = { scheme: "mean-field", alphaA: 0.5, alphaL: 0.75, beta0: 1.2, gamma0: 1, eta0: 1, optimiser: "sgd" };

async function recorded(architecture: Architecture, parameterisation: Parameterisation, sizes: Sizes, count: number, observe: readonly Quantity[]): Promise<(quantity: Quantity, at: number) => { readonly mean: number; readonly square: number; readonly values: number[] }> {
  const run = await ensemble({ architecture, parameterisation, sizes, tokens, targets: y, replicas: { key: key("kernels").fold(sizes.N), from: 0, count }, observe });
  const { values } = (await run.train({ steps: 0, at: [0] })).snapshots[0]!;
  return (quantity, at) => {
    const all = values[quantity]!;
    const own = Array.from({ length: count }, (_, r) => all[(r * all.length) / count + at]!);
    const mean = own.reduce((a, b) => a + b) / count;
    return { mean, square: own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count / (count - 1), values: own };
  };
}

const GROUPS: Readonly<Record<ParameterGroup, WeightGroup>> = { w: "readOut", W2: "mlpOut", W1: "mlpIn", O: "output", V: "value", K: "key", Q: "query", W0: "readIn" };

describe("theory of infinite width", () => {
  test.each([
    ["mean-field", { ...C4, mlp: "gelu", layerNorm: true, causal: true }, { mlp: "gelu", layerNorm: { epsilon: 1e-6 }, head: { alphaA: 0.5, N: "infinite", mask: "causal" } }],
    ["ntk", { ...C4, mlp: "tanh", attention: "shaped", positions: false }, { mlp: "tanh", head: { alphaA: 0.5, N: "infinite", attention: "shaped" } }],
  ] as [("mean-field" | "ntk"), Architecture, Pick<ResidualModel, "mlp" | "layerNorm" | "head">][])("%s units: streams, gradients and the tangent kernel by group, from N = H = 6 and 12", async (scheme, architecture, law) => {
    const model: ResidualModel = { L: 2, alphaL: 0.75, beta0: 1.2, ...law };
    const precision = { tolerance: 1e-2, budget: 2e5, seed: 1 };
    const { stream, gradients } = depthKernels(inputKernel(tokens), model, precision);
    const { groups, perWidth } = tangentKernel(inputKernel(tokens), model, scheme, precision);
    const names = trainedGroups(architecture);
    const seen = ["features", "gradients", "tangentKernel"] as const;
    // Both sizes are doubled: twice the wide mean less the narrow one has no term in 1/N or 1/H left.
    const narrow = await recorded(architecture, { ...plain, scheme }, { N: 6, H: 6, L: 2 }, replicas(120, 400), seen);
    const wide = await recorded(architecture, { ...plain, scheme }, { N: 12, H: 12, L: 2 }, replicas(40, 150), seen);
    const family: (readonly [string, number])[] = [];
    const compare = (name: string, quantity: Quantity, at: number, expected: number, unit: (N: number) => number = () => 1): void => {
      const [a, b] = [narrow(quantity, at), wide(quantity, at)];
      family.push([name, (2 * unit(12) * b.mean - unit(6) * a.mean - expected) / Math.sqrt(4 * unit(12) ** 2 * b.square + unit(6) ** 2 * a.square)]);
    };
    // (PS, PS) of the first token with all; of the last layer, of gradients below the first. Gradients are recorded in mean-field units.
    for (let i = 0; i < 6; i++) {
      compare(`H^L[0,${i}]`, "features", 72 + i, stream[72 + i]!);
      if (scheme === "mean-field") compare(`G^0[0,${i}]`, "gradients", i, gradients[i]!);
    }
    for (const [name, group] of Object.entries(GROUPS) as [ParameterGroup, WeightGroup][]) {
      for (const entry of [0, 1]) compare(`${name}[0,${entry}]`, "tangentKernel", names.indexOf(group) * 4 + entry, (groups[name] ?? perWidth[name]!)[entry]!, groups[name] === undefined ? (N) => N : undefined);
    }
    judged(family);
  });

  test("lazy training of networks is descent in the kernel: the mean of many, extrapolated in 1/N", async () => {
    const descent = { eta0: 0.25, steps: 5 };
    const { total } = tangentKernel(inputKernel(tokens), { L: 1, alphaL: 0.75, beta0: 1.2, head: { alphaA: 1, N: "infinite" } }, "mean-field", { tolerance: 1e-6, budget: 1e6, seed: 1 });
    const expected = kernelDescent(total, y, descent).outputs;
    const at = async (N: number, count: number): Promise<number[][]> => {
      const run = await ensemble({ architecture: C4, parameterisation: { ...plain, alphaA: 1, gamma0: 1e-3, eta0: descent.eta0 }, sizes: { N, H: 4, L: 1 }, tokens, targets: y, replicas: { key: key("lazy").fold(N), from: 0, count } });
      const { outputs } = await run.train({ steps: 5 });
      return Array.from({ length: count }, (_, r) => [...outputs.subarray(r * 12 + 10, r * 12 + 12)]);
    };
    const [narrow, wide] = [await at(8, replicas(60, 600)), await at(16, replicas(30, 300))];
    judged(
      [0, 1].map((m) => {
        const [a, b] = [narrow, wide].map((rows) => {
          const mean = rows.reduce((sum, row) => sum + row[m]!, 0) / rows.length;
          return { mean, square: rows.reduce((sum, row) => sum + (row[m]! - mean) ** 2, 0) / rows.length / (rows.length - 1) };
        }) as [{ mean: number; square: number }, { mean: number; square: number }];
        return [`f_${m}`, (2 * b.mean - a.mean - expected[10 + m]!) / Math.sqrt(4 * b.square + a.square)];
      }),
    );
  });
});

describe("the kernel chain", () => {
  test.each<[string, Architecture, Pick<ResidualModel, "mlp" | "layerNorm" | "skip"> & { readonly mask?: "causal"; readonly attention?: "shaped" }]>([
    ["causal, gelu, layer norm", { ...C4, mlp: "gelu", layerNorm: true, causal: true }, { mlp: "gelu", layerNorm: { epsilon: 1e-6 }, mask: "causal" }],
    ["shaped, tanh", { ...C4, mlp: "tanh", attention: "shaped" }, { mlp: "tanh", attention: "shaped" }],
  ])("has the law of the networks: %s, N = 3, H = 2, means and variances of many", async (_, architecture, { mask, attention, ...model }) => {
    const R = replicas(400, 6000);
    const networks = await recorded(architecture, plain, { N: 3, H: 2, L: 2 }, R, ["features"]);
    const head = { alphaA: 0.5, N: 3, ...(mask === undefined ? {} : { mask }), ...(attention === undefined ? {} : { attention }) };
    const { stream } = kernelChain(inputKernel(tokens), { L: 2, alphaL: 0.75, beta0: 1.2, head, ...model }, 2, "random", { key: key("chain beside networks"), from: 0, count: R });
    const moments = (values: readonly number[]): { mean: number; variance: number; fourth: number } => {
      const mean = values.reduce((a, b) => a + b) / R;
      const central = (p: number): number => values.reduce((sum, value) => sum + (value - mean) ** p, 0) / R;
      return { mean, variance: central(2), fourth: central(4) };
    };
    const family = [0, 1, 3, 8, 35].flatMap((at) => {
      const [own, other] = [moments(networks("features", 72 + at).values), moments(Array.from({ length: R }, (_each, r) => stream[r * 108 + 72 + at]!))];
      return [
        [`mean ${at}`, (own.mean - other.mean) / Math.sqrt((own.variance + other.variance) / R)],
        [`variance ${at}`, (own.variance - other.variance) / Math.sqrt((own.fourth - own.variance ** 2 + other.fourth - other.variance ** 2) / R)],
      ] as const;
    });
    judged(family);
  });
});
