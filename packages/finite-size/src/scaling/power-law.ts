/** @file Power laws in the size, with a correction to scaling: what says that a deviation falls as a theory predicts. */
import { DomainError, exp, log, requireInteger, requirePositive } from "@mesoscope/numerics";
import { chiSquareTail } from "../distributions/chi-square.js";
import { goldenMinimum, indexOfLeast, minimumNear } from "./minimum.js";

/** One curve over the sizes: a scalar's bias, or one entry of a series. */
export interface Curve {
  readonly values: readonly number[];
  readonly standardErrors: readonly number[];
}

/** y(n) = (a / n^p) (1 + b / n): one exponent p for all curves, an amplitude and a correction for each. Plain JSON. */
export interface PowerLawFit {
  readonly exponent: number;
  /** a, one for each curve. */
  readonly amplitudes: readonly number[];
  /** b, one for each curve; 0 without corrections. */
  readonly corrections: readonly number[];
  readonly chiSquare: number;
  readonly freedom: number;
  /** P(chi-square this large or larger | the law is right and curves are independent). */
  readonly goodness: number;
  /** True if the best exponent lies at the end of the range searched: then it is no estimate. */
  readonly atBound: boolean;
}

export interface PowerLawOptions {
  /** Whether to fit b as well. At the smallest size |b / n| <= 1: a correction is no larger than what it corrects. */
  readonly corrections: boolean;
  /** Exponents searched; default [-1, 4]. Negative ones are deviations that grow. */
  readonly range?: readonly [number, number];
}

const RANGE: readonly [number, number] = [-1, 4];
const GRID = 40;
/** Far below any statistical error of an exponent; a refit is one of thousands and needs less. */
const EXPONENT_TOLERANCE = 1e-7;
const REFIT_TOLERANCE = 1e-4;

/**
 * Weighted least squares of one curve, profiled over p, [eq:exponent-fit]: at each p the amplitudes are linear.
 * @param sizes (K) increasing positive
 * @param values (K) of either sign
 * @param standardErrors (K) positive
 * @throws DomainError for fewer sizes than parameters + 1, wrong lengths, or an error that is not positive
 */
export function fitPowerLaw(sizes: readonly number[], values: readonly number[], standardErrors: readonly number[], options: PowerLawOptions): PowerLawFit {
  return fitCommonPowerLaw(sizes, [{ values, standardErrors }], options);
}

/** `fitPowerLaw` of several curves that share the exponent. Curves without any error and value are left out. */
export function fitCommonPowerLaw(sizes: readonly number[], curves: readonly Curve[], options: PowerLawOptions): PowerLawFit {
  checkCurves(sizes, curves, options);
  return profileOf(sizes, curves, options).fit(curves.map(({ values }) => values));
}

/** The fit as a function of the values alone, (curves, sizes), with sizes and errors fixed: for thousands of resamples. */
export interface Profile {
  /** The best fit; with `near`, the best in the valley around that exponent, found with a quarter of the work. */
  fit(values: readonly (readonly number[])[], near?: number): PowerLawFit;
  /** Least chi-square at a given exponent. */
  chiSquareAt(values: readonly (readonly number[])[], p: number): number;
  /** The exponents of the search grid, ascending. */
  readonly grid: readonly number[];
}

/** Nothing is checked here; `fitCommonPowerLaw` does. */
export function profileOf(sizes: readonly number[], curves: readonly Curve[], { corrections, range = RANGE }: PowerLawOptions): Profile {
  // Squares of errors, and weights of their inverse, leave the doubles where errors are very small: such curves are fitted in another unit.
  const unit = unitOf(curves);
  const weights = curves.map(({ standardErrors }) => standardErrors.map((error) => 1 / ((error / unit) * (error / unit))));
  // Sizes about 1: powers of them cannot overflow, and the two terms stay comparable.
  const centre = exp(sizes.reduce((sum, n) => sum + log(n), 0) / sizes.length);
  const logs = sizes.map((n) => log(n / centre));
  const inverse = sizes.map((n) => centre / n);
  const largestB = corrections ? sizes[0]! / centre : 0;
  const freedom = curves.length * sizes.length - (1 + curves.length * (corrections ? 2 : 1));
  const powersOf = (p: number): readonly number[] => logs.map((l) => exp(-p * l));
  const step = (range[1] - range[0]) / GRID;
  const grid = Array.from({ length: GRID + 1 }, (_, i) => range[0] + i * step);
  const powersOnGrid = grid.map(powersOf);

  const chiSquare = (values: readonly (readonly number[])[], f: readonly number[]): number => {
    let sum = 0;
    for (let c = 0; c < values.length; c++) sum += restOf(f, inverse, values[c]!, weights[c]!, bestCorrection(f, inverse, values[c]!, weights[c]!, largestB));
    return sum;
  };
  const bestOnGrid = (values: readonly (readonly number[])[]): number => {
    const nearest = indexOfLeast(powersOnGrid.map((f) => chiSquare(values, f)));
    return goldenMinimum((p) => chiSquare(values, powersOf(p)), grid[Math.max(0, nearest - 1)]!, grid[Math.min(GRID, nearest + 1)]!, EXPONENT_TOLERANCE);
  };
  const inUnits = (values: readonly (readonly number[])[]): readonly (readonly number[])[] => (unit === 1 ? values : values.map((ys) => ys.map((y) => y / unit)));
  const fitted = (values: readonly (readonly number[])[], near?: number): PowerLawFit => {
    const exponent = near === undefined ? bestOnGrid(values) : minimumNear((p) => chiSquare(values, powersOf(p)), near, step, range, REFIT_TOLERANCE);
    const f = powersOf(exponent);
    const bs = values.map((ys, c) => bestCorrection(f, inverse, ys, weights[c]!, largestB));
    const total = chiSquare(values, f);
    const edge = near === undefined ? 2 * EXPONENT_TOLERANCE : 2 * REFIT_TOLERANCE;
    return {
      exponent,
      amplitudes: values.map((ys, c) => amplitudeOf(f, inverse, ys, weights[c]!, bs[c]!) * exp(exponent * log(centre)) * unit),
      corrections: bs.map((b) => b * centre),
      chiSquare: total,
      freedom,
      goodness: freedom > 0 ? chiSquareTail(total, freedom) : 1,
      atBound: exponent - range[0] < edge || range[1] - exponent < edge,
    };
  };
  return { fit: (values, near) => fitted(inUnits(values), near), chiSquareAt: (values, p) => chiSquare(inUnits(values), powersOf(p)), grid };
}

/** 1, or the least error where its square would leave the doubles. */
function unitOf(curves: readonly Curve[]): number {
  const least = Math.min(...curves.flatMap(({ standardErrors }) => standardErrors));
  return least > 1e-100 && least < 1e100 ? 1 : least;
}

/** (a / n^p) (1 + b / n) of one curve of a fit. */
export function powerLawAt(fit: PowerLawFit, curve: number, n: number): number {
  return fit.amplitudes[curve]! * exp(-fit.exponent * log(n)) * (1 + fit.corrections[curve]! / n);
}

// The innermost functions, called some 10^5 times for one interval: loops over plain numbers, nothing allocated.

/** Best b of y = a f (1 + b g) at fixed f, with |b| <= largestB: unconstrained if that is inside, else the better bound. */
function bestCorrection(f: readonly number[], g: readonly number[], ys: readonly number[], ws: readonly number[], largestB: number): number {
  if (largestB === 0) return 0;
  let ff = 0;
  let fg = 0;
  let gg = 0;
  let fy = 0;
  let gy = 0;
  for (let k = 0; k < ys.length; k++) {
    const wf = ws[k]! * f[k]!;
    const wff = wf * f[k]!;
    ff += wff;
    fg += wff * g[k]!;
    gg += wff * g[k]! * g[k]!;
    fy += wf * ys[k]!;
    gy += wf * g[k]! * ys[k]!;
  }
  const b = (ff * gy - fg * fy) / (gg * fy - fg * gy);
  if (Math.abs(b) <= largestB) return b;
  return restOf(f, g, ys, ws, largestB) <= restOf(f, g, ys, ws, -largestB) ? largestB : -largestB;
}

/** Best a at fixed f and b. */
function amplitudeOf(f: readonly number[], g: readonly number[], ys: readonly number[], ws: readonly number[], b: number): number {
  let hh = 0;
  let hy = 0;
  for (let k = 0; k < ys.length; k++) {
    const h = f[k]! * (1 + b * g[k]!);
    hh += ws[k]! * h * h;
    hy += ws[k]! * h * ys[k]!;
  }
  return hh > 0 ? hy / hh : 0;
}

/** Chi-square at fixed f and b. */
function restOf(f: readonly number[], g: readonly number[], ys: readonly number[], ws: readonly number[], b: number): number {
  const a = amplitudeOf(f, g, ys, ws, b);
  let sum = 0;
  for (let k = 0; k < ys.length; k++) {
    const rest = ys[k]! - a * f[k]! * (1 + b * g[k]!);
    sum += ws[k]! * rest * rest;
  }
  return sum;
}

function checkCurves(sizes: readonly number[], curves: readonly Curve[], { corrections, range = RANGE }: PowerLawOptions): void {
  requireInteger("sizes.length", sizes.length, { min: corrections ? 4 : 3 }, "Give more sizes: an exponent needs three, with a correction four.");
  requireInteger("curves.length", curves.length, { min: 1 });
  if (!(range[0] < range[1])) throw new DomainError({ name: "range", value: range[0], rule: `must begin below its end ${range[1]}`, remedy: "Give [least, greatest] exponent." });
  sizes.forEach((n, k) => {
    requirePositive(`sizes[${k}]`, n);
    if (k > 0 && n <= sizes[k - 1]!) throw new DomainError({ name: `sizes[${k}]`, value: n, rule: `must be greater than ${sizes[k - 1]!}`, remedy: "Sort the sizes." });
  });
  for (const { values, standardErrors } of curves) {
    if (values.length !== sizes.length || standardErrors.length !== sizes.length) {
      throw new DomainError({ name: "values", value: values.length, rule: `must be one for each of the ${sizes.length} sizes, and so the errors`, remedy: "Give a value and an error for each size." });
    }
    standardErrors.forEach((error, k) => requirePositive(`standardErrors[${k}]`, error, "Leave out what has no error: it has no weight to give."));
  }
}
