/** @file Problems with closed solutions on which the observed order of a method is measured. */
import { readFileSync } from "node:fs";
import type { Field, Projection } from "../src/index.js";
import { onSpheres } from "../src/index.js";

/** A problem whose solution at t1 is known. */
export interface ClosedProblem {
  readonly name: string;
  readonly field: Field;
  readonly start: readonly number[];
  readonly t1: number;
  readonly exact: readonly number[];
  readonly projection?: Projection;
}

interface Fixture {
  readonly sections: {
    readonly equiangular_time: { readonly cases: readonly { mode: "SA" | "USA"; n: number; beta: number; rho0: number; rho1: number; time: number }[] };
    readonly two_cluster_merge: { readonly cases: readonly { beta: number; theta0: number; theta1: number; wa: number; wb: number; time_sa: number; time_usa: number }[] };
  };
}

const { sections } = JSON.parse(readFileSync(new URL("fixtures/equiangular.json", import.meta.url), "utf8")) as Fixture;

/** Cosine rho between n equiangular tokens: rho' = 2 (1 - rho)((n - 1) rho + 1) / (e^{beta (1 - rho)} + n - 1), SA. */
export function equiangular(n: number, beta: number, rho0: number, rho1: number): ClosedProblem {
  const found = sections.equiangular_time.cases.find((one) => one.mode === "SA" && one.n === n && one.beta === beta && one.rho0 === rho0 && one.rho1 === rho1)!;
  return {
    name: `${n} equiangular tokens, beta ${beta}`,
    field: (_, y, out) => {
      out[0] = (2 * (1 - y[0]!) * ((n - 1) * y[0]! + 1)) / (Math.exp(beta * (1 - y[0]!)) + n - 1);
    },
    start: [rho0],
    t1: found.time,
    exact: [rho1],
  };
}

/** Angle between two clusters of half the mass: theta' = -e^{beta cos theta} sin theta, USA. */
export function twoClusters(beta: number): ClosedProblem {
  const found = sections.two_cluster_merge.cases.find((one) => one.beta === beta && one.wa === 0.5 && one.wb === 0.5)!;
  return {
    name: `two clusters, beta ${beta}`,
    field: (_, y, out) => {
      out[0] = -Math.exp(beta * Math.cos(y[0]!)) * Math.sin(y[0]!);
    },
    start: [found.theta0],
    t1: found.time_usa,
    exact: [found.theta1],
  };
}

/** beta = 0, the Moebius flow x' = m - <m, x> x of n orthonormal tokens, on spheres: |m|^2 = 1 / (1 + (n - 1) e^{-2t}), and the tokens stay equiangular. */
export function moebius(n: number, t1: number): ClosedProblem {
  const start = Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) === at % n ? 1 : 0));
  const square = 1 / (1 + (n - 1) * Math.exp(-2 * t1));
  const rho = (n * square - 1) / (n - 1);
  // x_i = p e_i + q (1, ..., 1): the own and the other components of unit rows with cosine rho.
  const p = Math.sqrt(1 - rho);
  const q = (-p + Math.sqrt(p * p + n * rho)) / n;
  return {
    name: `Moebius flow of ${n} tokens`,
    field: (_, y, out) => {
      for (let i = 0; i < n; i += 1) {
        let along = 0;
        for (let k = 0; k < n; k += 1) {
          let mean = 0;
          for (let j = 0; j < n; j += 1) mean += y[j * n + k]! / n;
          out[i * n + k] = mean;
          along += mean * y[i * n + k]!;
        }
        for (let k = 0; k < n; k += 1) out[i * n + k]! -= along * y[i * n + k]!;
      }
    },
    start,
    t1,
    exact: start.map((own) => own * p + q),
    projection: onSpheres(n),
  };
}
