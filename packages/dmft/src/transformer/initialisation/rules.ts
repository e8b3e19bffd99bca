/** @file Means over standard normals: trapezoidal rules in a few dimensions, scrambled Sobol nets in more. */
import { DomainError, exp, log, normalQuantile, sobolPoints } from "@mesoscope/numerics";
import type { Key, Stream } from "@mesoscope/numerics";

/**
 * How a mean is taken. A tensor of trapezoidal rules of this step: for an integrand with its nearest pole at the distance a from the real axis the error falls as exp(-2 pi a / step), which for
 * softmax needs a fraction of the nodes of a Gauss-Hermite rule. Or that many points of a net scrambled by the key.
 */
export type Rule = { readonly kind: "tensor"; readonly step: number } | { readonly kind: "net"; readonly points: number; readonly key: Key };

export interface Grid {
  readonly dimensions: number;
  /** (count, dimensions) */
  readonly z: Float64Array;
  /** (count) */
  readonly weights: Float64Array;
}

/** Points of the normals of one row, and of those that a second row has beyond it. */
export interface PairPoints {
  readonly outer: Grid;
  /** Tensor rule: for every outer point all of these, heaviest first. Net: the one at the same place. */
  readonly inner: Grid;
  readonly paired: boolean;
  /** Product of weights from which on points are left out; 0 in a net. */
  readonly least: number;
}

/** Points of one run of a rule, each made once. */
export interface RulePoints {
  readonly rule: Rule;
  pair(first: number, second: number): PairPoints;
  /** Values and weights of a chi variable of these degrees of freedom. Only in a tensor rule. */
  chi(degrees: number): { readonly values: Float64Array; readonly weights: Float64Array };
  /** Chance beyond the net's, for what has no quantile here. Only in a net. */
  stream(name: string): Stream;
}

/** Points whose density is this much of that at the origin are left out: in four dimensions they hold 3e-12 of the mass. */
const NEGLIGIBLE = 1e-13;
/** Radius at which that happens. */
const REACH = 7.738;

export function pointsOf(rule: Rule): RulePoints {
  const kept = new Map<string, unknown>();
  const once = <T>(name: string, make: () => T): T => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name) as T;
  };
  const stream = (name: string): Stream => (rule.kind === "net" ? rule.key.fold(name).stream() : refuse("draws nothing"));
  const step = (): number => (rule.kind === "tensor" ? rule.step : refuse("has no step"));
  const grid = (dimensions: number): Grid => once(`grid ${dimensions}`, () => tensorGrid(step(), dimensions));
  return {
    rule,
    stream,
    pair: (first, second) =>
      once(`pair ${first} ${second}`, () => {
        if (rule.kind === "net") return netPair(rule.points, first, second, stream(`net ${first + second}`));
        const [outer, inner] = [grid(first), grid(second)];
        return { outer, inner, paired: false, least: NEGLIGIBLE * outer.weights[0]! * inner.weights[0]! };
      }),
    chi: (degrees) => once(`chi ${degrees}`, () => chiRule(degrees, step())),
  };
}

function refuse(rule: string): never {
  throw new DomainError({ name: "rule", value: "of the other kind", rule, remedy: "Use a net for draws, a tensor rule for steps." });
}

/** Number of points of a tensor rule in so many dimensions: those of a ball. */
export function tensorSize(step: number, dimensions: number): number {
  let volume = 1;
  // V_d = 2 pi / d V_(d-2) of the unit ball.
  for (let d = dimensions; d >= 1; d -= 2) volume *= d === 1 ? 2 : (2 * Math.PI) / d;
  let cells = 1;
  for (let d = 0; d < dimensions; d++) cells *= REACH / step;
  return Math.ceil(volume * cells);
}

/** Points at multiples of the step, weighted as a standard normal, heaviest first, without negligible ones. */
function tensorGrid(step: number, dimensions: number): Grid {
  const half = Math.floor(REACH / step);
  const line = Array.from({ length: 2 * half + 1 }, (_, k) => (k - half) * step);
  const density = (r2: number): number => exp(-r2 / 2);
  const mass = line.reduce((sum, z) => sum + density(z * z), 0);
  let points: { readonly z: readonly number[]; readonly r2: number }[] = [{ z: [], r2: 0 }];
  for (let d = 0; d < dimensions; d++) {
    points = points.flatMap(({ z, r2 }) => line.map((x) => ({ z: [...z, x], r2: r2 + x * x })).filter((point) => point.r2 <= REACH * REACH));
  }
  points.sort((a, b) => a.r2 - b.r2);
  let norm = 1;
  for (let d = 0; d < dimensions; d++) norm /= mass;
  return { dimensions, z: Float64Array.from(points.flatMap(({ z }) => z)), weights: Float64Array.from(points, ({ r2 }) => norm * density(r2)) };
}

function netPair(count: number, first: number, second: number, scramble: Stream): PairPoints {
  const d = first + second;
  const z = d === 0 ? new Float64Array(0) : sobolPoints(d, count, { scramble }).map(normalQuantile);
  const part = (from: number, dimensions: number): Float64Array => Float64Array.from({ length: count * dimensions }, (_, k) => z[Math.floor(k / dimensions) * d + from + (k % dimensions)]!);
  return {
    outer: { dimensions: first, z: part(0, first), weights: new Float64Array(count).fill(1 / count) },
    inner: { dimensions: second, z: part(first, second), weights: new Float64Array(count).fill(1) },
    paired: true,
    least: 0,
  };
}

/**
 * A chi variable by the trapezoidal rule in its logarithm x, where the density exp(k x - e^2x / 2) is analytic up to |Im x| = pi/4. Its standard deviation there is 1/sqrt(2 k) for
 * many degrees; the step is a fraction of that, and smaller for few.
 */
function chiRule(degrees: number, step: number): { readonly values: Float64Array; readonly weights: Float64Array } {
  const h = step / Math.sqrt(2 * degrees + 9);
  const top = log(degrees) / 2;
  const exponent = (x: number): number => degrees * (x - top) - (exp(2 * x) - degrees) / 2;
  const floor = log(NEGLIGIBLE);
  const places: number[] = [];
  for (let x = top; exponent(x) > floor; x -= h) places.unshift(x);
  for (let x = top + h; exponent(x) > floor; x += h) places.push(x);
  const weights = Float64Array.from(places, (x) => exp(exponent(x)));
  const mass = weights.reduce((sum, w) => sum + w, 0);
  return { values: Float64Array.from(places, exp), weights: weights.map((w) => w / mass) };
}
