import { describe, expect, it } from "vitest";
import { key, type Key } from "../../src/random/index.js";
import { chiSquare, chiSquareUniform, correlationTest, sidakLevel } from "./goodness-of-fit.js";

const FAMILY_LEVEL = 0.01;
const SAMPLES = 20_000;

const uniforms = (k: Key, count = SAMPLES): Float64Array => k.stream().fillUniform(new Float64Array(count));
const correlation = (x: Float64Array, y: Float64Array): number => correlationTest(x, y, 0.5, 1 / 12);

describe("streams of neighbouring keys are uncorrelated", () => {
  const replicas = key("study").fold("size", 256);
  const PAIRS: [string, Key, Key][] = [
    ["seeds 1 and 2", key(1), key(2)],
    ["seeds 2 and 3", key(2), key(3)],
    ["seeds 1 and 3", key(1), key(3)],
    ["seeds 0 and 2^32", key(0), key(2 ** 32)],
    ["seeds 1 and -1", key(1), key(-1)],
    ["seeds 7 and '7'", key(7), key("7")],
    ["replicas 0 and 1", replicas.fold(0), replicas.fold(1)],
    ["replicas 1 and 2", replicas.fold(1), replicas.fold(2)],
    ["replicas 999 and 1000", replicas.fold(999), replicas.fold(1000)],
    ["purposes", replicas.fold(0, "initial"), replicas.fold(0, "noise")],
    ["a key and its fold", replicas, replicas.fold(0)],
  ];
  const LAGS = [-1, 0, 1];
  const level = sidakLevel(FAMILY_LEVEL, PAIRS.length * LAGS.length);

  it.each(PAIRS)("%s", (_, first, second) => {
    const x = uniforms(first);
    const y = uniforms(second);
    for (const lag of LAGS) {
      const from = Math.max(0, lag);
      const length = SAMPLES - Math.abs(lag);
      const p = correlation(x.subarray(from, from + length), y.subarray(from - lag, from - lag + length));
      expect(p, `lag ${lag}`).toBeGreaterThan(level);
    }
  });

  it("a tenth of one stream mixed into the other is caught", () => {
    const x = uniforms(key(1));
    const y = uniforms(key(2)).map((value, i) => 0.9 * value + 0.1 * x[i]!);
    expect(correlation(x, y)).toBeLessThan(level);
  });
});

describe("the first draws of consecutive replicas", () => {
  const level = sidakLevel(FAMILY_LEVEL, 3);
  const firstDraws = (index: (r: number) => number): Float64Array => {
    const root = key("first draws");
    return Float64Array.from({ length: SAMPLES }, (_, r) => root.fold(index(r)).stream().uniform());
  };
  const neighbours = (draws: Float64Array): number => correlation(draws.subarray(1), draws.subarray(0, SAMPLES - 1));

  it("are uniform and uncorrelated", () => {
    const draws = firstDraws((r) => r);
    expect(chiSquareUniform(draws)).toBeGreaterThan(level);
    expect(neighbours(draws)).toBeGreaterThan(level);
  });

  it("are caught when replicas share keys in pairs", () => {
    expect(neighbours(firstDraws((r) => r - (r % 2)))).toBeLessThan(level);
  });

  it("differ in each bit as often as not", () => {
    const root = key("first draws");
    const differences = new Float64Array(33);
    let previous = root.fold(0).stream().bits();
    for (let r = 1; r <= SAMPLES; r += 1) {
      const word = root.fold(r).stream().bits();
      differences[ones(word ^ previous)]! += 1;
      previous = word;
    }
    // Binomial(32, 1/2); the ends, which expect too little, are drawn together.
    const least = 6;
    const law = new Float64Array(33 - 2 * least);
    const counts = new Float64Array(law.length);
    let mass = 2 ** -32;
    for (let k = 0; k <= 32; k += 1) {
      const cell = Math.min(law.length - 1, Math.max(0, k - least));
      law[cell]! += mass;
      counts[cell]! += differences[k]!;
      mass *= (32 - k) / (k + 1);
    }
    expect(chiSquare(counts, law)).toBeGreaterThan(level);
  });
});

function ones(word: number): number {
  let count = 0;
  for (let w = word >>> 0; w !== 0; w &= w - 1) count += 1;
  return count;
}
