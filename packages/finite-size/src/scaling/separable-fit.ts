/** @file Weighted least squares of laws that are linear in their amplitudes and have one or two exponents besides. */
import { bestOfGrid, simplexMinimum, type Minimum } from "./simplex-minimum.js";
import { ownShareOf, projected } from "./projection.js";

/** y = sum_j A_j f_j(point; exponents), where each f_j is a product of powers of sizes. */
export interface SeparableLaw {
  readonly terms: number;
  readonly points: number;
  /** Range of each exponent; equal ends hold it. */
  readonly box: readonly (readonly [number, number])[];
  /** Fills (terms, points) row-major with f_j. */
  fill(exponents: readonly number[], into: Float64Array): void;
  /** -d log f_j / d exponent i, (points), or undefined where the term has not this exponent. */
  slope(term: number, exponent: number): Float64Array | undefined;
}

/** The fit as a function of the values alone, errors fixed: for thousands of resamples. */
export interface SeparableFit {
  chiSquareAt(values: ArrayLike<number>, exponents: readonly number[]): number;
  amplitudesAt(values: ArrayLike<number>, exponents: readonly number[]): readonly number[];
  /** The best exponents in the box. */
  best(values: ArrayLike<number>): Minimum;
  /** The best in the valley around `start`, to 1e-4; with `held`, that exponent stays where the start has it. */
  near(values: ArrayLike<number>, start: readonly number[], held?: number): Minimum;
}

const GRID = 20;
const MOST_ITERATIONS = 30;
const TOLERANCE = 1e-4;
/** No step of an exponent is longer: far from the minimum the linear model knows nothing. */
const LONGEST_STEP = 0.5;

/** Nothing is checked here. */
export function separableFit(law: SeparableLaw, standardErrors: readonly number[]): SeparableFit {
  const { terms, points, box } = law;
  // Errors of at least 1, so that no column leaves the doubles; amplitudes are in this unit.
  const unit = Math.min(...standardErrors);
  const inverse = standardErrors.map((error) => unit / error);
  const raw = new Float64Array(terms * points);
  const space = projected(terms, points);
  const slopes = box.map(() => new Float64Array(points));

  const chiSquareAt = (values: ArrayLike<number>, exponents: readonly number[]): number => {
    law.fill(exponents, raw);
    for (let k = 0; k < points; k++) {
      space.rest[k] = (values[k]! / unit) * inverse[k]!;
      for (let at = k; at < raw.length; at += points) raw[at]! *= inverse[k]!;
    }
    space.columns.set(raw);
    return space.project();
  };

  /** After `chiSquareAt`: the residual's derivative by each free exponent, with what the amplitudes can follow taken out (L. Kaufman, BIT 15 (1975) 49-57). */
  const differentiate = (free: readonly number[]): void => {
    const amplitudes = space.amplitudes();
    for (const i of free) {
      const into = slopes[i]!.fill(0);
      for (let j = 0; j < terms; j++) {
        const slope = law.slope(j, i);
        if (slope !== undefined) for (let k = 0; k < points; k++) into[k]! -= slope[k]! * amplitudes[j]! * raw[j * points + k]!;
      }
      space.takeOut(into);
    }
  };

  /** Gauss-Newton in the exponents alone, halved until it falls, in the box. */
  const near = (values: ArrayLike<number>, start: readonly number[], held = -1): Minimum => {
    let at = start.map((x, i) => Math.min(box[i]![1], Math.max(box[i]![0], x)));
    let value = chiSquareAt(values, at);
    for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      // What stands at an end of its range and would leave it takes no part in the step.
      let free = box.flatMap(([low, high], i) => (i === held || low === high ? [] : [i]));
      if (free.length === 0) break;
      differentiate(free);
      free = free.filter((i) => !leaves(at[i]!, space.alongRest(slopes[i]!), box[i]!));
      const step = gaussNewtonStep(free, slopes, space.rest, box.length);
      const longest = Math.max(...step.map(Math.abs));
      if (!(longest > TOLERANCE)) break;
      let scale = Math.min(1, LONGEST_STEP / longest);
      let next = at;
      let lower = Infinity;
      for (let halving = 0; halving < 8; halving++, scale /= 2) {
        const tried = at.map((x, i) => Math.min(box[i]![1], Math.max(box[i]![0], x + scale * step[i]!)));
        lower = chiSquareAt(values, tried);
        if (lower < value) {
          next = tried;
          break;
        }
      }
      if (next === at) break;
      at = next;
      value = lower;
    }
    return { at, value };
  };
  const best = (values: ArrayLike<number>): Minimum => {
    const of = (x: readonly number[]): number => chiSquareAt(values, x);
    const found = bestOfGrid(of, box, GRID, 3).map(({ at }) => near(values, at));
    const least = found.reduce((one, other) => (other.value < one.value ? other : one));
    return simplexMinimum(of, least.at, { box, steps: box.map(([low, high]) => (low === high ? 0 : 0.01)), tolerance: 1e-6, evaluations: 1000 });
  };
  return {
    chiSquareAt,
    amplitudesAt: (values, exponents) => {
      chiSquareAt(values, exponents);
      return space.amplitudes().map((a) => a * unit);
    },
    best,
    near,
  };
}

function leaves(x: number, downhill: number, [low, high]: readonly [number, number]): boolean {
  return (x <= low && downhill < 0) || (x >= high && downhill > 0);
}

/** The step that makes |rest - sum slopes step| least, for one or two free exponents; 0 for what has no slope of its own. */
function gaussNewtonStep(free: readonly number[], slopes: readonly Float64Array[], rest: Float64Array, count: number): readonly number[] {
  const step = new Array<number>(count).fill(0);
  const [i, j] = free;
  if (i === undefined) return step;
  const first = slopes[i]!;
  if (j === undefined) {
    step[i] = ownShareOf(rest, first, first);
    return step;
  }
  const second = slopes[j]!;
  // By the part of the second slope that the first has not.
  const mixed = ownShareOf(second, first, first);
  const own = second.map((s, k) => s - mixed * first[k]!);
  step[j] = ownShareOf(rest, own, second);
  step[i] = ownShareOf(rest, first, first) - mixed * step[j];
  return step;
}
