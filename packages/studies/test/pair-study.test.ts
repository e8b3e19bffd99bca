import { describe, expect, it } from "vitest";
import { ContractError, type Pair } from "@mesoscope/contracts";
import { runSerially, type RunCells } from "@mesoscope/finite-size";
import { keyFromWords } from "@mesoscope/numerics";
import { studyOfPair } from "../src/index.js";
import { cellsOf, recordOf } from "./run.js";

/** Mean of n coins that fall on heads with probability p, beside a theory that says `predicted`. */
function coins(predicted: number, spread?: number): Pair {
  return {
    pairVersion: 1,
    id: "coins",
    title: "Coins",
    parameters: { type: "object", properties: { p: { type: "number", symbol: "p", description: "probability of heads", unit: "1", default: 0.5 } }, additionalProperties: false },
    axes: [{ name: "n", symbol: "n", meaning: "coins", least: 1 }],
    equations: [],
    at: ({ p }) => ({
      observables: [{ id: "mean", symbol: "m", meaning: "share of heads", unit: "1", kind: "scalar" }],
      theories: [{ id: "limit", title: "law of large numbers", equations: [], applies: () => ({ applies: true, meters: [] }), predict: () => Promise.resolve([{ observable: "mean", value: [predicted], numericalError: [0], ...(spread === undefined ? {} : { spread: [spread] }) }]) }],
      sample: ({ n = 0 }, { key, from, count }) => {
        const mean = Float64Array.from({ length: count }, (_, r) => {
          const stream = keyFromWords(key).fold(from + r).stream();
          let heads = 0;
          for (let i = 0; i < n; i++) if (stream.uniform() < Number(p)) heads += 1;
          return heads / n;
        });
        return Promise.resolve({ outcomes: Array.from(mean, () => ({ kind: "completed" as const })), values: { mean } });
      },
    }),
  };
}

describe("the study that any pair gets", () => {
  it.each([
    [0.5, "holds"],
    [0.6, "fails"],
  ])("finds that a prediction of %d for fair coins %s", async (predicted, outcome) => {
    const pair = coins(predicted);
    const record = await recordOf(studyOfPair(pair), {}, { runCells: runSerially({ coins: pair }) });
    expect(record.verdicts.map((one) => one.outcome)).toEqual([outcome]);
    expect(record.narrative.headline).toContain(`Law of large numbers ${outcome}`);
    expect(record.figures.map(({ id }) => id)).toEqual(["observable-mean", "deviation-mean"]);
    expect(record.parameters.map(({ name }) => name)).toEqual(["p", "sizes", "replicas", "looks", "tolerance", "absolute", "controls"]);
    expect(record.tables.map(({ id }) => id)).toEqual(["comparison", "scaling", "extrapolation", "shapes", "controls"]);
  });

  it("says from where on all that a theory says holds: a spread that is right at the largest size alone counts as well", async () => {
    const pair = coins(0.5, 0.5 / Math.sqrt(128));
    const record = await recordOf(studyOfPair(pair), { replicas: 600, tolerance: 0.3 }, { runCells: runSerially({ coins: pair }) });
    expect(record.narrative.headline).toContain("Law of large numbers holds within 30 % from n = 128 on; at n = 32 it fails.");
  });

  it("tells N*, exponents beside predicted ones, and controls in words", async () => {
    const pair = coins(0.5, 0.5);
    const record = await recordOf(studyOfPair(pair), { replicas: 300 }, { runCells: runSerially({ coins: pair }) });
    const [controls] = record.tables.filter(({ id }) => id === "controls");
    expect(controls!.rows.map((row) => [row[0], row[3]])).toEqual([["Other seeds", "passed"], ["Halved step", "not-available"]]);
    const text = record.narrative.paragraphs.join("\n");
    expect(text).toMatch(/For the mean of m, law of large numbers holds within 10 % .*\./);
    expect(text).toMatch(/A single run gives m as well from about n = \d+ \[\d+, \d+\] on/);
    expect(text).toMatch(/Control, other seeds: passed\. As chance gives/);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("looks again where a test is open, within the cells of its plan", async () => {
    const pair = coins(0.5);
    const study = studyOfPair(pair);
    const given = { sizes: [32, 64], replicas: 32, looks: 4, tolerance: 0.1, controls: 32 };
    const asked: string[] = [];
    const here = runSerially({ coins: pair });
    const listening: RunCells = (cells, context) => {
      asked.push(...cells.map((cell) => JSON.stringify(cell)));
      return here(cells, context);
    };
    const record = await recordOf(study, given, { runCells: listening });
    const planned = cellsOf(study, given).map((cell) => JSON.stringify(cell));
    expect(new Set(planned).size).toBe(planned.length);
    expect(asked.filter((cell) => !planned.includes(cell))).toEqual([]);
    expect(asked.length).toBeLessThan(planned.length);
    expect(record.narrative.paragraphs.join(" ")).toMatch(/\d of at most 4 looks at the tests: (un)?decided/);
  });

  it("tells of observables per unit how many units carry them, and whether they are independent", async () => {
    const units = (together: number): Pair => {
      const pair = coins(0);
      const grid = { symbol: "i", meaning: "unit", unit: "1", values: Array.from({ length: 12 }, (_, i) => i) };
      return {
        ...pair,
        at: () => ({
          observables: [{ id: "units", symbol: "x_i", meaning: "activity of a unit", unit: "1", kind: "per-unit", grid }],
          theories: [{ ...pair.at({ p: 0.5 }).theories[0]!, predict: () => Promise.resolve([{ observable: "units", value: grid.values.map(() => 0), numericalError: grid.values.map(() => 0) }]) }],
          sample: (_, { key, from, count }) => {
            const x = new Float64Array(12 * count);
            for (let r = 0; r < count; r++) {
              const stream = keyFromWords(key).fold(from + r).stream();
              const common = stream.normal();
              for (let i = 0; i < 12; i++) x[12 * r + i] = stream.normal() + together * common;
            }
            return Promise.resolve({ outcomes: Array.from({ length: count }, () => ({ kind: "completed" as const })), values: { units: x } });
          },
        }),
      };
    };
    const rowsOf = async (pair: Pair): Promise<readonly (readonly unknown[])[]> =>
      (await recordOf(studyOfPair(pair), { sizes: [8, 16], replicas: 100, controls: 0, absolute: 0.5 }, { runCells: runSerially({ coins: pair }) })).tables.find(({ id }) => id === "units")!.rows;
    const [apart, alike] = [await rowsOf(units(0)), await rowsOf(units(1))];
    expect(apart.map((row) => row[1])).toEqual([8, 16]);
    for (const row of apart) expect(Number(row[7])).toBeGreaterThan(0.01);
    for (const row of alike) expect(Number(row[7])).toBeLessThanOrEqual(0.01);
  });

  it("takes sizes and replicas from a study file", () => {
    expect(studyOfPair(coins(0.5), { sizes: [10, 20], replicas: 9 }).levels.full).toMatchObject({ sizes: [10, 20], replicas: 9 });
  });

  it("refuses a pair that names a parameter like one of the design's", () => {
    const pair = coins(0.5);
    const clashing = { ...pair, parameters: { ...pair.parameters, properties: { ...pair.parameters.properties, replicas: pair.parameters.properties["p"]! } } };
    expect(() => studyOfPair(clashing)).toThrow(ContractError);
  });
});
