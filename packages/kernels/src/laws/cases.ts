/** @file Inputs on which every backend is held against the truth: sizes that break tilings, and configurations that break formulas. */
import { key } from "@mesoscope/numerics";
import { arrayCases } from "./array-cases.js";
import { nameOf, type Case } from "./case.js";
import type { AttentionParameters, HarmonicParameters, KernelName, KernelParameters, StepTableau, TokenSize } from "../parameters.js";

export { inputsOf } from "./case.js";
export type { Case } from "./case.js";

/** How tokens are placed in a case. */
type Placement = "random" | "coincident" | "antipodal" | "cap";

/** The classical method of order 4, so that the laws need no other package. */
export const CLASSICAL: StepTableau = Object.freeze({ a: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]], b: [1 / 6, 1 / 3, 1 / 3, 1 / 6] });

/** Unit rows (R, n, d): random; all equal; one half opposite to the other; or all close to one point. */
export function placeTokens({ batch, n, d }: TokenSize, placement: Placement): Float64Array {
  const stream = key("kernels/laws").fold("tokens", batch, n, d, placement).stream();
  const x = new Float64Array(batch * n * d);
  for (let at = 0; at < x.length; at += d) {
    const row = x.subarray(at, at + d);
    const token = (at / d) % n;
    if (placement === "random" || token === 0) stream.fillNormal(row);
    else if (placement === "cap") for (let k = 0; k < d; k += 1) row[k] = x[at - token * d + k]! + 0.01 * stream.normal();
    else for (let k = 0; k < d; k += 1) row[k] = x[at - token * d + k]! * (placement === "antipodal" && token % 2 === 1 ? -1 : 1);
    normalise(row);
  }
  return x;
}

/** Angles (R, n): random over more than one turn, or all in a cluster with its opposite. */
export function placeAngles(batch: number, n: number, placement: "random" | "antipodal"): Float64Array {
  const stream = key("kernels/laws").fold("angles", batch, n, placement).stream();
  return Float64Array.from({ length: batch * n }, (_, i) => (placement === "random" ? 8 * (stream.uniform() - 0.5) : 0.7 + (i % 2) * Math.PI));
}

function normalise(row: Float64Array): void {
  let square = 0;
  for (const value of row) square += value * value;
  const length = Math.sqrt(square);
  for (let k = 0; k < row.length; k += 1) row[k]! /= length;
}

const sizes: readonly (TokenSize & { placement: Placement })[] = [
  { batch: 1, n: 1, d: 1, placement: "random" },
  { batch: 1, n: 1, d: 3, placement: "random" },
  { batch: 2, n: 5, d: 1, placement: "random" },
  { batch: 1, n: 2, d: 2, placement: "antipodal" },
  { batch: 2, n: 7, d: 3, placement: "coincident" },
  { batch: 1, n: 6, d: 5, placement: "antipodal" },
  { batch: 3, n: 13, d: 2, placement: "random" },
  { batch: 1, n: 9, d: 4, placement: "cap" },
  { batch: 2, n: 65, d: 3, placement: "random" },
  { batch: 1, n: 131, d: 17, placement: "random" },
];

const flows: readonly Pick<AttentionParameters, "flow" | "beta" | "causal" | "shift">[] = [
  { flow: "SA", beta: 0 },
  { flow: "SA", beta: 4 },
  { flow: "SA", beta: -5 },
  { flow: "SA", beta: 300 },
  { flow: "SA", beta: 2, causal: true },
  { flow: "USA", beta: 0 },
  { flow: "USA", beta: 5 },
  { flow: "USA", beta: -5 },
  { flow: "USA", beta: 300, shift: 1 },
  { flow: "USA", beta: 1, causal: true },
];

function attentionCases<K extends "attention-drift" | "attention-step">(more: object): Case<K>[] {
  return sizes.flatMap(({ placement, ...size }) =>
    flows.map((flow) => {
      const parameters = { ...size, ...flow, ...more } as KernelParameters[K];
      return { name: `${placement} ${nameOf(parameters)}`, parameters, input: placeTokens(size, placement) };
    }),
  );
}

/** Queries, keys and values of other numbers and lengths; queries longer than 1. */
function generalAttentionCases(): Case<"attention">[] {
  const lengths = [[1, 1, 1, 1], [3, 1, 2, 4], [1, 9, 3, 1], [7, 13, 5, 3], [65, 130, 17, 9], [66, 66, 4, 33]] as const;
  return lengths.flatMap(([n, m, d, e]) =>
    flows.filter(({ causal }) => causal !== true || n === m).map((flow) => {
      const parameters = { batch: 2, n, m, d, e, ...flow };
      const stream = key("kernels/laws").fold("attention", n, m, d, e).stream();
      const [input, keys, values] = [2 * n * d, 2 * m * d, 2 * m * e].map((length) => stream.fillNormal(new Float64Array(length)));
      for (let at = 0; at < input!.length; at += d) normalise(input!.subarray(at, at + d));
      for (let at = 0; at < keys!.length; at += d) normalise(keys!.subarray(at, at + d));
      return { name: nameOf(parameters), parameters, input: input!, more: [keys!, values!] };
    }),
  );
}

function interactionCases(): Case<"interaction-sums">[] {
  return sizes.flatMap(({ placement, ...size }) =>
    [{ beta: 0 }, { beta: 5 }, { beta: -5 }, { beta: 300, shift: 1 }].map((weight) => {
      const parameters = { ...size, ...weight };
      return { name: `${placement} ${nameOf(parameters)}`, parameters, input: placeTokens(size, placement) };
    }),
  );
}

const angleSizes: readonly { batch: number; n: number; placement: "random" | "antipodal" }[] = [
  { batch: 1, n: 1, placement: "random" },
  { batch: 1, n: 2, placement: "antipodal" },
  { batch: 3, n: 7, placement: "random" },
  { batch: 2, n: 64, placement: "random" },
  { batch: 1, n: 517, placement: "random" },
];

const orders = [1, 2, 5, 16, 101];

/** Coefficients that fall like those of a smooth kernel, with a denominator that stays positive. */
function harmonics(order: number, quotient: boolean): Pick<HarmonicParameters, "numerator" | "denominator"> {
  const fall = (m: number): number => 1 / (1 + m * m);
  const numerator = Array.from({ length: order }, (_, index) => (index % 3 === 2 ? -1 : 1) * fall(index + 1));
  return quotient ? { numerator, denominator: [3.5, ...Array.from({ length: order - 1 }, (_, index) => fall(index + 1))] } : { numerator };
}

function harmonicCases<K extends "harmonic-drift" | "harmonic-step">(more: object): Case<K>[] {
  return angleSizes.flatMap(({ placement, ...size }) =>
    orders.flatMap((order) =>
      [false, true].map((quotient) => {
        const parameters = { ...size, ...harmonics(order, quotient), ...more } as KernelParameters[K];
        return { name: `${placement} order ${order} ${quotient ? "quotient " : ""}${nameOf(size)}`, parameters, input: placeAngles(size.batch, size.n, placement) };
      }),
    ),
  );
}

function momentCases(): Case<"harmonic-moments">[] {
  return angleSizes.flatMap(({ placement, ...size }) =>
    orders.map((order) => ({ name: `${placement} order ${order} ${nameOf(size)}`, parameters: { ...size, order }, input: placeAngles(size.batch, size.n, placement) })),
  );
}

const sphericalSizes: readonly { batch: number; n: number; placement: Placement }[] = [
  { batch: 1, n: 1, placement: "random" },
  { batch: 1, n: 2, placement: "antipodal" },
  { batch: 3, n: 7, placement: "random" },
  { batch: 2, n: 65, placement: "cap" },
  { batch: 1, n: 131, placement: "random" },
];

const degrees = [1, 2, 5, 16, 40];

/** Points of S^2, one of them at a pole, where angles would fail. */
function placePoints(batch: number, n: number, placement: Placement): Float64Array {
  const x = placeTokens({ batch, n, d: 3 }, placement);
  if (n > 4) x.set([0, 0, -1], 3);
  return x;
}

function sphericalMomentCases(): Case<"spherical-moments">[] {
  return sphericalSizes.flatMap(({ placement, ...size }) =>
    degrees.map((degree) => ({ name: `${placement} degree ${degree} ${nameOf(size)}`, parameters: { ...size, degree }, input: placePoints(size.batch, size.n, placement) })),
  );
}

function sphericalDriftCases(): Case<"spherical-drift">[] {
  return sphericalSizes.flatMap(({ placement, ...size }) =>
    degrees.flatMap((degree) =>
      [false, true].map((quotient) => {
        const fall = (index: number): number => 1 / ((2 + index) * (2 + index) * (2 + index) * (2 + index));
        const numerator = Array.from({ length: degree }, (_, index) => (index % 3 === 2 ? -1 : 1) * fall(index));
        const denominator = [2, ...Array.from({ length: degree - 1 }, (_, index) => fall(index))];
        const parameters = { ...size, numerator, ...(quotient ? { denominator } : {}) };
        return { name: `${placement} degree ${degree} ${quotient ? "quotient " : ""}${nameOf(size)}`, parameters, input: placePoints(size.batch, size.n, placement) };
      }),
    ),
  );
}

/** Numbers of both signs, from tiny ones to where e^x is still a float. */
function elementwiseCases<K extends "exp" | "tanh">(): Case<K>[] {
  return angleSizes.map(({ batch, n }) => {
    const stream = key("kernels/laws").fold("numbers", batch, n).stream();
    const reach = [1e-12, 1e-3, 0.5, 1, 4, 30, 80];
    const parameters = { batch, n } as KernelParameters[K];
    return { name: nameOf(parameters), parameters, input: Float64Array.from({ length: batch * n }, (_, i) => 2 * reach[i % reach.length]! * (stream.uniform() - 0.5)) };
  });
}

/** All cases of a kernel. Steps are short enough (dt times the largest rate below 1/2 where e^|beta| is not huge) for the bounds of oracle.ts. */
export const cases: { readonly [K in KernelName]: () => readonly Case<K>[] } = {
  "attention-drift": () => attentionCases<"attention-drift">({}),
  "attention-step": () => attentionCases<"attention-step">({ dt: 0.001, tableau: CLASSICAL }),
  attention: generalAttentionCases,
  "interaction-sums": interactionCases,
  "harmonic-moments": momentCases,
  "harmonic-drift": () => harmonicCases<"harmonic-drift">({}),
  "harmonic-step": () => harmonicCases<"harmonic-step">({ dt: 0.05, tableau: CLASSICAL }),
  "spherical-moments": sphericalMomentCases,
  "spherical-drift": sphericalDriftCases,
  ...arrayCases,
  exp: elementwiseCases,
  tanh: elementwiseCases,
};
