/** @file What cells will cost, from what some of them did: enough for an estimate, not a law. */
import type { Size } from "@mesoscope/contracts";
import { exp, log } from "@mesoscope/numerics";

/** A cell that ran, or part of one, and how long it took on one core. */
export interface TimedCell {
  readonly size: Size;
  /** Replicas. */
  readonly count: number;
  readonly seconds: number;
}

/** seconds = exp(logPerReplica) * replicas * (product of all sizes)^exponent. */
export interface Cost {
  readonly logPerReplica: number;
  readonly exponent: number;
}

/** Clocks see no less. */
const LEAST_SECONDS = 1e-6;
/** No system here grows faster; a fit that says so was disturbed. */
const LARGEST_EXPONENT = 4;

/**
 * The exponent by least squares of log(seconds / replicas) on the logarithm of the product of the sizes, each cell weighted by its time: long
 * ones are measured better and matter more. With one size only it is taken to be 1. Then the factor as the plain mean over all cells: where cells
 * of one size differ, by their parameters, a sum of many costs what they cost on average.
 * @returns undefined if nothing was timed
 */
export function fitCost(timed: readonly TimedCell[]): Cost | undefined {
  const points = timed
    .filter(({ count }) => count > 0)
    .map(({ size, count, seconds }) => ({ x: logOfProduct(size), y: log(Math.max(LEAST_SECONDS, seconds) / count), w: Math.max(LEAST_SECONDS, seconds) }));
  const weight = points.reduce((sum, { w }) => sum + w, 0);
  if (weight === 0) return undefined;
  const mean = (of: (point: { x: number; y: number }) => number): number => points.reduce((sum, point) => sum + point.w * of(point), 0) / weight;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const variance = mean((point) => (point.x - x) * (point.x - x));
  const slope = variance > 1e-12 ? mean((point) => (point.x - x) * (point.y - y)) / variance : 1;
  const exponent = Math.min(LARGEST_EXPONENT, Math.max(0, slope));
  const factor = points.reduce((sum, point) => sum + exp(point.y - y - exponent * (point.x - x)), 0) / points.length;
  return { logPerReplica: y - exponent * x + log(factor), exponent };
}

/** A timed cell with what it has in common with others: cells cost alike within a kind, and similarly within a family. */
export interface KindOfCell {
  readonly family: string;
  readonly kind: string;
}

/**
 * Costs of many kinds of cells: of a kind that was timed by itself, of another by its family.
 * @returns a function to the seconds of a cell on one core, or undefined where nothing of its family was timed
 */
export function fitCosts(timed: readonly (TimedCell & KindOfCell)[]): (cell: Pick<TimedCell, "size" | "count"> & KindOfCell) => number | undefined {
  const fitted = (name: (cell: KindOfCell) => string): ReadonlyMap<string, Cost> => {
    const groups = new Map<string, TimedCell[]>();
    for (const cell of timed) {
      const group = groups.get(name(cell));
      if (group === undefined) groups.set(name(cell), [cell]);
      else group.push(cell);
    }
    return new Map([...groups].flatMap(([key, group]) => {
      const cost = fitCost(group);
      return cost === undefined ? [] : [[key, cost] as const];
    }));
  };
  const nameOfKind = ({ family, kind }: KindOfCell): string => `${family} ${kind}`;
  const [kinds, families] = [fitted(nameOfKind), fitted(({ family }) => family)];
  return (cell) => {
    const cost = kinds.get(nameOfKind(cell)) ?? families.get(cell.family);
    return cost === undefined ? undefined : costOf(cost, cell);
  };
}

/** Seconds that a cell will take on one core. */
export function costOf({ logPerReplica, exponent }: Cost, { size, count }: Pick<TimedCell, "size" | "count">): number {
  return count * exp(logPerReplica + exponent * logOfProduct(size));
}

function logOfProduct(size: Size): number {
  return Object.values(size).reduce((sum, value) => sum + log(Math.max(1, value)), 0);
}
