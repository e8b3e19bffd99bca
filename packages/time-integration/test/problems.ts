/** @file Problems with closed solutions on which the observed order of a method is measured. */
import { readFileSync } from "node:fs";
import { cos, exp, sin } from "@mesoscope/numerics";
import { projectTangent } from "@mesoscope/sphere";
import type { Chart, Field, Projection } from "../src/index.js";
import { onSpheres, sphereChart } from "../src/index.js";

/** A problem whose solution at t1 is known. */
export interface ClosedProblem {
  readonly name: string;
  readonly field: Field;
  readonly start: readonly number[];
  readonly t1: number;
  readonly exact: readonly number[];
  readonly form?: { readonly projection?: Projection; readonly chart?: Chart };
}

type Mode = "SA" | "USA";
interface Fixture {
  readonly sections: {
    readonly equiangular_time: { readonly cases: readonly { mode: Mode; n: number; beta: number; rho0: number; rho1: number; time: number }[] };
    readonly two_token_time: { readonly cases: readonly { mode: Mode; beta: number; theta0: number; theta1: number; time: number }[] };
    readonly equiangular_layer: { readonly cases: readonly { n: number; beta: number; eta: number; rho: number; rho_next: number }[] };
    readonly equiangular_layers: { readonly cases: readonly { n: number; beta: number; eta: number; steps: number; one_minus_rho: number }[] };
  };
}

/** Written by fixtures/generate.py. */
export const { sections } = JSON.parse(readFileSync(new URL("fixtures/equiangular.json", import.meta.url), "utf8")) as Fixture;

/** Cosine rho between n equiangular tokens: rho' = 2 (1 - rho)((n - 1) rho + 1) / (e^{beta (1 - rho)} + n - 1), SA. */
export function equiangular(n: number, beta: number, rho0: number, rho1: number): ClosedProblem {
  const found = sections.equiangular_time.cases.find((one) => one.mode === "SA" && one.n === n && one.beta === beta && one.rho0 === rho0 && one.rho1 === rho1)!;
  return {
    name: `${n} equiangular tokens, beta ${beta}`,
    field: (_, y, out) => {
      out[0] = (2 * (1 - y[0]!) * ((n - 1) * y[0]! + 1)) / (exp(beta * (1 - y[0]!)) + n - 1);
    },
    start: [rho0],
    t1: found.time,
    exact: [rho1],
  };
}

/** Angle between two tokens: theta' = -e^{beta cos theta} sin theta, USA. */
export function twoTokens(beta: number, theta0: number, theta1: number): ClosedProblem {
  const found = sections.two_token_time.cases.find((one) => one.mode === "USA" && one.beta === beta && one.theta0 === theta0 && one.theta1 === theta1)!;
  return {
    name: `two tokens, beta ${beta}`,
    field: (_, y, out) => {
      out[0] = -exp(beta * cos(y[0]!)) * sin(y[0]!);
    },
    start: [theta0],
    t1: found.time,
    exact: [theta1],
  };
}

/** n unit rows in R^n of equal cosines rho: x_i = p e_i + q (1, ..., 1). */
export function equiangularTokens(n: number, rho: number): number[] {
  const p = Math.sqrt(1 - rho);
  const q = (-p + Math.sqrt(p * p + n * rho)) / n;
  return Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) === at % n ? p : 0) + q);
}

/** The output of a layer of softmax attention, sum_j softmax_j(beta <x_i, x_j>) x_j, before any projection. */
export function attention(n: number, d: number, beta: number): Field {
  return (_, x, out) => {
    out.fill(0);
    for (let i = 0; i < n; i += 1) {
      let total = 0;
      for (let j = 0; j < n; j += 1) {
        let inner = 0;
        for (let k = 0; k < d; k += 1) inner += x[i * d + k]! * x[j * d + k]!;
        const weight = exp(beta * (inner - 1));
        total += weight;
        for (let k = 0; k < d; k += 1) out[i * d + k]! += weight * x[j * d + k]!;
      }
      for (let k = 0; k < d; k += 1) out[i * d + k]! /= total;
    }
  };
}

/** The tangent part of a field on rows of length d. */
export function tangent(field: Field, d: number): Field {
  return (t, x, out) => {
    field(t, x, out);
    projectTangent(x, out, x.length / d, d, out);
  };
}

/** beta = 0, the Moebius flow x' = m - <m, x> x of n orthonormal tokens, on spheres: |m|^2 = 1 / (1 + (n - 1) e^{-2t}), and the tokens stay equiangular. */
export function moebius(n: number, t1: number, form: "projected" | "Munthe-Kaas" = "projected"): ClosedProblem {
  const square = 1 / (1 + (n - 1) * Math.exp(-2 * t1));
  return {
    name: `Moebius flow of ${n} tokens, ${form}`,
    field: tangent(attention(n, n, 0), n),
    start: equiangularTokens(n, 0),
    t1,
    exact: equiangularTokens(n, (n * square - 1) / (n - 1)),
    form: form === "projected" ? { projection: onSpheres(n) } : { chart: sphereChart(n) },
  };
}

/** Largest error of the state at t1. */
export function worstError({ exact }: ClosedProblem, y: Float64Array): number {
  return exact.reduce((worst, value, e) => Math.max(worst, Math.abs(value - y[e]!)), 0);
}
