import type { Batch } from "@mesoscope/contracts";
import { key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import {
  cellId, comparePlans, costOf, distinctCells, fitCost, fitCosts, keepCells, LARGEST_PLAN, planCells, plannedCells, readManifest, runSerially, sealManifest, writeManifest,
  type Cell, type CellOrigin, type CellStore, type PlannedJob, type RunCells, type SweepPlan,
} from "../../src/index.js";
import { biasedGaussian } from "../synthetic-pair.js";

const origin: CellOrigin = { study: "s", versions: { a: "1" }, backend: "reference" };
const idOf = (cell: Cell): string => cellId(origin, cell);
const plan = (sizes: readonly number[], seed = 1): readonly Cell[] => planCells("synthetic", {}, { axis: "n", sizes, replicas: 6, block: 4 }, key(seed).words);
const serially = runSerially({ synthetic: biasedGaussian(1, 1) });

/** A store in memory, and what it was asked. */
function memory(): CellStore & { readonly kept: Map<string, Uint8Array>; readonly told: string[] } {
  const kept = new Map<string, Uint8Array>();
  const told: string[] = [];
  return {
    kept,
    told,
    read: (id) => Promise.resolve(kept.get(id)),
    write: (id, bytes) => Promise.resolve(void kept.set(id, bytes)),
    refuse: (id, fault) => Promise.resolve(void told.push(`${fault} ${id}`)),
    found: (id) => Promise.resolve(void told.push(`found ${id}`)),
  };
}

/** Runs cells from the last to the first, as a pool may, and counts them. */
function backwards(counts: number[]): RunCells {
  return async (cells, context, settled) => {
    counts.push(cells.length);
    const batches: Batch[] = [];
    for (const [k, cell] of [...cells.entries()].reverse()) {
      const [batch] = await serially([cell], context);
      batches[k] = batch!;
      await settled?.(k, batch!, 0.25);
    }
    return batches;
  };
}

describe("keepCells", () => {
  it("gives what a plain run gives, whether cells are run or read, in whatever order they end", async () => {
    const cells = plan([8, 16]);
    const plain = await serially(cells, {});
    const [store, counts] = [memory(), [] as number[]];
    for (let time = 0; time < 2; time++) expect(await keepCells(backwards(counts), store, idOf)(cells, {})).toEqual(plain);
    expect(counts).toEqual([4, 0]);
    expect(store.told).toEqual(cells.map((cell) => `found ${idOf(cell)}`));
  });

  it("runs what is damaged again, and only that", async () => {
    const cells = plan([8, 16]);
    const [store, counts] = [memory(), [] as number[]];
    const plain = await keepCells(backwards(counts), store, idOf)(cells, {});
    const [a, b] = [idOf(cells[1]!), idOf(cells[2]!)];
    store.kept.set(a, new Uint8Array(store.kept.get(a)!.length));
    store.kept.set(b, store.kept.get(a)!.slice(0, 5));
    expect(await keepCells(backwards(counts), store, idOf)(cells, {})).toEqual(plain);
    expect(counts).toEqual([4, 2]);
    expect(store.told.filter((words) => !words.startsWith("found"))).toEqual([`zero-filled ${a}`, `zero-filled ${b}`]);
  });

  it("keeps each cell before the next one runs, so that a failure loses only what is under way", async () => {
    const cells = plan([8, 16]);
    const store = memory();
    const failing: RunCells = (own, context, settled) => serially(own, { ...context, signal: { get aborted() { return store.kept.size === 2; } } }, settled);
    await expect(keepCells(failing, store, idOf)(cells, {})).rejects.toThrow("stopped after 2 of 4 cells");
    expect([...store.kept.keys()]).toEqual(cells.slice(0, 2).map(idOf));
  });

  it("fails when the store does, and tells of every cell as it settles", async () => {
    const cells = plan([8]);
    const store: CellStore = { ...memory(), write: () => Promise.reject(new RangeError("the disk is full")) };
    await expect(keepCells(serially, store, idOf)(cells, {})).rejects.toThrow("the disk is full");
    const settled: (readonly [number, number | undefined])[] = [];
    await keepCells(backwards([]), memory(), idOf)(cells, {}, (i, _, seconds) => void settled.push([i, seconds]));
    expect(settled).toEqual([[1, 0.25], [0, 0.25]]);
  });

  it("runs a cell that is asked for twice once, and moves the progress of the whole", async () => {
    const [one] = plan([8]);
    const counts: number[] = [];
    const progress: (readonly [number, number])[] = [];
    const store = memory();
    const batches = await keepCells(backwards(counts), store, idOf)([one!, one!], {});
    expect(counts).toEqual([1]);
    expect(batches[0]).toEqual(batches[1]);
    await keepCells(serially, store, idOf)(plan([8]), { progress: (done, of) => void progress.push([done, of]) });
    expect([progress[0], progress.at(-1)]).toEqual([[32, 48], [48, 48]]);
  });
});

describe("a manifest", () => {
  const job = (changes: Partial<PlannedJob> = {}, sizes = [8, 16], seed = 1): PlannedJob => ({
    id: "s", title: "S", study: "s", level: "quick", seed: String(seed), parameters: { beta: 1 }, command: "mesoscope run s", cells: plannedCells(origin, plan(sizes, seed)), ...changes,
  });
  const seal = (jobs: readonly PlannedJob[], changes: Partial<SweepPlan> = {}): ReturnType<typeof sealManifest> => sealManifest({ versions: { a: "1" }, backend: "reference", jobs, ...changes });
  const base = seal([job()]);

  it("can be read back, and refuses what was altered", () => {
    const text = writeManifest(sealManifest(base, { s: "/somewhere/pair.mjs" }));
    expect(readManifest(text)).toEqual({ ...base, places: { s: "/somewhere/pair.mjs" } });
    expect(readManifest(text).hash).toBe(base.hash);
    expect(() => readManifest(text.replace('"seed":"1"', '"seed":"2"'))).toThrow("its hash does not belong to its contents");
    expect(() => readManifest("\0\0\0")).toThrow("it is not JSON");
    expect(() => readManifest("{}")).toThrow("manifestVersion is undefined");
    expect(() => readManifest('{"manifestVersion":2}')).toThrow("this Mesoscope reads version 1. Use the Mesoscope that wrote it");
  });

  it("refuses what is whole and makes no sense, and what is too deep to be a plan", () => {
    const [own] = base.jobs;
    const absurd: readonly object[] = [
      { jobs: [null] },
      { jobs: [{}] },
      { versions: null },
      { backend: 1 },
      { jobs: [{ ...own, seed: 2 }] },
      { jobs: [{ ...own, module: { name: 5, sha256: "x" } }] },
      ...[{ id: "../x" }, { count: -5 }, { size: null }, { size: { n: 1.5 } }].map((change) => ({ jobs: [{ ...own, cells: [{ ...own!.cells[0], ...change }] }] })),
    ];
    const sealed = sealManifest as (plan: object, places?: object) => ReturnType<typeof sealManifest>;
    for (const change of absurd) expect(() => readManifest(JSON.stringify(sealed({ ...base, ...change }))), JSON.stringify(change)).toThrow("its contents are no plan");
    expect(() => readManifest(JSON.stringify(sealed(base, { a: 7 })))).toThrow("its contents are no plan");
    expect(() => readManifest(`{"manifestVersion":1,"hash":"x","jobs":${"[".repeat(20_000)}${"]".repeat(20_000)}}`)).toThrow("its hash does not belong to its contents");
  });

  it("counts a cell of two jobs once", () => {
    expect(distinctCells(seal([job(), job({ id: "t", parameters: { beta: 1, tolerance: 2 } })])).size).toBe(4);
  });

  it.each<[string, ReturnType<typeof sealManifest>, object]>([
    ["the same plan", seal([job()]), { kind: "identical", cells: 4 }],
    ["one size more, one less", seal([job({}, [16, 32])]), { kind: "compatible", reused: 2, added: 2, dropped: 2 }],
    ["another level with the same cells", seal([job({ level: "full" })]), { kind: "compatible", reused: 4, added: 0, dropped: 0 }],
    ["one study more", seal([job(), job({ id: "t", study: "t" }, [64])]), { kind: "compatible", reused: 4, added: 2, dropped: 0 }],
    ["another seed", seal([job({}, [8, 16], 2)]), { kind: "incompatible", differences: [{ what: "seed of s", before: '"1"', now: '"2"' }] }],
    ["another version", seal([job()], { versions: { a: "2", b: "1" } }), { kind: "incompatible", differences: [{ what: "version of a", before: "1", now: "2" }, { what: "version of b", before: "none", now: "1" }] }],
    ["another backend", seal([job()], { backend: "gpu" }), { kind: "incompatible", differences: [{ what: "backend", before: "reference", now: "gpu" }] }],
    ["another study", seal([job({ study: "t" })]), { kind: "incompatible", differences: [{ what: "studies", before: "s", now: "t" }] }],
    ["a module", seal([job({ module: { name: "./a.mjs", sha256: "ab" } })]), { kind: "incompatible", differences: [{ what: "module of s", before: "none", now: '"ab"' }] }],
  ])("beside %s", (_, now, expected) => {
    expect(comparePlans(base, now)).toEqual(expected);
  });
});

describe("the size of a plan", () => {
  it("is counted before a cell is made", () => {
    const design = { axis: "n", sizes: [8, 16], replicas: 1e15, block: 4 };
    expect(() => planCells("p", {}, design, key(1).words)).toThrow(`cells = 500000000000000: must be at most ${LARGEST_PLAN} in one design`);
  });
});

describe("fitCost", () => {
  it("finds the law that made the times", () => {
    const timed = [8, 16, 64].flatMap((n) => [2, 10].map((count) => ({ size: { n, H: 2 }, count, seconds: 1e-4 * count * (2 * n) ** 1.5 })));
    const cost = fitCost(timed)!;
    expect(cost.exponent).toBeCloseTo(1.5, 12);
    expect(costOf(cost, { size: { n: 512, H: 4 }, count: 7 })).toBeCloseTo(1e-4 * 7 * 2048 ** 1.5, 8);
  });

  it("takes time to grow like the size if there is one size only, and knows nothing from nothing", () => {
    const cost = fitCost([{ size: { n: 10 }, count: 4, seconds: 2 }])!;
    expect(costOf(cost, { size: { n: 100 }, count: 1 })).toBeCloseTo(5, 12);
    expect(fitCost([])).toBeUndefined();
    expect(costOf(fitCost([{ size: { n: 1 }, count: 1, seconds: 0 }])!, { size: { n: 1 }, count: 1 })).toBeCloseTo(1e-6, 15);
  });

  it("knows each kind by itself, others by their family, and nothing of strangers", () => {
    const timed = (kind: string, factor: number): Parameters<typeof fitCosts>[0] => [8, 64].map((n) => ({ family: "tokens", kind, size: { n }, count: 2, seconds: 2 * factor * n }));
    const seconds = fitCosts([...timed("d = 2", 1e-5), ...timed("d = 8", 3e-3)]);
    const at = (family: string, kind: string): number | undefined => seconds({ family, kind, size: { n: 128 }, count: 1 });
    expect(at("tokens", "d = 2")).toBeCloseTo(1.28e-3, 12);
    expect(at("tokens", "d = 8")).toBeCloseTo(0.384, 10);
    expect(at("tokens", "d = 3")).toBeCloseTo((1.28e-3 + 0.384) / 2, 10);
    expect(at("heads", "d = 2")).toBeUndefined();
  });
});
