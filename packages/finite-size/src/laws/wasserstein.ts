/** @file Whole laws compared: how far probability must be carried to turn one into the other. */
import { requireInRange, requireInteger, type Stream } from "@mesoscope/numerics";
import { inCanonicalOrder } from "../statistics/canonical-order.js";
import { drawRows } from "../statistics/draw-rows.js";
import { quantileOfSorted } from "../statistics/studentised-law.js";
import type { Resampling } from "../statistics/summary.js";
import { leastCensored } from "./censored-samples.js";
import type { QuantileTable } from "./predicted-law.js";
import { quantileDistance, steps, type Order, type QuantileFunction } from "./quantile-function.js";
import { randomisationTest } from "./randomisation.js";
import { drawSorted, resolutionOf, tabulatedLaw } from "./tabulated-law.js";

export interface WassersteinOptions extends Resampling {
  /** 1: mean distance carried; 2: root mean square, which weighs far tails more. */
  readonly order: Order;
  readonly confidence: number;
}

/** A distance in the unit of the observable. Plain JSON. */
export interface WassersteinDistance {
  readonly order: Order;
  /** The distance of the samples. It is biased upwards: of R samples of the right law it is about `expected`, not 0. */
  readonly value: number;
  /** The distance of the true laws lies in here. */
  readonly interval: readonly [number, number];
  readonly confidence: number;
  /** Its mean if the laws are equal. */
  readonly expected: number;
  /** P(this far or farther | the laws are equal), by redrawing. */
  readonly goodness: number;
  /** Samples of either side that was sampled. */
  readonly replicas: readonly number[];
}

const ZERO = steps(Float64Array.of(0));

/** Distance from a predicted law, of which the table shows a part. */
export interface WassersteinFromLaw extends WassersteinDistance {
  /** Predicted probability outside the table: there only its amount is compared, not where it lies. */
  readonly beyond: number;
  /** The predicted law is taken as linear between its quantiles; it lies at most this far from that. A finer table makes it smaller. */
  readonly resolution: number;
}

/**
 * Wasserstein distance of samples from a predicted law, [eq:wasserstein]: (int_0^1 |Q_R(p) - Q(p)|^order dp)^(1 / order). Both laws
 * are moved into the range of the table first, what lies beyond to its ends; censored samples (lower bounds) end the range at the least of them.
 *
 * The interval is value +- q, q the quantile of the distance of resamples from the samples: by the triangle inequality the
 * true distance differs from `value` by no more than the distance of the samples from their own law. Percentiles or BCa of resampled
 * distances would not do: at equal laws all of them lie above 0, so that they never cover the truth. Where the test does not reject equal
 * laws at 1 - confidence, the interval reaches down to 0: with few replicas resamples scatter too little.
 * `expected` and `goodness` come from samples drawn from the predicted law.
 * @param samples (R)
 * @throws DomainError for fewer than 2 samples, fewer than 99 resamples, or a table that does not ascend or spans no range
 */
export function wassersteinFromLaw(samples: Float64Array, law: QuantileTable, options: WassersteinOptions & { readonly censored?: Uint8Array | undefined }): WassersteinFromLaw {
  const { order, stream, resamples, confidence } = options;
  checkOptions(options);
  const table = tabulatedLaw(law, leastCensored(samples, options.censored));
  const sorted = sortedSamples("samples", samples).map((x) => Math.min(table.high, Math.max(table.low, x)));
  const value = quantileDistance(steps(sorted), table.quantile, order);
  const deviation = deviations(sorted, stream);
  const half = upperQuantile(resamples, confidence, () => quantileDistance(deviation(), ZERO, order));
  const drawn = new Float64Array(sorted.length);
  const test = randomisationTest(value, resamples, () => quantileDistance(steps(drawSorted(table, stream, drawn)), table.quantile, order));
  return { order, value, interval: intervalAbout(value, half, test.goodness, confidence), confidence, ...test, replicas: [sorted.length], beyond: table.beyond, resolution: resolutionOf(table, order) };
}

/**
 * Wasserstein distance between two samples, [eq:wasserstein]. The interval is value +- q as for `wassersteinFromLaw`, with q the quantile of
 * || (Q*_a - Q_a) - (Q*_b - Q_b) || over resamples of both. `expected` and `goodness` come from dealing the pooled samples out anew, which is
 * exact for any law.
 * @param a (R)
 * @param b (S)
 * @throws DomainError for fewer than 2 samples on either side, or fewer than 99 resamples
 */
export function wassersteinBetween(a: Float64Array, b: Float64Array, options: WassersteinOptions): WassersteinDistance {
  const { order, stream, resamples, confidence } = options;
  checkOptions(options);
  const [first, second] = [sortedSamples("a", a), sortedSamples("b", b)];
  const value = quantileDistance(steps(first), steps(second), order);
  const [ofFirst, ofSecond] = [deviations(first, stream), deviations(second, stream)];
  const half = upperQuantile(resamples, confidence, () => quantileDistance(ofFirst(), ofSecond(), order));
  const deal = dealer(first, second, stream);
  const test = randomisationTest(value, resamples, () => quantileDistance(...deal(), order));
  return { order, value, interval: intervalAbout(value, half, test.goodness, confidence), confidence, ...test, replicas: [first.length, second.length] };
}

/** What the exact test does not reject belongs to the interval. */
function intervalAbout(value: number, half: number, goodness: number, confidence: number): readonly [number, number] {
  return [goodness > 1 - confidence ? 0 : Math.max(0, value - half), value + half];
}

function checkOptions({ resamples, confidence }: WassersteinOptions): void {
  requireInteger("resamples", resamples, { min: 99 }, "Give at least 99; 2,000 is usual.");
  requireInRange("confidence", confidence, { min: 0.5, max: 1 - 1e-12 }, "Give for example 0.95.");
}

function sortedSamples(name: string, samples: Float64Array): Float64Array {
  requireInteger(`${name}.length`, samples.length, { min: 2 }, "Give at least 2 samples.");
  return inCanonicalOrder(samples, 1);
}

/** Draws Q* - Q of a resample, scaled by sqrt(R / (R - 1)) since resamples scatter about the samples a little less than these about their law. */
function deviations(sorted: Float64Array, stream: Stream): () => QuantileFunction {
  const count = sorted.length;
  const scale = Math.sqrt(count / (count - 1));
  const rows = new Uint32Array(count);
  const off = steps(new Float64Array(count));
  return () => {
    drawRows(stream, count, rows);
    rows.sort();
    for (let k = 0; k < count; k++) off.left[k] = scale * (sorted[rows[k]!]! - sorted[k]!);
    return off;
  };
}

/** Deals the pooled samples out to two sides of the same lengths as before, each way equally likely. */
function dealer(a: Float64Array, b: Float64Array, stream: Stream): () => [QuantileFunction, QuantileFunction] {
  const pooled = Float64Array.from([...a, ...b]).sort();
  const order = Uint32Array.from(pooled, (_, i) => i);
  const inFirst = new Uint8Array(pooled.length);
  const sides: [QuantileFunction, QuantileFunction] = [steps(new Float64Array(a.length)), steps(new Float64Array(b.length))];
  return () => {
    inFirst.fill(0);
    for (let i = 0; i < a.length; i++) {
      const j = i + stream.integer(pooled.length - i);
      [order[i], order[j]] = [order[j]!, order[i]!];
      inFirst[order[i]!] = 1;
    }
    const next = [0, 0];
    pooled.forEach((x, i) => {
      const side = inFirst[i] === 1 ? 0 : 1;
      sides[side].left[next[side]!++] = x;
    });
    return sides;
  };
}

function upperQuantile(draws: number, p: number, draw: () => number): number {
  return quantileOfSorted(Float64Array.from({ length: draws }, draw).sort(), p);
}
