import { describe, expect, it } from "vitest";
import { writeRecord, type MesoscopeRecord, type Parameters } from "@mesoscope/contracts";
import type { RunCells } from "@mesoscope/finite-size";
import { studies } from "../src/index.js";
import { cellsOf, recordOf, runHere } from "./run.js";
import { smallStudies } from "./small-studies.js";

/** Small enough for a test, large enough that every figure and verdict has something in it. */
const small: Readonly<Record<string, Parameters>> = {
  "growth-rates": { dimensions: [2, 3], betas: [2], degrees: 2, sizes: [32], replicas: 8, circleReplicas: 16 },
  "circle-emergence": { thresholds: [0.3], sizes: [32], replicas: 16, rivalBetas: [5], rivalSizes: [64], rivalReplicas: 16 },
  ...smallStudies,
  "one-bit-bifurcation": { betas: 9, zoomBetas: 9, burnIn: 2000, tokens: 1000, approachTokens: 1000, journeyBetas: 5, journeyTokens: 200, bins: 16 },
  "one-bit-attractors": { betas: [1.255, 1.27, 1.28], tokens: 2000, burnIn: 3000, starts: 4, bins: 16, segment: 128, zero: 5e-3 },
  "one-bit-phase-map": { betas: 4, gammas: 3, burnIn: 1000, tokens: 1000 },
  "one-bit-exact": { sizes: [8, 12, 16], turningSizes: [8, 16, 24], replicas: 64 },
  "coordinate-check": { widths: [2, 4, 6, 8], headCounts: [1, 2, 3, 4], depths: [1, 2, 3, 4], replicas: 8, mlp: "none", steps: 2, resamples: 99 },
  "attention-saturation": { sizes: [2, 4, 8], replicas: 16, steps: 3, earlySteps: 2, judged: [2, 1], resamples: 99 },
};

const record = (id: string, options: Parameters = {}, run: { seed?: string; runCells?: RunCells } = {}): Promise<MesoscopeRecord> =>
  recordOf(studies.find((study) => study.id === id)!, { ...small[id], ...options }, run);

describe.each(studies.map(({ id }) => [id]))("%s", (id) => {
  it("answers with a record that can be sealed: verdicts, figures, tables, equations, outcomes", async () => {
    const found = await record(id);
    expect(found.verdicts.length).toBeGreaterThan(1);
    expect(found.figures.length).toBeGreaterThan(1);
    expect(found.tables.length).toBeGreaterThan(0);
    expect(found.equations.length).toBeGreaterThan(2);
    expect(found.outcomes.completed).toBeGreaterThan(0);
    expect(found.narrative.headline).toMatch(/\d/);
    expect(found.narrative.headline).not.toMatch(/NaN|undefined|Infinity/);
    for (const { finding } of found.figures) expect(finding).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("names verdicts, figures and tables apart", async () => {
    const found = await record(id);
    for (const named of [found.verdicts, found.figures, found.tables]) expect(new Set(named.map((one) => one.id)).size).toBe(named.length);
  });

  it("makes the same bytes from the same seed, whoever runs the cells in whatever order, and others from another seed", async () => {
    const backwards: RunCells = async (cells, context) => {
      const batches = await Promise.all([...cells].reverse().map(async (cell) => (await runHere([cell], context))[0]!));
      return batches.reverse();
    };
    const first = writeRecord(await record(id));
    expect(writeRecord(await record(id, {}, { runCells: backwards }))).toBe(first);
    expect(writeRecord(await record(id, {}, { seed: "2" }))).not.toBe(first);
  });

  it("asks for the cells of its plan and no others", async () => {
    const asked: string[] = [];
    const listening: RunCells = (cells, context) => {
      asked.push(...cells.map((cell) => JSON.stringify(cell)));
      return runHere(cells, context);
    };
    await record(id, {}, { runCells: listening });
    const planned = cellsOf(studies.find((study) => study.id === id)!, small[id]!).map((cell) => JSON.stringify(cell));
    expect(new Set(planned).size).toBe(planned.length);
    expect([...new Set(asked)].sort()).toEqual([...planned].sort());
  });

  it("says how far it is, never backwards, and ends at the end", async () => {
    const shares: number[] = [];
    await recordOf(studies.find((study) => study.id === id)!, small[id]!, { progress: (done, of) => shares.push(done / of) });
    expect(shares.length).toBeGreaterThan(2);
    for (let i = 1; i < shares.length; i++) expect(shares[i]!).toBeGreaterThanOrEqual(shares[i - 1]! - 1e-12);
    expect(shares.at(-1)).toBeCloseTo(1, 10);
  });

  it("declares its three levels within its own schema", () => {
    const { parameters, levels } = studies.find((study) => study.id === id)!;
    for (const level of ["quick", "default", "full"] as const) {
      const given = levels[level];
      for (const name of Object.keys(given)) expect(Object.keys(parameters.properties)).toContain(name);
      for (const [name, property] of Object.entries(parameters.properties)) expect(name in given || property.default !== undefined, `${level}: ${name}`).toBe(true);
    }
  });
});

describe("growth-rates", () => {
  it("reproduces the table of k_max and the transitions", async () => {
    const { tables } = await record("growth-rates");
    expect(tables.find(({ id }) => id === "dominant-degree")!.rows).toEqual([
      [2, 1, 1, 2, 2, 3, 3, 4, 4, 6, 7, 8, 11, 14],
      [3, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7, 8, 11, 14],
      [8, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 6, 9, 11],
      [128, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
    ]);
    const transitions = tables.find(({ id }) => id === "transitions")!.rows;
    expect(transitions[0]![1]).toBe("1.0444568621");
    expect(transitions[3]!.slice(1, 4).map((beta) => Number(beta).toFixed(5))).toEqual(["85.28703", "154.53908", "222.35421"]);
  });

  it("catches a simulation that grows at another rate: tokens of another temperature are not equivalent", async () => {
    const warmer: RunCells = (cells, context) => runHere(cells.map((cell) => ({ ...cell, parameters: { ...cell.parameters, beta: 1 } })), context);
    const scale = { dimensions: [2], betas: [5], degrees: 3, sizes: [256], circleReplicas: 200, tolerance: 0.1 };
    const honest = await record("growth-rates", scale);
    const wrong = await record("growth-rates", scale, { runCells: warmer });
    const outcome = (found: MesoscopeRecord): string | undefined => found.verdicts.find(({ id }) => id === "rates-usa-d2-corrected")?.outcome;
    expect(outcome(honest)).toBe("holds");
    expect(outcome(wrong)).toBe("fails");
  });
});

describe("diverged replicas", () => {
  it.each(studies.map(({ id }) => [id]))("forbid %s to say that anything holds", async (id) => {
    const failing: RunCells = async (cells, context) =>
      (await runHere(cells, context)).map((batch) => ({ ...batch, outcomes: batch.outcomes.map((outcome, r) => (r % 2 === 0 ? outcome : { kind: "diverged" as const, message: "made to diverge" })) }));
    const found = await record(id, id === "growth-rates" ? { tolerance: 0.5 } : {}, { runCells: failing });
    expect(found.outcomes.diverged).toBeGreaterThan(0);
    // What compares two computed numbers does not know of replicas.
    expect(found.verdicts.filter(({ outcome, rule }) => outcome === "holds" && !rule.includes("no network is drawn"))).toEqual([]);
    expect(found.outcomes.notes.some(({ message }) => message === "made to diverge")).toBe(true);
  });
});

describe("circle-emergence", () => {
  it("shows the single-mode law failing at beta = 5 by selection, while that of competing modes does not", async () => {
    const found = await record("circle-emergence", { rivalSizes: [512], rivalReplicas: 250, tolerance: 0.08 });
    const verdict = (id: string) => found.verdicts.find((one) => one.id === id)!;
    expect(verdict("rivals-usa-5-0-2-first-departure-mean-limit")).toMatchObject({ outcome: "fails", reason: "selection" });
    expect(verdict("rivals-usa-5-0-2-first-departure-mean-corrected").outcome).not.toBe("fails");
    expect(verdict("rivals-usa-5-0-2-selection").outcome).not.toBe("fails");
  });
});
