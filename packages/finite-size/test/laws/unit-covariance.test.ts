import { describe, expect, it } from "vitest";
import { key } from "@mesoscope/numerics";
import { unitCovariance, type UnitCovariance } from "../../src/index.js";
import { mostAtFivePercent, rejections, resampling } from "./draws.js";

const N = 6;

/** Exchangeable Gaussian units of variance 1 and covariance c about means of their own. */
function exchangeable(c: number, replicas: number, s: number, units = N): Float64Array {
  const stream = key("units").fold(s).stream();
  const out = new Float64Array(replicas * units);
  for (let r = 0; r < replicas; r++) {
    const common = Math.sqrt(c) * stream.normal();
    for (let i = 0; i < units; i++) out[r * units + i] = i + common + Math.sqrt(1 - c) * stream.normal();
  }
  return out;
}
const measure = (x: Float64Array, s = 1, predicted?: number): UnitCovariance => unitCovariance(x, { units: N, confidence: 0.95, ...resampling(99, s), ...(predicted === undefined ? {} : { predicted }) });

describe("covariance between units", () => {
  it("is N times the mean of the off-diagonal entries of the covariance matrix", () => {
    const replicas = 9;
    const x = exchangeable(0.3, replicas, 1);
    const mean = (f: (r: number) => number): number => Array.from({ length: replicas }, (_, r) => f(r)).reduce((a, b) => a + b) / replicas;
    let sum = 0;
    let diagonal = 0;
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) {
        const [mi, mj] = [mean((r) => x[r * N + i]!), mean((r) => x[r * N + j]!)];
        const covariance = (replicas / (replicas - 1)) * mean((r) => (x[r * N + i]! - mi) * (x[r * N + j]! - mj));
        if (i === j) diagonal += covariance / N;
        else sum += covariance / (N - 1);
      }
    }
    expect(measure(x).value).toBeCloseTo(sum, 12);
    expect(measure(x).variance).toBeCloseTo(diagonal, 12);
  });
  it("is unbiased and covered: N c = 0.6 within 4 standard errors over 200 ensembles of 12 replicas", () => {
    const values = Array.from({ length: 200 }, (_, s) => measure(exchangeable(0.1, 12, s), s).value);
    const mean = values.reduce((a, b) => a + b) / 200;
    const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / 199);
    expect(Math.abs(mean - 0.6) / (sd / Math.sqrt(200))).toBeLessThan(4);
  });
  it("covers the truth at 95 % in at least 90 % of 120, and rejects a right prediction as rarely", () => {
    let covered = 0;
    const rejected = rejections(120, (s) => {
      const { interval, againstPrediction } = measure(exchangeable(0.1, 60, s), s, 0.6);
      if (interval[0] <= 0.6 && 0.6 <= interval[1]) covered += 1;
      return againstPrediction!.goodness;
    });
    expect(covered).toBeGreaterThanOrEqual(108);
    expect(rejected).toBeLessThanOrEqual(mostAtFivePercent(120));
  });
  it("rejects independent units in 5 %, sees a covariance of 0.1 with 60 replicas in two of three, and a prediction five times as large with 120", () => {
    const rejected = rejections(150, (s) => measure(exchangeable(0, 20, s), s).independence);
    expect(rejected).toBeGreaterThanOrEqual(1);
    expect(rejected).toBeLessThanOrEqual(mostAtFivePercent(150));
    expect(rejections(40, (s) => measure(exchangeable(0.1, 60, s), s).independence)).toBeGreaterThan(26);
    expect(rejections(40, (s) => measure(exchangeable(0.02, 120, s), s, 0.6).againstPrediction!.goodness)).toBeGreaterThan(28);
  });
  it("negative control: a common shift of all units within a replica is no shift of their means", () => {
    // Rows centred on their own mean have covariance -1 / (N - 1) of the variance: what a wrong centring would give.
    const x = exchangeable(0.3, 200, 1);
    const wrong = x.map((v, at) => v - x.subarray(N * Math.floor(at / N), N * Math.floor(at / N) + N).reduce((a, b) => a + b) / N);
    expect(measure(x).value).toBeGreaterThan(1);
    expect(measure(wrong).value).toBeCloseTo((-N / (N - 1)) * measure(wrong).variance, 10);
  });
  it("scales as the square of the unit, forgets the means, and keeps its bytes for any order of the replicas", () => {
    const x = exchangeable(0.1, 20, 1);
    const plain = measure(x, 1, 0.6);
    expect(measure(x.map((v) => 4 * v), 1, 16 * 0.6)).toMatchObject({ value: 16 * plain.value, independence: plain.independence, againstPrediction: { goodness: plain.againstPrediction!.goodness } });
    expect(measure(x.map((v, at) => v + 10 * (at % N))).value).toBeCloseTo(plain.value, 11);
    const reversed = Float64Array.from(Array.from({ length: 20 }, (_, r) => [...x.subarray(N * (19 - r), N * (20 - r))]).flat());
    expect(measure(reversed, 1, 0.6)).toEqual(plain);
    const units = x.map((_, at) => x[N * Math.floor(at / N) + ((at + 2) % N)]!);
    expect(measure(units).value).toBeCloseTo(plain.value, 12);
  });
  it("of units that never move is 0, independent and as predicted", () => {
    expect(measure(Float64Array.from({ length: 5 * N }, () => 0.1), 1, 0)).toMatchObject({ value: 0, interval: [0, 0], independence: 1, againstPrediction: { goodness: 1 } });
  });
  it("refuses one unit, one replica, half a row", () => {
    expect(() => unitCovariance(Float64Array.of(1, 2), { units: 1, confidence: 0.95, ...resampling(99) })).toThrow(/units = 1/);
    expect(() => measure(new Float64Array(N))).toThrow(/replicas = 1/);
    expect(() => measure(new Float64Array(N + 1))).toThrow(/whole number of rows of 6/);
  });
});
