/** @file Sizes that no memory holds, and replicas that are none: refused by name before anything is allocated. */
import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { EnsembleInput, NetworkInput, Replicas } from "../src/index.js";
import { C4, drawWeights, ensemble, network } from "../src/index.js";
import { data, meanField } from "./reference.js";

const given = (sizes: NetworkInput["sizes"], changed: Partial<EnsembleInput> = {}): EnsembleInput => ({ architecture: C4, parameterisation: meanField(), sizes, ...data.A, replicas: { key: key(1), from: 0, count: 3 }, ...changed });
const described = (sizes: NetworkInput["sizes"]): NetworkInput => ({ architecture: C4, parameterisation: meanField(), sizes, tokens: 3, features: 3 });

describe("sizes", () => {
  test("too deep, and too wide for doubles to count the weights", () => {
    expect(() => network(described({ N: 2, H: 2, L: 1e9 }))).toThrow("L = 1000000000: must be an integer from 1 to 100000. Give at most 100000 blocks");
    expect(() => network(described({ N: 1e8, H: 1e8, L: 1 }))).toThrow("n = NH = 10000000000000000: must be an integer of at most 67108864");
    expect(network(described({ N: 4096, H: 4096, L: 96 })).width).toBe(16_777_216);
  });

  test("weights and outputs of more than 4 GiB: refused with their bytes, before they are drawn", async () => {
    const large = described({ N: 4096, H: 16, L: 1 });
    expect(() => drawWeights(network(large), key(1), 0)).toThrow(/^bytes of the weights of one network = 137\d{9}: must be at most 4294967296\. Take smaller N, H or L/);
    await expect(ensemble(given(large.sizes))).rejects.toThrow(/^bytes of 3 networks of N = 4096, H = 16, L = 1, weights and activations = 41\d{10}: must be at most 4294967296\. Take smaller N, H or L, or fewer replicas at a time\./);
    await expect(ensemble(given({ N: 2, H: 2, L: 1 }, { replicas: { key: key(1), from: 0, count: 1e9 } }))).rejects.toThrow(/^bytes of 1000000000 networks/);
    const run = await ensemble(given({ N: 2, H: 2, L: 1 }, { observe: ["features"] }));
    await expect(run.train({ steps: 1e10 })).rejects.toThrow(/^bytes of outputs of 10000000000 steps and 0 snapshots = \d+: must be at most 4294967296\. Train in several stretches/);
    expect((await run.train({ steps: 1 })).steps).toBe(1);
    run.close();
  });
});

describe("replicas", () => {
  test("without key or weights, or with a seed for a key", async () => {
    const sizes = { N: 2, H: 2, L: 1 };
    const of = (replicas: unknown): EnsembleInput => given(sizes, { replicas: replicas as Replicas });
    await expect(ensemble(of({ from: 0, count: 3 }))).rejects.toThrow('replicas = "count, from": must have a key or weights. Give { key, from, count }, or { weights, count }.');
    await expect(ensemble(of({ key: 7, from: 0, count: 3 }))).rejects.toThrow("replicas.key = 7: must be a key. Give `key(seed)`.");
    await expect(ensemble(of({ key: undefined, from: 0, count: 3 }))).rejects.toThrow("replicas.key = undefined: must be a key.");
    await expect(ensemble(of({ weights: undefined, count: 3 }))).rejects.toThrow(/must have a key or weights/);
    expect(() => drawWeights(network(described(sizes)), 7 as unknown as ReturnType<typeof key>, 0)).toThrow("key = 7: must be a key");
  });
});
