import { describe, expect, it } from "vitest";
import { ContractError, type Batch } from "@mesoscope/contracts";
import { DomainError, key } from "@mesoscope/numerics";
import { AbortedError, divergedCaveat, gather, planCells, runSerially, type Design } from "../../src/index.js";
import { syntheticPair } from "../synthetic-pair.js";

const design: Design = { axis: "n", sizes: [4, 9], replicas: 23, block: 5 };
/** One replica in four diverges, leaving an absurd number behind; one in twenty is a NaN that claims to be complete. */
const wild = syntheticPair({
  draw: (stream, n) => (stream.uniform() < 0.05 ? Number.NaN : n + stream.normal()),
  predict: (n) => ({ value: [n], numericalError: [0] }),
  outcome: (stream) => (stream.uniform() < 0.25 ? { kind: "diverged", message: "step 3 overflowed" } : { kind: "completed" }),
});
const { observables } = wild.at({});
const words = key("ensemble").words;

async function run(d: Design): Promise<ReturnType<typeof gather>> {
  const cells = planCells(wild.id, {}, d, words);
  return gather(d, cells, await runSerially({ synthetic: wild })(cells, {}), observables);
}

describe("ensembles", () => {
  it("count diverged replicas and leave them out", async () => {
    const ensembles = await run({ ...design, replicas: 200 });
    for (const ensemble of ensembles) {
      expect(ensemble.completed + ensemble.diverged).toBe(200);
      expect(ensemble.diverged).toBeGreaterThan(20);
      const values = ensemble.values("y");
      expect(values.length).toBe(ensemble.completed);
      expect(values.every(Number.isFinite)).toBe(true);
      const messages = ensemble.notes.map(({ message }) => message);
      expect(messages).toContain("step 3 overflowed");
      expect(messages).toContain("completed with NaN in y");
      expect(ensemble.notes.reduce((sum, { count }) => sum + count, 0)).toBe(ensemble.diverged);
    }
  });

  it("are the same bytes for any block, and any order of the cells", async () => {
    const reference = await run(design);
    for (const block of [1, 7, 1000]) {
      const other = await run({ ...design, block });
      expect(other.map((e) => e.values("y"))).toEqual(reference.map((e) => e.values("y")));
    }
    const cells = planCells(wild.id, {}, design, words);
    const batches = await runSerially({ synthetic: wild })(cells, {});
    const shuffled = gather(design, cells.toReversed(), batches.toReversed(), observables);
    expect(shuffled.map((e) => e.values("y"))).toEqual(reference.map((e) => e.values("y")));
  });

  it("refuse cells that are missing, double or of another design", async () => {
    const cells = planCells(wild.id, {}, design, words);
    const batches = await runSerially({ synthetic: wild })(cells, {});
    expect(() => gather(design, cells.slice(1), batches.slice(1), observables)).toThrow(/must go on with replica 0 at size 4/);
    expect(() => gather(design, cells.slice(0, -1), batches.slice(0, -1), observables)).toThrow(/must hold the 23 replicas of size 9/);
    expect(() => gather(design, [...cells, cells[0]!], [...batches, batches[0]!], observables)).toThrow(DomainError);
    expect(() => gather({ ...design, sizes: [4] }, cells, batches, observables)).toThrow(/outside the design/);
    expect(() => gather(design, cells, batches.slice(1), observables)).toThrow(/one for each of the 10 cells/);
    expect(() => gather(design, cells, batches, observables)[0]!.values("z")).toThrow(/observable = "z": must be one of y/);
  });
});

describe("runSerially", () => {
  it("reports progress that ends at the whole and never falls", async () => {
    const seen: number[] = [];
    const cells = planCells(wild.id, {}, design, words);
    await runSerially({ synthetic: wild })(cells, { progress: (done, of) => seen.push(done / of) });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(1);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  });

  it("stops with AbortedError between cells", async () => {
    const signal = { aborted: false };
    const progress = (done: number): void => {
      if (done > 0) signal.aborted = true;
    };
    const cells = planCells(wild.id, {}, design, words);
    await expect(runSerially({ synthetic: wild })(cells, { signal, progress })).rejects.toThrow(AbortedError);
    await expect(runSerially({ synthetic: wild })(cells, { signal, progress })).rejects.toThrow(/stopped after 0 of 10 cells/);
  });

  it.each<[string, Partial<Batch>, RegExp]>([
    ["too few outcomes", { outcomes: [] }, /0 outcomes; 5 replicas were asked for/],
    ["no values", { values: {} }, /no values of "y"/],
    ["too few values", { values: { y: new Float64Array(3) } }, /3 values of "y"/],
    ["too few marks", { censored: { y: new Uint8Array(1) } }, /1 censoring marks of "y"/],
  ])("refuses a batch with %s", async (_, change, message) => {
    const broken = {
      ...wild,
      at: () => ({ ...wild.at({}), sample: async (...args: Parameters<ReturnType<typeof wild.at>["sample"]>) => ({ ...(await wild.at({}).sample(...args)), ...change }) }),
    };
    const running = runSerially({ synthetic: broken })(planCells(wild.id, {}, design, words), {});
    await expect(running).rejects.toThrow(ContractError);
    await expect(running).rejects.toThrow(message);
  });

  it("names the pairs at hand if one is missing", async () => {
    const cells = planCells("other", {}, design, words);
    await expect(runSerially({ synthetic: wild })(cells, {})).rejects.toThrow(/the pairs at hand are synthetic/);
  });
});

describe("what is to be said of diverged replicas", () => {
  it("nothing up to the allowed share, else how many of how many", () => {
    expect(divergedCaveat({ completed: 99, diverged: 1 })).toBeUndefined();
    expect(divergedCaveat({ completed: 98, diverged: 2 })).toBe("2 of 100 replicas diverged");
    expect(divergedCaveat({ completed: 88, diverged: 12 }, 0.12)).toBeUndefined();
    expect(divergedCaveat({ completed: 88, diverged: 12 }, 0)).toBe("12 of 100 replicas diverged");
    expect(divergedCaveat({ completed: 0, diverged: 5 })).toBe("5 of 5 replicas diverged");
    expect(divergedCaveat({ completed: 5, diverged: 0 }, 0)).toBeUndefined();
  });
  it("refuses a share in percent", () => {
    expect(() => divergedCaveat({ completed: 1, diverged: 0 }, 5)).toThrow(/allowed = 5/);
  });
});
