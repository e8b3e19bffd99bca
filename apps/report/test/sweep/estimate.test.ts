import { planCells } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { combination, gridId, gridSize, readGrid } from "../../src/request/grid.js";
import { estimateInWords, estimateOf, readBudget, refuseImpossible, timesAsMuch } from "../../src/sweep/estimate.js";
import { pilotGroups, timePilots } from "../../src/sweep/pilots.js";
import { bytesInWords, secondsInWords } from "../../src/sweep/quantities-in-words.js";
import { cellWorker, fakeCatalogue } from "../fixtures/world.js";

const source = { kind: "bundled" } as const;
const pool = { cellWorker, setting: { catalogue: fakeCatalogue, backend: "reference" }, workers: 1, signal: new AbortController().signal };
const cells = (sizes: readonly number[], replicas: number): readonly { cell: ReturnType<typeof planCells>[number]; source: typeof source }[] =>
  planCells("slow-coin", { p: 0.5 }, { axis: "n", sizes, replicas, block: 64 }, key(1).words).map((cell) => ({ cell, source }));

describe("pilots", () => {
  it("find that tosses cost what they are many", async () => {
    const some = cells([1000, 8000, 64_000, 512_000], 64);
    const pilots = await timePilots(pilotGroups(some), pool, 5);
    const { secondsOf, bytesPerReplica, isLowerBound } = pilots.get("slow-coin")!;
    const growth = secondsOf(some[3]!.cell) / secondsOf(some[2]!.cell);
    expect(growth).toBeGreaterThan(3);
    expect(growth).toBeLessThan(32);
    expect({ bytesPerReplica, isLowerBound }).toEqual({ bytesPerReplica: 8, isLowerBound: false });
    const { cpuSeconds, wallSeconds, ...counted } = estimateOf(some, pilots, 1);
    expect(counted).toEqual({ cells: 4, replicas: 256, bytes: 4 * 4596, isLowerBound: false });
    expect(wallSeconds).toBe(cpuSeconds);
  });

  it("stop when they take too long, and say that it is longer", async () => {
    const some = cells([2_000_000_000], 64);
    const pilots = await timePilots(pilotGroups(some), pool, 0.3);
    const estimate = estimateOf(some, pilots, 1);
    expect(estimate.isLowerBound).toBe(true);
    expect(estimate.cpuSeconds).toBeGreaterThan(5);
    expect(estimateInWords(estimate, 1)).toMatch(/^1 cell, 64 replicas; more than [\d.]+ s of processor time/);
  });
});

describe("an estimate", () => {
  const estimate = { cells: 10, replicas: 100, cpuSeconds: 7200, wallSeconds: 3600, bytes: 5e9, isLowerBound: false };
  it("is refused beyond the budget and beyond the disk, with what to change", () => {
    const limits = { budget: 7200, free: 1e12, workers: 2 };
    expect(() => { refuseImpossible(estimate, limits); }).not.toThrow();
    expect(() => { refuseImpossible(estimate, { ...limits, free: 1e9 }); }).toThrow("this sweep is 10 cells, 100 replicas; about 2 h of processor time, 60 min with 2 workers, 5 GB on disk: only 1 GB are free there. Make room, choose --out on another disk");
    expect(() => { refuseImpossible(timesAsMuch(estimate, 3), limits); }).toThrow(/the budget is 2 h\. Give the grid fewer values, .* or allow the time with --budget 4h/);
  });

  it("reads budgets and says quantities as people do", () => {
    expect(["90s", "30m", "1.5h", "2d"].map(readBudget)).toEqual([90, 1800, 5400, 172800]);
    expect([0.001, 0.42, 90, 150, 86400, 1e6, 1e12].map((seconds) => secondsInWords(seconds))).toEqual(["less than 0.01 s", "0.42 s", "90 s", "2.5 min", "24 h", "12 days", "32,000 years"]);
    expect([0.001, 90].map((seconds) => secondsInWords(seconds, "about"))).toEqual(["less than 0.01 s", "about 90 s"]);
    expect([512, 4596, 2.5e9].map(bytesInWords)).toEqual(["510 bytes", "4.6 kB", "2.5 GB"]);
  });
});

describe("a grid", () => {
  it("runs through all combinations, the last parameter fastest", () => {
    const grid = readGrid(["a=1,2", "b=x,y", "c=[1,2],[3]"]);
    const all = Array.from({ length: gridSize(grid) }, (_, k) => combination(grid, k));
    expect(all.slice(0, 3)).toEqual([{ a: 1, b: "x", c: [1, 2] }, { a: 1, b: "x", c: [3] }, { a: 1, b: "y", c: [1, 2] }]);
    expect(new Set(all.map((values) => JSON.stringify(values))).size).toBe(8);
    expect(gridSize(readGrid([]))).toBe(1);
  });

  it("tells long lists apart that differ at their end, and many values at once", () => {
    const long = Array.from({ length: 80 }, (_, i) => i + 1).join(",");
    expect(readGrid([`a=[${long},100],[${long},200]`]).get("a")).toHaveLength(2);
    expect(readGrid([`a=${Array.from({ length: 60_000 }, (_, i) => i).join(",")}`]).get("a")).toHaveLength(60_000);
    expect(() => readGrid(["a=1e400,1e500"])).toThrow("it names Infinity twice");
  });

  it("gives ids that are slugs, short, distinct, and depend on their own values only", () => {
    const values = [0.5, 5, -0.5, 1e-7, 1e21, "SA", "sa", "S A", true, [1, 2], [12]];
    const ids = values.map((x) => gridId("study", { beta: x }));
    expect(ids.slice(0, 5)).toEqual(["study-beta-0p5", "study-beta-5", "study-beta-m0p5", "study-beta-1em7", "study-beta-1e21"]);
    const long = ["x".repeat(100), `${"x".repeat(100)}y`].map((text) => gridId("study", { name: text }));
    expect(new Set([...ids, ...long]).size).toBe(values.length + 2);
    for (const id of [...ids, ...long]) expect(id).toMatch(/^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(gridId("study", {})).toBe("study");
  });
});
