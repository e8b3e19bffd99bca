/** @file Errors in units of the last place, against the reference tables of this folder. */
import { readFileSync } from "node:fs";

export interface ReferenceTable {
  readonly header: Readonly<Record<string, string>>;
  readonly regimes: Readonly<Record<string, readonly (readonly number[])[]>>;
}

export interface Accuracy {
  readonly count: number;
  /** Largest error in ulps of the reference value, rounded up in the third decimal. */
  readonly worstUlp: number;
  /** Largest relative error, to two digits. */
  readonly worstRelative: number;
}

export function readTable(name: string): ReferenceTable {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8")) as ReferenceTable;
}

/** Distance from |x| to the next larger double of the same binade. */
export function ulp(x: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(x));
  const exponent = Math.max(bits.getUint16(0) >> 4, 1);
  let unit = Number.MIN_VALUE;
  for (let k = 1; k < exponent; k++) unit *= 2;
  return unit;
}

/** Error of a computed value in ulps of the reference, signed. A wrong special value counts as an infinite error. */
export function errorInUlps(computed: number, value: number, rest: number): number {
  if (!Number.isFinite(computed)) return Infinity;
  return (computed - value) / ulp(value) - rest;
}

export type Elementary = (...x: number[]) => number;

/** Worst errors of a function over the rows of one regime. */
export function accuracy(f: Elementary, rows: readonly (readonly number[])[]): Accuracy {
  let worstUlp = 0;
  let worstRelative = 0;
  for (const row of rows) {
    const value = row[row.length - 2]!;
    const error = Math.abs(errorInUlps(f(...row.slice(0, -2)), value, row[row.length - 1]!));
    worstUlp = Math.max(worstUlp, error);
    if (value !== 0) worstRelative = Math.max(worstRelative, error * (ulp(value) / Math.abs(value)));
  }
  return {
    count: rows.length,
    worstUlp: Math.ceil(worstUlp * 1000) / 1000,
    worstRelative: Number(worstRelative.toPrecision(2)),
  };
}
