import { describe, expect, it } from "vitest";
import type { MesoscopeRecord, Parameters } from "@mesoscope/contracts";
import type { RunCells } from "@mesoscope/finite-size";
import { studies } from "../src/index.js";
import { recordOf, runHere } from "./run.js";

/** Cells of another inverse temperature than they say: a simulation that does not belong to the theory. */
const at = (change: (beta: number) => number): RunCells => (cells, context) =>
  runHere(cells.map((cell) => (typeof cell.parameters["beta"] === "number" ? { ...cell, parameters: { ...cell.parameters, beta: change(cell.parameters["beta"]) } } : cell)), context);

const record = (id: string, parameters: Parameters, runCells?: RunCells): Promise<MesoscopeRecord> => recordOf(studies.find((study) => study.id === id)!, parameters, runCells === undefined ? {} : { runCells });
const outcomeOf = (found: MesoscopeRecord, id: string): string | undefined => found.verdicts.find((verdict) => verdict.id === id)?.outcome;

describe("one-bit-bifurcation", () => {
  const scale = { betas: 9, zoomBetas: 9, burnIn: 3000, tokens: 2000, approachTokens: 20_000, approachTolerance: 4e-3, exponentTolerance: 0.02, journeyBetas: 5, journeyTokens: 200, bins: 16 };

  it("locates the first bifurcation, and trajectories find it there", async () => {
    const found = await record("one-bit-bifurcation", scale);
    expect(outcomeOf(found, "first-bifurcation")).toBe("holds");
    expect(outcomeOf(found, "exponents-of-orbits")).toBe("holds");
    const [row] = found.tables.find(({ id }) => id === "bifurcations")!.rows;
    expect(row![0]).toBe("neimark-sacker");
    expect(Number(row![1])).toBeCloseTo(1.243444547815, 10);
    expect(Number(row![2])).toBeCloseTo(0.2419385717, 8);
  });

  it("catches trajectories of another temperature", async () => {
    const found = await record("one-bit-bifurcation", scale, at((beta) => beta * 0.98));
    expect(outcomeOf(found, "first-bifurcation")).toBe("fails");
    expect(outcomeOf(found, "exponents-of-orbits")).toBe("fails");
  });

  it("says that no chaos was seen where there is none", async () => {
    const found = await record("one-bit-bifurcation", { ...scale, high: 1.2, zoomLow: 1, zoomHigh: 1.1 });
    expect(outcomeOf(found, "regimes")).toBe("undecided");
    expect(found.narrative.headline).toMatch(/Not all three .* no chaos was seen/);
  });
});

describe("one-bit-attractors", () => {
  const scale = { betas: [1.255, 1.27, 1.28, 1.4], tokens: 12_000, burnIn: 10_000, starts: 4, bins: 16, segment: 128, zero: 1e-3, tolerance: 0.04, dimensionTolerance: 0.5 };

  it("finds the regimes and exponents of the reference", async () => {
    const found = await record("one-bit-attractors", scale);
    for (const id of ["regime-1-255", "regime-1-27", "regime-1-28", "regime-1-4", "exponents"]) expect(outcomeOf(found, id), id).toBe("holds");
  });

  it("catches attractors of another temperature", async () => {
    const found = await record("one-bit-attractors", scale, at((beta) => beta - 0.05));
    expect(outcomeOf(found, "regime-1-28")).toBe("fails");
    expect(outcomeOf(found, "exponents")).toBe("fails");
  });

  it("draws inverse temperatures that have no reference, and judges none of them", async () => {
    const found = await record("one-bit-attractors", { ...scale, betas: [1.6], tokens: 4000 });
    expect(found.verdicts.map(({ id }) => id)).toEqual(["exponents", "dimensions", "one-attractor"]);
    expect(outcomeOf(found, "exponents")).toBe("undecided");
    expect(found.figures.map(({ id }) => id)).toEqual(["planes-1", "spectra"]);
  });
});

describe("one-bit-phase-map", () => {
  const scale = { betas: 6, gammas: 3, burnIn: 2000, tokens: 2000 };

  it("ends order where the multipliers say", async () => {
    const found = await record("one-bit-phase-map", scale);
    expect(outcomeOf(found, "boundary")).toBe("holds");
    const located = found.tables.find(({ id }) => id === "boundary")!.rows;
    expect(located.map(([gamma]) => gamma)).toEqual([0, 150, 300]);
    for (const [, beta] of located) expect(Math.abs(Number(beta) - 1.2443)).toBeLessThan(3e-3);
  });

  it("catches a map whose order ends elsewhere", async () => {
    const found = await record("one-bit-phase-map", scale, at((beta) => beta * 0.6));
    expect(outcomeOf(found, "boundary")).toBe("fails");
  });
});
