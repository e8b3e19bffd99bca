import { sealRecord, writeRecord, type PointsLayer, type RecordBody, type Verdict } from "@mesoscope/contracts";
import { key, type Stream } from "@mesoscope/numerics";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fisherLevel, halfWidthInErrors, testDifference, twoSidedLevel } from "../../src/command/diff/chance.js";
import { compareRecords, type RecordDifference } from "../../src/command/diff/record-difference.js";
import { galleryBody, layerOf } from "../fixtures/records.js";
import { tell, temporaryFolder, type Told } from "../fixtures/world.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const plain: RecordBody = { ...galleryBody, figures: [galleryBody.figures[0]!] };
const between = (first: RecordBody, second: RecordBody): RecordDifference => compareRecords(sealRecord(first), sealRecord(second));
const moved = (by: Partial<Verdict>): RecordBody => ({ ...plain, seed: "8", verdicts: plain.verdicts.map((verdict, i) => (i === 0 ? { ...verdict, ...by } : verdict)) });
const diffed = async (first: RecordBody, second: RecordBody, ...options: readonly string[]): Promise<Told> => {
  writeFileSync(join(folder.path, "a.record.json"), writeRecord(sealRecord(first)));
  writeFileSync(join(folder.path, "b.record.json"), writeRecord(sealRecord(second)));
  return tell(folder.path, ["diff", "a.record.json", "b.record.json", ...options]);
};

describe("the difference of two estimates", () => {
  it("knows the normal law", () => {
    // scipy.stats.norm.ppf(0.975), ppf(0.95), ppf(0.9995); 2 * norm.sf(3)
    expect(halfWidthInErrors(0.95)).toBeCloseTo(1.959963984540054, 11);
    expect(halfWidthInErrors(0.9)).toBeCloseTo(1.6448536269514722, 11);
    expect(halfWidthInErrors(0.999)).toBeCloseTo(3.2905267314919255, 11);
    expect(twoSidedLevel(3) / 0.0026997960632601866).toBeCloseTo(1, 11);
  });

  it("is antisymmetric, and the same in any unit, size and confidence of the intervals", () => {
    const at = (value: number, error: number, confidence: number, scale = 1): Parameters<typeof testDifference>[0] => {
      const half = halfWidthInErrors(confidence) * error;
      return { value: value * scale, interval: [(value - half) * scale, (value + half) * scale], confidence };
    };
    const z = testDifference(at(1, 0.3, 0.9), at(2, 0.4, 0.95))!.z!;
    expect(z).toBeCloseTo(2, 10);
    expect(testDifference(at(2, 0.4, 0.95), at(1, 0.3, 0.9))!.z).toBeCloseTo(-z, 12);
    for (const scale of [1e-200, 1e200]) expect(testDifference(at(1, 0.3, 0.5, scale), at(2, 0.4, 0.99, scale))!.z).toBeCloseTo(z, 9);
  });

  it("leaves nothing to chance where no interval has a width, and judges nothing that makes no sense", () => {
    expect(testDifference({ value: 1, interval: [1, 1], confidence: 0.9 }, { value: 2, interval: [2, 2], confidence: 0.9 })).toEqual({ level: 0 });
    expect(testDifference({ value: 1, interval: [2, 0], confidence: 0.9 }, { value: 2, interval: [1, 3], confidence: 0.9 })).toBeUndefined();
    expect(testDifference({ value: -1e308, interval: [-1e308, 1e308], confidence: 0.9 }, { value: 1, interval: [0, 2], confidence: 0.9 })).toBeUndefined();
    expect(testDifference({ value: 1, interval: [0, 2], confidence: 1e-300 }, { value: 2, interval: [1, 3], confidence: 1e-300 })).toBeUndefined();
  });

  it("compares shares by Fisher's exact test", () => {
    // scipy.stats.fisher_exact([[5, 95], [0, 100]]), ([[3, 7], [9, 3]]), ([[30, 970], [60, 940]])
    expect(fisherLevel(5, 100, 0, 100)).toBeCloseTo(0.059383210468586585, 12);
    expect(fisherLevel(3, 10, 9, 12)).toBeCloseTo(0.0835573095635015, 12);
    expect(fisherLevel(30, 1000, 60, 1000)).toBeCloseTo(0.0016206190187386925, 12);
    expect(fisherLevel(0, 0, 3, 5)).toBe(1);
    for (const bad of [-1, 0.5, 1e300]) expect(fisherLevel(bad, 10, 1, 10)).toBeUndefined();
  });
});

describe("the level of a diff", () => {
  const noisy = (stream: Stream, shift: number): RecordBody => ({
    ...plain,
    seed: String(shift),
    figures: [],
    outcomes: { ...plain.outcomes, diverged: 0 },
    verdicts: Array.from({ length: 8 }, (_, i) => {
      const error = (i + 1) / 8;
      const value = 3 + error * stream.normal() + (i === 5 ? shift * error : 0);
      const half = halfWidthInErrors(0.9) * error;
      return { ...plain.verdicts[0]!, id: `v-${i}`, value, interval: [value - half, value + half] as const, confidence: 0.9 };
    }),
  });
  const share = (shift: number, judge: (difference: RecordDifference) => boolean): number => {
    const pairs = 500;
    let found = 0;
    for (let i = 0; i < pairs; i++) {
      const stream = key("diff").fold(i).stream();
      // Hashes play no part in chance, and take most of the time.
      const [first, second] = [noisy(stream, 0), noisy(stream, shift)].map((body) => ({ ...body, hash: "" }));
      if (judge(compareRecords(first!, second!))) found += 1;
    }
    return found / pairs;
  };

  it("is at most 5 % over eight verdicts together; unadjusted it would be 34 %", () => {
    // 500 pairs, seed "diff": 5 % has a standard error of 0.97 %; 3 of them above is 7.9 %.
    const wrong = share(0, ({ beyondChance }) => beyondChance > 0);
    expect(wrong).toBeGreaterThan(0.02);
    expect(wrong).toBeLessThan(0.079);
    // The negative control: each at 5 %.
    expect(share(0, ({ verdicts }) => verdicts.some(({ z }) => twoSidedLevel(z!) < 0.05))).toBeGreaterThan(0.27);
  });

  it("has the power it should: a shift of 6 errors of one verdict is found, and nothing else", () => {
    // z = 6 / sqrt 2 = 4.24, threshold 2.73: power 93 %.
    expect(share(6, ({ verdicts }) => verdicts[5]!.change === "beyond-chance")).toBeGreaterThan(0.89);
  });
});

describe("mesoscope diff", () => {
  it("says that a record is itself", async () => {
    const told = await diffed(plain, plain);
    expect(told).toEqual({ status: 0, stdout: `the same record, hash ${sealRecord(plain).hash}\n`, stderr: "" });
    expect(JSON.parse((await diffed(plain, plain, "--json")).stdout)).toMatchObject({ identical: true, reproducibilityFault: false, beyondChance: 0, setting: [] });
  });

  it("tells chance from change, and shows both in a table", async () => {
    const chance = await diffed(plain, moved({ value: 1.008, interval: [1.002, 1.014] }));
    expect(chance.status).toBe(0);
    expect(chance.stdout).toContain("Verdicts: 2 of 3 equal");
    expect(chance.stdout).toMatch(/mean-sa .*within chance .*holds 1\.004 \[0\.998, 1\.010\]/);
    expect(chance.stdout).toMatch(/seed .*"20260101" .*"8"/);
    expect(chance.stdout).toContain("all within chance");
    expect(chance.stderr).toBe("");
    const change = await diffed(plain, moved({ value: 1.03, interval: [1.024, 1.036] }));
    expect(change.status).toBe(3);
    expect(change.stdout).toMatch(/mean-sa .*BEYOND CHANCE/);
    expect(change.stdout).toContain("1 beyond chance (4 tests, together at 5 %)");
    const json = JSON.parse((await diffed(plain, moved({ value: 1.03, interval: [1.024, 1.036] }), "--json")).stdout) as RecordDifference;
    expect(json.verdicts[0]!.z).toBeCloseTo((1.03 - 1.0041) / (Math.hypot(0.012, 0.012) / (2 * 1.6448536269514722)), 8);
    expect(json.setting).toEqual([{ what: "seed", first: "20260101", second: "8" }]);
  });

  it("calls other bytes for an equal request a fault of reproducibility", async () => {
    const told = await diffed(plain, { ...plain, title: "Other words" });
    expect(told.status).toBe(3);
    expect(told.stderr).toMatch(/fault of reproducibility: .* Make both again/);
    expect(between(plain, { ...plain, title: "Other", versions: { ...plain.versions, mesoscope: "0.1.0" } }).reproducibilityFault).toBe(false);
    const loose = { ...plain, backend: { id: "gpu", deterministic: false } };
    expect(between(loose, { ...loose, title: "Other" }).reproducibilityFault).toBe(false);
  });

  it("warns that equal seeds may hide a change", async () => {
    const told = await diffed(plain, { ...plain, versions: { mesoscope: "0.1.0" } });
    expect(told.stderr).toContain("the seeds are equal: samples may be shared");
    expect(told.stdout).toMatch(/version of mesoscope .*"0\.0\.0" .*"0\.1\.0"/);
    expect(told.stdout).toMatch(/version of @mesoscope\/contracts .*"0\.0\.0" .*null/);
    expect(told.status).toBe(0);
  });

  it("says where chance cannot be told", async () => {
    const { id, subject, rule, because, value } = plain.verdicts[0]!;
    const bare: Verdict = { id, subject, rule, because, value: value!, outcome: "undecided" };
    const told = await diffed(plain, { ...plain, seed: "8", verdicts: [bare, ...plain.verdicts.slice(1)] });
    expect(told.status).toBe(3);
    expect(told.stderr).toContain("mean-sa: the second record does not have the interval: chance cannot be told");
    expect(told.stdout).toContain("1 changed where no interval says whether by chance");
    expect(between(plain, moved({ unit: "depth", value: 2 })).verdicts[0]).toMatchObject({ change: "not-judged", because: "the units differ" });
  });

  it("does not take an outcome that moved by chance for a change", () => {
    const difference = between(plain, moved({ outcome: "undecided", value: 1.005 }));
    expect(difference.verdicts[0]).toMatchObject({ change: "within-chance", outcomeChanged: true });
    expect(difference).toMatchObject({ beyondChance: 0, unexplained: 0 });
  });

  it("compares values of opposite sign by their size: the largest of many deviations may be another one each time", () => {
    const near = between(moved({ value: -0.017, interval: [-0.029, -0.008] }), moved({ value: 0.022, interval: [0.004, 0.037] })).verdicts[0]!;
    expect(near).toMatchObject({ change: "within-chance", because: expect.stringContaining("whose signs differ") as string });
    expect(near.z).toBeGreaterThan(0);
    expect(between(moved({ value: -0.017, interval: [-0.029, -0.008] }), moved({ value: 0.2, interval: [0.18, 0.22] })).verdicts[0]!.change).toBe("beyond-chance");
    expect(between(moved({ value: -1, interval: [-1, -1] }), moved({ value: 1, interval: [1, 1] })).verdicts[0]!.change).toBe("beyond-chance");
  });

  it("names where a number was found, and compares no number with that of another place", async () => {
    const at = (place: string | undefined, value: number): Partial<Verdict> => ({ value, interval: [value - 0.01, value + 0.01], ...(place === undefined ? {} : { at: place }) });
    const verdictOf = (first: Partial<Verdict>, second: Partial<Verdict>): RecordDifference["verdicts"][number] => between({ ...moved(first), seed: "7" }, moved(second)).verdicts[0]!;
    const elsewhere = verdictOf(at("n = 128, k = 2", 1), at("n = 128, k = 3", 5));
    expect(elsewhere).toMatchObject({ change: "not-judged", first: { at: "n = 128, k = 2" }, because: "the first number was found at n = 128, k = 2, the second at n = 128, k = 3: they are not the same number, and are not compared" });
    expect(elsewhere).not.toHaveProperty("z");
    expect(verdictOf(at("k = 2", 1), at("k = 2", 5)).change).toBe("beyond-chance");
    // Of one place the sign says something; where no place is told, only the size does.
    expect(verdictOf(at("k = 2", -1), at("k = 2", 1)).change).toBe("beyond-chance");
    expect(verdictOf(at(undefined, -1), at("k = 2", 1)).change).toBe("within-chance");
    const told = await diffed({ ...moved(at("k = 2", 1)), seed: "7" }, moved(at("k = 3", 1)));
    for (const words of ["not judged", "k = 2", "k = 3"]) expect(told.stdout).toContain(words);
    expect(told.stderr).toContain("mean-sa: the first number was found at k = 2, the second at k = 3");
    expect(told.status).toBe(0);
    expect((await diffed({ ...moved(at("k = 2", 1)), seed: "7" }, moved({ ...at("k = 3", 1), outcome: "undecided" }))).status).toBe(3);
  });

  it("does not pass over a verdict that is gone, nor over replicas that diverge", async () => {
    const gone = await diffed(plain, { ...plain, seed: "8", verdicts: plain.verdicts.slice(1) });
    expect(gone.status).toBe(3);
    expect(gone.stdout).toContain("only in the first");
    expect(between(plain, { ...plain, seed: "8", outcomes: { ...plain.outcomes, diverged: 40 } }).outcomes.change).toBe("beyond-chance");
    expect(between(plain, { ...plain, seed: "8", outcomes: { ...plain.outcomes, diverged: 3 } }).outcomes.change).toBe("within-chance");
  });

  it("compares figures by their points in units of the intervals, and tables by their cells", () => {
    const half = layerOf.points.upper.map((upper, i) => (upper - layerOf.points.lower[i]!) / 2);
    const shifted = (by: number): RecordBody => {
      const points: PointsLayer = { ...layerOf.points, y: layerOf.points.y.map((y, i) => (i === 2 ? y + by * half[i]! : y)) };
      const figure = plain.figures[0]!;
      const layers = figure.panels[0]!.layers.map((layer) => (layer === layerOf.points ? points : layer));
      return { ...plain, seed: "8", figures: [{ ...figure, panels: [{ title: "", layers }] }] };
    };
    const near = between(plain, shifted(1)).figures[0]!;
    expect(near).toMatchObject({ change: "within-chance", numbersEqual: false });
    expect(near.inIntervals).toBeCloseTo(Math.SQRT1_2, 10);
    expect(near.layers).toHaveLength(1);
    const far = between(plain, shifted(4));
    expect(far.figures[0]).toMatchObject({ change: "beyond-chance" });
    expect(far.beyondChance).toBe(1);
    const table = plain.tables[0]!;
    const cell = between(plain, { ...plain, seed: "8", tables: [{ ...table, rows: [[256, 1.0321 * 1.5, "below N*"], table.rows[1]!] }] }).tables[0]!;
    expect(cell).toMatchObject({ change: "numbers", cells: 1 });
    expect(cell.relative).toBeCloseTo(1 / 3, 12);
    expect(between(plain, { ...plain, tables: [{ ...table, rows: [] }] }).tables[0]!.change).toBe("shape");
    expect(between(plain, { ...plain, figures: [], tables: [] })).toMatchObject({ figures: [{ change: "only-in-first" }], tables: [{ change: "only-in-first" }] });
  });

  it("compares every role of the figure grammar with itself and with other numbers", () => {
    const all = between(galleryBody, { ...galleryBody, seed: "8" });
    expect(all.figures.every(({ change }) => change === "equal")).toBe(true);
    const twice = { ...galleryBody, seed: "8", figures: galleryBody.figures.map((figure) => ({ ...figure, panels: figure.panels.map((panel) => ({ ...panel, layers: panel.layers.map((layer) => JSON.parse(JSON.stringify(layer, (name, value: unknown) => (typeof value === "number" && name !== "confidence" ? 2 * value : value))) as typeof layer) })) })) };
    expect(between(galleryBody, twice).figures.every(({ numbersEqual }) => !numbersEqual)).toBe(true);
  });

  it("refuses what is no record", async () => {
    writeFileSync(join(folder.path, "a.record.json"), "[]");
    const told = await tell(folder.path, ["diff", "a.record.json", "b.record.json"]);
    expect(told).toMatchObject({ status: 2, stdout: "" });
    expect(told.stderr).toMatch(/a\.record\.json: recordVersion is missing/);
    expect((await tell(folder.path, ["diff", "gone.json", "a.record.json"])).stderr).toContain("gone.json: it cannot be read (ENOENT). Check the path.");
    expect((await tell(folder.path, ["diff", "a.record.json"])).status).toBe(2);
  });

  it("is not led astray by hostile text", async () => {
    const evil = "\u001B]0;owned\u0007\u202E\0" + "x".repeat(10_000_000);
    const [few, many] = [evil.slice(0, 5000), evil];
    const hostile: RecordBody = { ...plain, seed: few, parameters: [{ ...plain.parameters[0]!, name: "__proto__", value: many }], verdicts: [{ ...plain.verdicts[0]!, subject: few, unit: few }] };
    const told = await diffed(plain, hostile);
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(told.stdout + told.stderr).not.toMatch(/[\u0000-\u0008\u001B\u202E]/);
    expect(told.stdout.length + told.stderr.length).toBeLessThan(20_000);
  });

  it("is documented, with an example", async () => {
    const help = (await tell(folder.path, ["diff", "--help"])).stdout;
    expect(help).toContain("Exit status:");
    expect(help).toContain("mesoscope diff before/");
    expect((await tell(folder.path, ["--help"])).stdout).toContain("two records differ beyond chance");
  });
});
