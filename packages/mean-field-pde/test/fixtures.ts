import { readFileSync } from "node:fs";

/** JSON fixtures by name; what each is and how it was made stands in its "about". */
export interface Fixtures {
  readonly linear: LinearFixture;
  readonly laws: LawsFixture;
  readonly reference: ReferenceFixture;
}

export function fixture<K extends keyof Fixtures>(name: K): Fixtures[K] {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), "utf8")) as Fixtures[K];
}

export type Flow = "SA" | "USA";

export interface LinearFixture {
  readonly rates: readonly { d: number; beta: number; k: number; log_sa: number; log_usa: number; sa?: number; usa?: number }[];
  readonly dominant: readonly { d: number; beta: number; k: number }[];
  readonly transitions: readonly { d: number; k: number; beta: number }[];
}

export interface LawsFixture {
  readonly departures: readonly {
    flow: Flow; beta: number; d: number; k: number; n: number; r: number; rate: number; g: number;
    atom: number; mean: number; sd: number; quantiles: readonly [number, number, number];
  }[];
  readonly races: readonly { flow: Flow; beta: number; n: number; r: number; modes: number[]; mean: number; sd: number; wins: number[] }[];
}

interface Section<C> {
  readonly cases: readonly C[];
}

export interface ReferenceFixture {
  readonly funk_hecke: Section<{ d: number; beta: number; k: number; gamma_sa: number; log_gamma_usa: number | null }>;
  readonly negative_beta: Section<{ d: number; beta: number; k: number; gamma_usa: number; gamma_sa: number }>;
  readonly beta_zero: Section<{ d: number; gamma_1: number }>;
  readonly k_max: Section<{ d: number; beta: number; k_max: number; gamma_max_sa: number; log_gamma_max_usa: number; runner_up_ratio: number }>;
  readonly beta_transitions: Section<{ d: number; k: number; beta: number }>;
  readonly finite_N_first_order: Section<{ model: Flow; d: number; beta: number; N: number; k: number; dEabsZk2_dt: number }>;
  readonly SA_one_over_N: Section<{ beta: number; k: number; coefficient: number }>;
  readonly landau: Section<{ mode: Flow; beta: number; k: number; g: number; B: number }>;
  readonly kac_rice: Section<{ beta: number; T_usa_times_gamma_max: number; value: number }>;
  readonly meanfield_circle: Section<{
    mode: Flow; beta: number; rho0_cos_sin: Record<string, [number, number]>; ts: number[]; k: number[]; Z_re: number[][]; Z_im: number[][];
  }>;
  readonly beta0_meanfield: Section<{ d: number; r0: number; t: number; r: number; mean: number }>;
}

/** |x/y - 1|, 0 where both are 0. */
export function relativeError(x: number, y: number): number {
  return x === y ? 0 : Math.abs(x / y - 1);
}
