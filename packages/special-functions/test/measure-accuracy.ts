import { readFileSync } from "node:fs";
import {
  besselI,
  besselIRatio,
  besselIScaled,
  besselIScaledSequence,
  digamma,
  e1,
  e1Scaled,
  ei,
  eiScaled,
  erf,
  erfc,
  erfcScaled,
  gamma,
  gegenbauer,
  gegenbauerDerivative,
  hypergeometric2F1,
  logBesselI,
  logGamma,
  logHypergeometric0F1,
  trigamma,
} from "../src/index.js";

/** The worst disagreement of one quantity with its table in one regime. */
export interface Figure {
  readonly quantity: string;
  readonly regime: string;
  readonly count: number;
  /** In units in the last place of the reference, whose own rounding (0.5) is included; null where not the measure. */
  readonly worstUlp: number | null;
  readonly worst: number;
  readonly measure: string;
}

type Row = readonly (number | null)[];
interface Table {
  readonly regimes: Readonly<Record<string, readonly Row[]>>;
}

/** What is measured: the function of a row's arguments, the column of the reference, the scale errors are relative to. */
interface Quantity {
  readonly name: string;
  readonly column: number;
  readonly value: (row: readonly number[]) => number;
  readonly scale?: { readonly of: (row: readonly number[], reference: number) => number; readonly name: string };
}

const one = { of: (): number => 1, name: "1" };
const atLeastOne = { of: (_row: readonly number[], reference: number): number => Math.max(1, Math.abs(reference)), name: "max(1, value)" };

const bessel: readonly Quantity[] = [
  { name: "I", column: 2, value: ([nu, x]) => besselI(nu!, x!) },
  { name: "exp(-x) I", column: 3, value: ([nu, x]) => besselIScaled(nu!, x!) },
  { name: "log I", column: 4, value: ([nu, x]) => logBesselI(nu!, x!), scale: atLeastOne },
  { name: "I(nu+1)/I(nu)", column: 5, value: ([nu, x]) => besselIRatio(nu!, x!) },
  { name: "sequence of exp(-x) I, 20th", column: 3, value: ([nu, x]) => (nu! < 19 ? besselIScaled(nu!, x!) : besselIScaledSequence(nu! - 19, x!, 20)[19]!) },
];

const gammas: readonly Quantity[] = [
  { name: "Gamma", column: 1, value: ([x]) => gamma(x!) },
  { name: "log Gamma", column: 2, value: ([x]) => logGamma(x!) },
  { name: "digamma", column: 3, value: ([x]) => digamma(x!) },
  { name: "trigamma", column: 4, value: ([x]) => trigamma(x!) },
];

const valueAtOne = { of: ([k, d]: readonly number[]): number => (k! * (k! + d! - 2)) / (d! - 1), name: "the value at t = 1" };
const polynomials: readonly Quantity[] = [
  { name: "Gegenbauer P", column: 3, value: ([k, d, t]) => gegenbauer(k!, d!, t!), scale: one },
  { name: "Gegenbauer dP/dt", column: 4, value: ([k, d, t]) => gegenbauerDerivative(k!, d!, t!), scale: valueAtOne },
];

const integrals: readonly Quantity[] = [
  { name: "Ei", column: 1, value: ([x]) => ei(x!) },
  { name: "exp(-x) Ei", column: 2, value: ([x]) => eiScaled(x!) },
  { name: "E1", column: 3, value: ([x]) => e1(x!) },
  { name: "exp(x) E1", column: 4, value: ([x]) => e1Scaled(x!) },
];

const errorFunctions: readonly Quantity[] = [
  { name: "erf", column: 1, value: ([x]) => erf(x!) },
  { name: "erfc", column: 2, value: ([x]) => erfc(x!) },
  { name: "exp(x^2) erfc", column: 3, value: ([x]) => erfcScaled(x!) },
];

const limitFunction: readonly Quantity[] = [{ name: "log 0F1", column: 2, value: ([b, y]) => logHypergeometric0F1(b!, y!) }];
const gauss: readonly Quantity[] = [{ name: "2F1", column: 4, value: ([a, b, c, z]) => hypergeometric2F1(a!, b!, c!, z!) }];

export function measureAll(): Figure[] {
  return [
    ...measureTable("bessel-i.json", bessel),
    ...measureTable("gamma.json", gammas),
    ...measureTable("gegenbauer.json", polynomials),
    ...measureTable("exponential-integrals.json", integrals),
    ...measureTable("error-function.json", errorFunctions),
    ...measureTable("hypergeometric-0f1.json", limitFunction),
    ...measureTable("hypergeometric-2f1.json", gauss),
  ];
}

export function readTable(file: string): Table {
  return JSON.parse(readFileSync(new URL(`tables/${file}`, import.meta.url), "utf8")) as Table;
}

function measureTable(file: string, quantities: readonly Quantity[]): Figure[] {
  const regimes = Object.entries(readTable(file).regimes);
  return quantities.flatMap((q) => regimes.map(([regime, rows]) => measure(q, regime, rows))).filter((f) => f.count > 0);
}

function measure(q: Quantity, regime: string, rows: readonly Row[]): Figure {
  let count = 0;
  let worst = 0;
  let worstUlp = 0;
  for (const row of rows) {
    const reference = row[q.column];
    if (reference === null || reference === undefined) continue; // outside the range of normal doubles
    const known = row.map((entry) => entry ?? 0);
    const value = q.value(known);
    const error = Math.abs(value - reference);
    count += 1;
    worst = Math.max(worst, error / (q.scale?.of(known, reference) ?? Math.abs(reference)));
    worstUlp = Math.max(worstUlp, error / ulp(reference));
    if (Number.isNaN(value)) worst = Infinity;
  }
  return { quantity: q.name, regime, count, worstUlp: q.scale === undefined ? worstUlp : null, worst, measure: q.scale?.name ?? "the value" };
}

/** Distance of the doubles around a normal x. */
function ulp(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const next = new DataView(new ArrayBuffer(8));
  next.setBigUint64(0, view.getBigUint64(0) + 1n);
  return next.getFloat64(0) - Math.abs(x);
}
