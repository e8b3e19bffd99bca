import { pairLaws, type Pair, type Parameters, type Prediction, type Size } from "@mesoscope/contracts";
import { describe, expect, it } from "vitest";
import { key, type Stream } from "@mesoscope/numerics";
import { C1, C2, drawWeights, ensemble, network } from "@mesoscope/transformer";
import { headFluctuations, headMap, headReadoutPair, headsOfWeights, oneBlock, oneBlockPair, quadratureHeads, trainingTasks, wideHeads, identicalHeads } from "../../../src/transformer/index.js";
import { checkedTask } from "../../../src/transformer/head-map/training-task.js";
import { trainedBlock } from "../../../src/transformer/one-block/block-replicas.js";
import { plainVectors } from "../../../src/transformer/one-block/gaussian-vectors.js";
import { lazyMatrix, type LazyMatrix } from "../../../src/transformer/one-block/lazy-matrix.js";

const KEY = [21, 22] as const;

/** A whole matrix in axes that stay: it can be completed and given to an explicit network. */
const plainMatrix = (n: number, stream: Stream): LazyMatrix => lazyMatrix(plainVectors(n, stream), plainVectors(n, stream));

/** Cheap averages: laws do not ask for digits. */
const few = { steps: 4, drawnHeads: 64 };
const laws: readonly (readonly [string, Pair, Parameters, Size])[] = [
  ["head-readout, alphaA = 1", headReadoutPair(), few, { N: 2, H: 3 }],
  ["head-readout, alphaA = 1/2, some steps", headReadoutPair(), { ...few, alphaA: 0.5, every: 2 }, { N: 1, H: 1 }],
  ["head-readout, between", headReadoutPair(), { ...few, alphaA: 0.75 }, { N: 4, H: 2 }],
  ["head-readout, three features", headReadoutPair(), { ...few, task: "three-features", alphaA: 0.5 }, { N: 4, H: 2 }],
  ["head-readout, explicit weights", headReadoutPair(), { ...few, weights: "explicit" }, { N: 3, H: 2 }],
  ["head-readout, a given task", headReadoutPair(), { ...few, task: "given", x: [1, -1, 0.5, 0.25], features: 1, targets: [1, -1] }, { N: 2, H: 2 }],
  ["one-block, alphaA = 1", oneBlockPair(), few, { N: 2, H: 3 }],
  ["one-block, alphaA = 1/2", oneBlockPair(), { ...few, alphaA: 0.5, every: 2 }, { N: 4, H: 1 }],
  ["one-block, explicit weights", oneBlockPair(), { ...few, weights: "explicit" }, { N: 3, H: 2 }],
  ["one-block, three features", oneBlockPair(), { ...few, task: "three-features", alphaA: 0.5 }, { N: 2, H: 2 }],
];

describe.each(laws)("laws of a pair: %s", (_name, pair, parameters, size) => {
  for (const law of pairLaws(pair, parameters, size)) it(law.name, () => law.check());
});

const predicted = async (pair: Pair, parameters: Parameters, theory: string, size: Size, observable: string): Promise<Prediction> =>
  (await pair.at(parameters).theories.find(({ id }) => id === theory)!.predict(size, {})).find((one) => one.observable === observable)!;

describe("the closed map of heads is the network", () => {
  it.each([0.5, 0.75, 1])("to 1e-12 from the same weights, alphaA = %f", async (alphaA) => {
    const { tokens, targets } = trainingTasks["two-inputs"];
    const [N, H, steps] = [3, 4, 16];
    const descent = { eta0: 0.4, gamma0: 1.3, steps };
    const input = { architecture: C1, parameterisation: { scheme: "mean-field", alphaA, alphaL: 1, beta0: 1, gamma0: 1.3, eta0: 0.4, optimiser: "sgd" } as const, sizes: { N, H, L: 1 } };
    const explicit = await ensemble({ ...input, tokens: { ...tokens, x: Float64Array.from(tokens.x) }, targets, replicas: { key: key(5), from: 0, count: 3 } });
    const { outputs } = await explicit.train({ steps });
    explicit.close();
    const aim = N ** (1 - alphaA);
    for (let r = 0; r < 3; r++) {
      const weights = drawWeights(network({ ...input, tokens: 3, features: 2 }), key(5), r);
      const unit = (id: string): Float64Array => weights[id]!.map((w) => w / aim);
      const heads = headsOfWeights({ alphaA, N, features: 2, heads: H, queries: unit("query.1"), keys: unit("key.1"), values: weights["value.1"]!, readOut: weights["readOut"]! });
      const { f } = headMap({ tokens, targets }, descent, heads);
      f.forEach((value, i) => { expect(Math.abs(value - outputs[r * f.length + i]!)).toBeLessThan(1e-12); });
    }
  });

  it("has the law of explicit networks: means and standard deviations of 1,500 networks of N = 2, H = 2, within four standard errors", async () => {
    const of = async (weights: string): Promise<Float64Array> => (await headReadoutPair().at({ alphaA: 0.5, eta0: 0.4, every: 16, weights }).sample({ N: 2, H: 2 }, { key: KEY, from: 0, count: 1500 }, {})).values["output-1"]!;
    const moments = (x: Float64Array): readonly [number, number, number] => {
      const mean = x.reduce((a, b) => a + b, 0) / x.length;
      const square = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
      return [mean, square, x.reduce((a, b) => a + ((b - mean) ** 2 - square) ** 2, 0) / x.length];
    };
    const [a, b] = [moments(await of("reduced")), moments(await of("explicit"))];
    expect(Math.abs(a[0] - b[0])).toBeLessThan(4 * Math.sqrt((a[1] + b[1]) / 1500));
    expect(Math.abs(a[1] - b[1])).toBeLessThan(4 * Math.sqrt((a[2] + b[2]) / 1500));
  });
});

describe("a block whose output projection is drawn where it is asked for is the network", () => {
  it.each([0.5, 1])("to 1e-10 with the weights that it amounts to, alphaA = %f", async (alphaA) => {
    const { tokens, targets } = trainingTasks["two-inputs"];
    const [N, H, D, steps] = [4, 3, 2, 12];
    const n = N * H;
    const descent = { eta0: 0.25, gamma0: 1.2, steps };
    const drawn = (name: string, size: number): Float64Array => {
      const out = new Float64Array(size);
      key(9).fold(name).stream().fillNormal(out);
      return out;
    };
    const [queries, keys, V, w] = [drawn("queries", n * D), drawn("keys", n * D), drawn("values", n * D), drawn("w", n)];
    const states = headsOfWeights({ alphaA, N, features: D, heads: H, queries, keys, values: V, readOut: w });
    const projection = plainMatrix(n, key(9).fold("projection").stream());
    /** Reduced networks hold neuron i of head h at i H + h. */
    const place = (neuron: number): number => (neuron % N) * H + Math.floor(neuron / N);
    const turned = new Float64Array(n * D);
    for (let neuron = 0; neuron < n; neuron++) for (let d = 0; d < D; d++) turned[place(neuron) * D + d] = V[neuron * D + d]!;
    const reduced = trainedBlock(checkedTask({ tokens, targets }), descent, { N, H }, { states, V: turned, projection, w: w.slice() });
    const whole = projection.completed();
    const aim = N ** (1 - alphaA);
    const explicit = await ensemble({
      architecture: C2,
      parameterisation: { scheme: "mean-field", alphaA, alphaL: 1, beta0: 1, gamma0: 1.2, eta0: 0.25, optimiser: "sgd" },
      sizes: { N, H, L: 1 },
      tokens: { ...tokens, x: Float64Array.from(tokens.x) },
      targets,
      replicas: { count: 1, weights: { "query.1": queries.map((q) => q * aim), "key.1": keys.map((k) => k * aim), "value.1": V, "output.1": whole.map((_, at) => whole[Math.floor(at / n) * n + place(at % n)]!), readOut: w } },
    });
    const { outputs } = await explicit.train({ steps });
    explicit.close();
    reduced.f.forEach((value, i) => { expect(Math.abs(value - outputs[i]!)).toBeLessThan(1e-10); });
    expect(Math.abs(reduced.f.at(-2)!)).toBeGreaterThan(0.1);
  });

  it("answers as one Gaussian matrix does, to 1e-12, also where a vector is asked again", () => {
    const n = 7;
    const matrix = plainMatrix(n, key(3).stream());
    const vector = (at: number): Float64Array => Float64Array.from({ length: n }, (_, i) => Math.sin(at + 2.3 * i * (at + 1)));
    const asked = [0, 1, 2, 0, 3].map((at) => ({ v: vector(at), u: matrix.times(vector(at)), e: matrix.transposedTimes(vector(at + 0.5)), c: vector(at + 0.5) }));
    const whole = matrix.completed();
    for (const { v, u, e, c } of asked) {
      for (let i = 0; i < n; i++) {
        expect(Math.abs(u[i]! - v.reduce((sum, value, k) => sum + whole[i * n + k]! * value, 0))).toBeLessThan(1e-12);
        expect(Math.abs(e[i]! - c.reduce((sum, value, k) => sum + whole[k * n + i]! * value, 0))).toBeLessThan(1e-12);
      }
    }
  });
});

describe("predictions", () => {
  const base = { alphaA: 0.5, eta0: 0.4, every: 16 };

  it("of the limit are those of its solvers, with noise that falls as 1/H at alphaA = 1/2 and as 1/(N H) at 1", async () => {
    const at = async (alphaA: number, N: number, H: number): Promise<number> => (await predicted(headReadoutPair(), { ...base, steps: 8, every: 8, alphaA }, "limit", { N, H }, "output-1")).spread![0]!;
    expect((await at(0.5, 4, 4)) / (await at(0.5, 16, 16))).toBeCloseTo(2, 12);
    expect((await at(1, 4, 4)) / (await at(1, 16, 16))).toBeCloseTo(4, 12);
    const { f } = oneBlock(trainingTasks["two-inputs"], { eta0: 0.25, gamma0: 1, steps: 16 }, wideHeads(identicalHeads({ alphaA: 1, features: 2, heads: 1 })));
    expect((await predicted(oneBlockPair(), { every: 16 }, "limit", { N: 4, H: 4 }, "output-2")).value[0]).toBe(f[33]);
  });

  it("of the noise know that heads answer to each other: without the response the standard deviation is another one", async () => {
    const { headCovariance, covariance } = headFluctuations(trainingTasks["two-inputs"], { eta0: 0.4, gamma0: 1, steps: 16 }, quadratureHeads({ features: 2, nodes: 4 }), { shift: false });
    const last = 32 * 34 + 32;
    expect(headCovariance[last]! / covariance[last]!).toBeGreaterThan(2);
    const { values } = await headReadoutPair().at(base).sample({ N: 256, H: 16 }, { key: KEY, from: 0, count: 1500 }, {});
    const x = values["output-1"]!;
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const found = 16 * (x.reduce((a, b) => a + (b - mean) ** 2, 0) / (x.length - 1));
    // 1,500 networks know a variance to 4 % (one standard error); H = 16 leaves a second order beside it.
    expect(Math.abs(found / covariance[last]! - 1)).toBeLessThan(0.25);
    expect(found / headCovariance[last]!).toBeLessThan(0.6);
  });

  it("of the mean loss hold the variance of the outputs", async () => {
    const size = { N: 4, H: 4 };
    const [of, plain] = [await predicted(headReadoutPair(), { ...base, drawnHeads: 64 }, "corrected", size, "loss"), await predicted(headReadoutPair(), { ...base, drawnHeads: 64 }, "many-heads", size, "loss")];
    expect(of.value[0]! - plain.value[0]!).toBeGreaterThan(0);
  });
});

describe("refusals", () => {
  it.each([
    [() => headReadoutPair().at({ alphaA: 0.4 }), /alphaA = 0.4: must be at least 0.5/],
    [() => headReadoutPair().at({ task: "none" }), /task = "none": must be one of two-inputs/],
    [() => headReadoutPair().at({ task: "given", features: 1, targets: [1] }), /x = undefined: must be given for task "given"/],
    [() => headReadoutPair().at({ task: "given", x: [1, 2, 3], features: 2, targets: [1] }), /x = 3: must be 2 numbers/],
    [() => oneBlockPair().at({ every: 17 }), /every = 17: must be at most steps = 16/],
    [() => oneBlockPair().at({ weights: "some" }), /weights = "some": must be one of reduced, explicit/],
  ])("parameters, case %#", (call, message) => {
    expect(call).toThrow(message);
  });

  it("a divergent rate is an outcome with its step, and the limit says that it diverges itself", async () => {
    for (const pair of [headReadoutPair(), oneBlockPair()]) {
      const instance = pair.at({ eta0: 400, steps: 24, drawnHeads: 64 });
      const { outcomes } = await instance.sample({ N: 2, H: 2 }, { key: KEY, from: 0, count: 2 }, {});
      for (const one of outcomes) expect(one.kind === "diverged" ? one.message : "").toMatch(/step/);
      for (const theory of instance.theories) {
        const told = theory.applies({ N: 2, H: 2 });
        expect(told.applies ? "" : told.reason).toMatch(/diverges after/);
      }
    }
  });

  it("an aborted run says which replicas it has not sampled", async () => {
    const { outcomes } = await headReadoutPair().at(few).sample({ N: 2, H: 2 }, { key: KEY, from: 0, count: 2 }, { signal: { aborted: true } });
    expect(outcomes.every(({ kind }) => kind === "diverged")).toBe(true);
  });
});
