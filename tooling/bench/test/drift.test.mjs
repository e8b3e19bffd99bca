import { describe, expect, it } from "vitest";
import { opened } from "./opened.mjs";
import { plain } from "../src/drift/plain.mjs";
import { TOLERANCE } from "../src/drift/problem.mjs";
import { competitors, drift as section } from "../src/drift/section.mjs";
import { targets } from "../src/drift/targets.mjs";
import { contest, errorOf, requireSameBytes } from "../src/turns/contest.mjs";
import { judged } from "../src/turns/targets.mjs";

// Two tokens at a right angle: w = 1 and e^-beta after the shift, so that the drift of each is e^-beta / (1 + e^-beta) times the other.
const share = Math.exp(-2) / (1 + Math.exp(-2));
const pair = { x: Float64Array.of(1, 0, 0, 1), n: 2, d: 2, beta: 2 };
const pairDrift = Float64Array.of(0, share, share, 0);

/** Tokens on a spiral of the sphere in R^d. */
function spiral(n, d) {
  const x = new Float64Array(n * d).map((_, at) => Math.sin(1 + 1.7 * at));
  for (let i = 0; i < n; i++) {
    const row = x.subarray(i * d, (i + 1) * d);
    const length = Math.hypot(...row);
    row.forEach((value, k) => (row[k] = value / length));
  }
  return { x, n, d, beta: 2 };
}

describe("plain JavaScript", () => {
  it("gives the drift of two tokens at a right angle", () => {
    const drift = plain.open().load(pair).result();
    expect(errorOf("plain", drift, pairDrift, 1e-15)).toBeLessThan(1e-15);
  });
});

describe("every competitor", () => {
  it.each(competitors.map((one) => [one.title, one]))("%s computes the same drift, or says that it is absent", { timeout: 120_000 }, async (title, competitor) => {
    const problem = spiral(301, 5); // no multiple of any chunk or tile
    const truth = plain.open().load(problem).result().slice();
    const seat = await opened(competitor);
    if (seat === undefined) return;
    for (const dtype of competitor.dtypes) {
      const loaded = await seat.load(problem, dtype);
      expect(errorOf(title, await loaded.result(), truth, TOLERANCE[dtype])).toBeLessThan(TOLERANCE[dtype]);
      expect(await loaded.time(2, "wall")).toBeGreaterThan(0);
      expect(errorOf(title, await loaded.result(), truth, TOLERANCE[dtype]), "again, after being timed").toBeLessThan(TOLERANCE[dtype]);
      await loaded.free();
    }
    await seat.close();
  });
});

describe("a wrong drift", () => {
  const rules = { threads: 1, blocks: 3, budget: 1, patience: 1, progress: () => undefined };
  const task = { problem: pair, truth: pairDrift, tolerance: TOLERANCE, subject: "wasm backend" };
  const seat = (result) => ({ competitor: { title: "wrong", dtypes: ["f64"] }, threads: 1, opened: { load: () => ({ result, time: () => Promise.reject(new Error("timed")), free: () => undefined }) } });

  it.each([
    ["without the projection", Float64Array.of(1 - share, share, share, 1 - share)],
    ["with one number missing", pairDrift.slice(1)],
    ["with a number that is none", Float64Array.of(0, Number.NaN, share, 0)],
    ["off by 2e-12", pairDrift.map((value) => value + 2e-12)],
  ])("%s is never timed", async (_, drift) => {
    await expect(contest([seat(() => drift)], task, rules)).rejects.toThrow("not the same problem");
  });
});

describe("another number of threads", () => {
  it("must not change a bit", () => {
    const own = new Map();
    const on = (threads) => ({ title: "wasm backend", dtype: "f64", threads });
    requireSameBytes(own, on(1), pairDrift);
    requireSameBytes(own, on(2), pairDrift.slice());
    const other = pairDrift.map((value) => value * (1 + 2 ** -52));
    expect(() => requireSameBytes(own, on(2), other)).toThrow("on 2 threads");
  });
});

describe("the report", () => {
  const played = (title, dtype, threads, seconds) => ({ title, dtype, threads, error: 1e-15, times: [seconds, seconds, seconds] });
  const named = (title, dtypes, threads, more) => ({ title, form: "a form", dtypes, threads, ...more });
  const result = {
    subject: "wasm backend",
    unit: "pairs",
    targets,
    competitors: [
      named("wasm backend", ["f64", "f32"], 1, { version: "1" }),
      named("wasm backend", ["f64", "f32"], 2, { version: "1" }),
      named("plain JS", ["f64"], 1, { version: "2" }),
      named("gpu.js webasm", ["f32"], 1, { version: "3" }),
      named("PyTorch textbook", ["f64", "f32"], 1, { absent: "python3-torch is not installed" }),
    ],
    groups: [
      { size: "(2048, 16)", work: 2048 ** 2, threads: 1, blocks: 3, results: [played("wasm backend", "f64", 1, 0.01), played("wasm backend", "f32", 1, 0.005), played("plain JS", "f64", 1, 0.2), { title: "gpu.js webasm", dtype: "f32", threads: 1, error: 1e-7, tooSlow: 31 }] },
      { size: "(2048, 16)", work: 2048 ** 2, threads: 2, blocks: 3, results: [played("wasm backend", "f64", 1, 0.01), played("wasm backend", "f64", 2, 0.008)] },
    ],
  };
  const words = section.text(result, "Measured somewhere.");

  it("shows ratios, and names who is absent, too slow or without this dtype", () => {
    expect(words).toContain("| plain JS | 20.0 (20.0: 20.0-20.0) |");
    expect(words).toContain("| plain JS (f64) | 40.0 (40.0: 40.0-40.0) |");
    expect(words).toContain("| gpu.js webasm | no f64 |");
    expect(words).toContain("| gpu.js webasm | not timed: 31.0 s a call |");
    expect(words).toContain("| PyTorch textbook | absent |");
    expect(words).toContain("python3-torch is not installed");
    expect(words).toContain("| wasm backend, one thread | 1.25 (1.25: 1.25-1.25) |");
  });

  it("holds them against what was asked", () => {
    const verdict = (against, dtype, threads) => judged(targets, result.groups, "wasm backend").find((one) => one.size === "(2048, 16)" && one.against === against && one.dtype === dtype && one.threads === threads).verdict;
    expect(verdict("plain JS", "f32", 1)).toBe("met, 1.33 times what was asked");
    expect(verdict("one thread", "f64", 2)).toBe("missed, 0.83 of what was asked");
    expect(verdict("NumPy textbook", "f64", 1)).toBe("not measured");
  });
});
