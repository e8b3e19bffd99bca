import type { MesoscopeRecord, Parameters } from "@mesoscope/contracts";
import type { RunCells } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { jointConfidence } from "../src/findings/joint-confidence.js";
import { medianOf, powerOfMedians } from "../src/findings/medians.js";
import { studies } from "../src/index.js";
import { recordOf, runHere } from "./run.js";

const options = (seed: string): { confidence: number; resamples: number; stream: ReturnType<ReturnType<typeof key>["stream"]> } => ({ confidence: 0.95, resamples: 399, stream: key(seed).stream() });

describe("medians", () => {
  it("are those of the samples, odd and even, in any order", () => {
    expect(medianOf(Float64Array.of(5, 1, 3), options("a")).value).toBe(3);
    expect(medianOf(Float64Array.of(4, 1, 3, 100), options("a")).value).toBe(3.5);
    const [one, other] = [Float64Array.of(4, 1, 3, 100), Float64Array.of(100, 3, 4, 1)].map((samples) => medianOf(samples, options("b")));
    expect(one!.resampled).toEqual(other!.resampled);
  });

  it("have resamples that are medians of resamples", () => {
    const { resampled } = medianOf(Float64Array.of(1, 2, 4), options("c"));
    // The middle of three draws from three: each extreme with probability 7/27. 399 resamples, level 1e-4.
    for (const extreme of [1, 4]) expect(Math.abs(resampled.filter((value) => value === extreme).length / 399 - 7 / 27)).toBeLessThan(3.9 * Math.sqrt(((7 / 27) * (20 / 27)) / 399));
    expect([...new Set(resampled)].sort()).toEqual([1, 2, 4]);
  });

  it("of a Cauchy law have intervals that cover: 200 trials of 101 samples, level 1e-4", () => {
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const draw = key("cauchy").fold(trial).stream();
      const samples = Float64Array.from({ length: 101 }, () => draw.normal() / draw.normal());
      const { interval } = medianOf(samples, { confidence: 0.95, resamples: 199, stream: key("resample").fold(trial).stream() });
      covered += interval[0] <= 0 && 0 <= interval[1] ? 1 : 0;
    }
    expect(covered / 200).toBeGreaterThan(0.95 - 3.9 * Math.sqrt((0.95 * 0.05) / 200));
  });

  it("go with the power of the size that made them", () => {
    const sizes = [8, 16, 32, 64];
    const medians = sizes.map((n) => medianOf(Float64Array.from({ length: 400 }, (_, r) => n ** 1.5 * Math.exp(key("law").fold(n, r).stream().normal())), options(`size ${n}`)));
    const { value, intervals: [narrow, wide], amplitude } = powerOfMedians(sizes, medians, [0.95, jointConfidence(0.95, 10)]);
    // Standard error 1.25 / (20 ln 2 sqrt 5) = 0.04; level 1e-4.
    expect(Math.abs(value - 1.5)).toBeLessThan(3.9 * 0.04);
    expect(narrow![0]).toBeLessThan(1.5);
    expect(narrow![1]).toBeGreaterThan(1.5);
    expect(wide![1] - wide![0]).toBeGreaterThan(narrow![1] - narrow![0]);
    expect(amplitude).toBeGreaterThan(0);
    expect(() => powerOfMedians(sizes, sizes.map(() => medianOf(Float64Array.of(0, 0), options("zero"))), [0.95])).toThrow(/medians\[0\]/);
  });

  it("hold together as Sidak says", () => {
    expect(jointConfidence(0.95, 1)).toBeCloseTo(0.95, 14);
    expect(jointConfidence(0.95, 4) ** 4).toBeCloseTo(0.95, 14);
  });
});

const record = (id: string, smaller: Parameters, runCells?: RunCells): Promise<MesoscopeRecord> => recordOf(studies.find((study) => study.id === id)!, smaller, runCells === undefined ? {} : { runCells });
const outcome = (found: MesoscopeRecord, id: string): string | undefined => found.verdicts.find((verdict) => verdict.id === id)?.outcome;
const changed = (parameters: Parameters): RunCells => (cells, context) => runHere(cells.map((cell) => ({ ...cell, parameters: { ...cell.parameters, ...parameters } })), context);

describe("wrong networks are caught", () => {
  const check = { widths: [8, 16, 32, 64], headCounts: [1, 2, 3, 4], depths: [1, 2, 3, 4], replicas: 48, mlp: "none", resamples: 99 };

  it("coordinate-check: networks of the NTK scheme do not move as the mean-field scheme promises, and its own control says so", async () => {
    const honest = await record("coordinate-check", check);
    expect(honest.verdicts.filter(({ outcome: found }) => found === "fails")).toEqual([]);
    const control = honest.tables.find(({ id }) => id === "control-width-ntk")!;
    const answers = control.rows.map((row) => row[4]);
    expect(answers.filter((answer) => answer === "fail").length).toBeGreaterThanOrEqual(4);
    const wrong = await record("coordinate-check", check, changed({ scheme: "ntk" }));
    for (const id of ["width", "width-adam"]) expect(wrong.verdicts.filter((verdict) => verdict.id.startsWith(`${id}-`) && verdict.outcome === "fails"), id).not.toEqual([]);
  });

  const saturation = { sizes: [8, 16, 32], replicas: 64, steps: 4, resamples: 199, earlySteps: 2, judged: [2, 1] };

  it("attention-saturation: growth with N is that of alphaA, whatever the case is called", async () => {
    const honest = await record("attention-saturation", saturation);
    expect(["growth-half-0-05", "growth-half-0-5", "growth-one-0-05", "growth-one-0-5"].map((id) => outcome(honest, id))).toEqual(["fails", "fails", "holds", "holds"]);
    expect(honest.narrative.paragraphs.join(" ")).toContain("No limit of wide heads in training");
    const wrong = await record("attention-saturation", saturation, changed({ alphaA: 1 }));
    expect(outcome(wrong, "growth-half-0-05")).not.toBe("fails");
  });

  it("attention-saturation refuses steps to judge that are not looked at, or too few", async () => {
    await expect(record("attention-saturation", { ...saturation, judged: [1] })).rejects.toThrow(/judged/);
    await expect(record("attention-saturation", { ...saturation, judged: [1, 3] })).rejects.toThrow(/judged\[1\]/);
  });
});
