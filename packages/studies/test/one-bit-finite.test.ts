import { describe, expect, it } from "vitest";
import type { MesoscopeRecord, Parameters } from "@mesoscope/contracts";
import { pairLaws } from "@mesoscope/contracts";
import type { RunCells } from "@mesoscope/finite-size";
import { key } from "@mesoscope/numerics";
import { studies } from "../src/index.js";
import { sizeInText } from "../src/one-bit/words.js";
import { publishedNetwork } from "../src/one-bit/regimes.js";
import { onWholeTokens, predictedOnTokens } from "../src/one-bit-finite-size/exit-densities.js";
import { forgottenAt } from "../src/one-bit-memory/cases.js";
import { linearMemory } from "../src/one-bit-memory/linear-memory.js";
import { GROUPS, memoryOfRun } from "../src/one-bit-memory/memory-of-run.js";
import { oneBitMemoryPair } from "../src/one-bit-memory/pair.js";
import { meanFieldMap, tokenStart } from "@mesoscope/dmft/hopfield";
import { recordOf, runHere } from "./run.js";

const record = (id: string, options: Parameters, runCells: RunCells = runHere): Promise<MesoscopeRecord> => recordOf(studies.find((study) => study.id === id)!, options, { runCells });
const outcome = (found: MesoscopeRecord, id: string): string | undefined => found.verdicts.find((verdict) => verdict.id === id)?.outcome;

/** A finite system of another inverse temperature than the theory that it is held against. */
const atAnother = (shift: number, pair?: string): RunCells => (cells, context) =>
  runHere(cells.map((cell) => (pair === undefined || cell.pair === pair ? { ...cell, parameters: { ...cell.parameters, beta: (cell.parameters["beta"] as number) + shift } } : cell)), context);

describe("memory of a run", () => {
  const lags = [4, 8, 12];

  it("is none for independent values, whose mean only follows the clock: 40,000 tokens, seed 1, within four standard errors", () => {
    const stream = key(1).stream();
    const x = Float64Array.from({ length: 40_000 }, (_, t) => (t % 4) + stream.normal());
    const { autocorrelation, information } = memoryOfRun(x, 4, lags);
    for (let i = 0; i < lags.length; i++) {
      expect(Math.abs(autocorrelation![i]!)).toBeLessThan(4 / Math.sqrt(40_000));
      // Beyond its expected excess the information of independent groups scatters by sqrt(2 (g - 1)^2) / 2n at each of four phases.
      expect(Math.abs(information[i]!)).toBeLessThan((4 * Math.sqrt(2) * (GROUPS - 1)) / 20_000 / 2);
    }
  });

  it("is that of an autoregressive series: rho^lag, and -ln(1 - rho^2lag)/2 but for the grouping", () => {
    const stream = key(2).stream();
    let z = 0;
    const x = Float64Array.from({ length: 200_000 }, () => (z = 0.95 * z + Math.sqrt(1 - 0.95 * 0.95) * stream.normal()));
    const { autocorrelation, information } = memoryOfRun(x, 4, [4, 8]);
    expect(autocorrelation![0]).toBeCloseTo(0.95 ** 4, 1);
    expect(autocorrelation![1]).toBeCloseTo(0.95 ** 8, 1);
    const whole = -0.5 * Math.log(1 - 0.95 ** 8);
    expect(information[0]).toBeGreaterThan(0.8 * whole);
    expect(information[0]).toBeLessThan(1.05 * whole);
  });

  it("is whole for a period of seven values at each phase, and undefined where only the clock moves", () => {
    const x = Float64Array.from({ length: 5600 }, (_, t) => Math.floor((t % 28) / 4) + 10 * (t % 4));
    const { autocorrelation, information } = memoryOfRun(x, 4, [28, 56]);
    expect(autocorrelation![0]).toBeCloseTo(1, 12);
    // Miller and Madow add 6 / 2n with n = 1393 pairs a phase.
    expect(information[0]).toBeCloseTo(Math.log(7) + 3 / 1393, 10);
    const clock = memoryOfRun(Float64Array.from({ length: 400 }, (_, t) => t % 4), 4, [4]);
    expect(clock.autocorrelation).toBeUndefined();
    expect(clock.information[0]).toBe(0);
  });

  it("ends at the first lag from which on little is left", () => {
    expect(forgottenAt([0.5, 0.01, 0.2, 0.01], [4, 8, 16, 32])).toBe(32);
    expect(forgottenAt([0.01, 0.01], [4, 8])).toBe(4);
    expect(forgottenAt([0.5, 0.06], [4, 8])).toBeUndefined();
  });

  it("of linear noise exists about the stable period of 4 only, begins near 1 for lag 0 and fades with the slowest multiplier", () => {
    const start = (beta: number): ReturnType<typeof tokenStart> => {
      const map = meanFieldMap(publishedNetwork(beta), tokenStart(publishedNetwork(beta)));
      map.run(20_000);
      return map.state();
    };
    const far = linearMemory(publishedNetwork(1.2), start(1.2), 4, [400, 800])!;
    // 400 tokens further it has lost e^{400 lambda_1} of its envelope, lambda_1 = -0.013712.
    expect(Math.log(Math.abs(far[0]! / far[1]!))).toBeGreaterThan(3);
    expect(Math.abs(far[0]!)).toBeLessThan(1);
    expect(linearMemory(publishedNetwork(1.28), start(1.28), 4, [4])).toBeUndefined();
  });
});

describe("the pair one-bit-memory", () => {
  for (const law of pairLaws(oneBitMemoryPair(), { beta: 1.28, tokens: 256, lags: [4, 8] }, { N: 300 })) it(`keeps the law: ${law.name}`, () => law.check());

  it("refuses lags that mix phases, go back, or reach beyond the run", () => {
    for (const lags of [[3], [8, 4], [256]]) expect(() => oneBitMemoryPair().at({ tokens: 256, lags })).toThrow(/lags\[/);
  });
});

describe("words and densities", () => {
  it("write sizes as they are read", () => {
    expect([300, 3000, 30_000, 300_000, 3e6, 1e7, 1.2e10].map(sizeInText)).toEqual(["300", "3000", "30\u202f000", "300\u202f000", "3·10⁶", "10⁷", "1.2·10¹⁰"]);
  });

  it("put whole tokens into bins of whole tokens, and the predicted law into the same", () => {
    const { edges, density } = onWholeTokens(Float64Array.of(1, 2, 2, 4));
    expect(edges).toEqual([0.5, 1.5, 2.5, 3.5, 4.5]);
    expect(density).toEqual([0.25, 0.5, 0, 0.25]);
    expect(predictedOnTokens({ probabilities: [0, 0.5, 0.5, 1], quantiles: [2, 2, 3, 3] }, edges)).toEqual({ x: [1, 2, 3, 4], y: [0, 0.5, 0.5, 0] });
  });
});

describe("wrong finite systems are caught", () => {
  it("one-bit-finite-size: bits at another temperature do not stay where the map rests", async () => {
    const scale = { sizes: [3000, 9000, 30_000, 300_000], replicas: 48, tokens: 16, longReplicas: 8, longTokens: 450, exitSizes: [30_000, 3_000_000, 300_000_000], exitReplicas: 150, exponentTokens: 20_000 };
    const honest = await record("one-bit-finite-size", scale);
    expect(outcome(honest, "rest-overlap-1-mean-limit")).toBe("holds");
    expect(outcome(honest, "exit-slope")).not.toBe("fails");
    const wrong = await record("one-bit-finite-size", scale, atAnother(0.4));
    expect(outcome(wrong, "rest-overlap-1-mean-limit")).toBe("fails");
    expect(outcome(wrong, "rest-long-run")).toBe("fails");
  });

  it("one-bit-exact: runs at another temperature do not agree with the enumeration, and nothing is said of the expansion then", async () => {
    const scale = { sizes: [20, 40, 80], turningSizes: [16, 32, 64], replicas: 1500 };
    expect(outcome(await record("one-bit-exact", scale), "state-overlap-1-mean-exact")).toBe("holds");
    // hop1 and neg1m have no beta among their parameters: all get one here.
    const wrong = await record("one-bit-exact", scale, (cells, context) => runHere(cells.map((cell) => ({ ...cell, parameters: { ...cell.parameters, beta: 1.6 } })), context));
    expect(outcome(wrong, "state-overlap-1-mean-exact")).toBe("fails");
    expect(outcome(wrong, "state-remainder")).toBe("undecided");
  });

  it("one-bit-critical: off the transition the fluctuations have another law", async () => {
    const scale = { pitchforkSizes: [120, 480, 1920], rotationSizes: [3000, 12_000, 48_000], pitchforkReplicas: 60, rotationReplicas: 8, length: 20, scanReplicas: 4, scanLength: 2 };
    const wrong = await record("one-bit-critical", scale, atAnother(0.2));
    expect(outcome(wrong, "pitchfork-ratio")).toBe("fails");
    expect(outcome(wrong, "pitchfork-exact")).toBe("fails");
  });

  it("one-bit-order-of-limits: runs that change sides at another rate leave the exact chain unconfirmed", async () => {
    const scale = { exactSizes: [20, 40, 60, 80], sizes: [16, 20], replicas: 400, tokens: 1000, every: 100, exitSizes: [3000, 30_000], exitReplicas: 40 };
    const honest = await record("one-bit-order-of-limits", scale);
    expect(outcome(honest, "barrier")).toBe("holds");
    expect(outcome(honest, "wells-overlap-1-mean-limit")).toBe("fails");
    const wrong = await record("one-bit-order-of-limits", scale, atAnother(-0.25, "one-bit"));
    expect(outcome(wrong, "wells-overlap-1-mean-exact")).toBe("fails");
    expect(outcome(wrong, "barrier")).toBe("undecided");
  });

  it("one-bit-memory: on a long period, bits at the temperature of chaos forget what the map does not", async () => {
    const scale = { sizes: [30_000_000, 300_000_000], replicas: 4, tokens: 2800, lags: [4, 8, 16, 28, 56] };
    expect(outcome(await record("one-bit-memory", scale), "period-autocorrelation-mean-limit")).toBe("holds");
    expect(outcome(await record("one-bit-memory", scale, atAnother(0.01)), "period-autocorrelation-mean-limit")).toBe("fails");
  });
});
