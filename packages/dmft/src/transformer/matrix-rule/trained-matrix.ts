/** @file The one rule that assembles every architecture: what a trained matrix does to the fields on its two sides. */
import type { Field, Population, Process, Term } from "./population.js";

/** A field through time, with its kernel C(t, t') = <a(t) a(t')^T>. */
export interface History {
  readonly population: Population;
  readonly rows: number;
  readonly fields: readonly Field[];
  readonly push: (field: Field) => void;
  /** C(t, t') (rows, rows). */
  readonly kernel: (t: number, u: number) => Float64Array;
}

export function history(population: Population, rows: number): History {
  const fields: Field[] = [];
  const kernels: Float64Array[][] = [];
  return {
    population,
    rows,
    fields,
    push: (field) => {
      fields.push(field);
      kernels.push(fields.map((other) => population.inner(field, other)));
    },
    kernel: (t, u) => (u <= t ? kernels[t]![u]! : transposed(kernels[u]![t]!, rows, rows)),
  };
}

export interface DriveParts {
  readonly rows: number;
  readonly partnerRows: number;
  /** R(t, t') (rows, partner rows). */
  readonly response: ArrayLike<number>;
  /** C(t, t') (rows, rows) and the coupling of the step at t' (partner rows, rows); undefined at t' = t, where nothing has been learned. */
  readonly learned: { readonly kernel: ArrayLike<number>; readonly coupling: ArrayLike<number> } | undefined;
  /** rho. */
  readonly rate: number;
}

/**
 * Coefficients of the partner's field at t' in a field at t [eq:matrix-rule]: R(t, t') + rho C(t, t') X(t')^T (rows, partner rows). The coupling stands on the second index of the kernel.
 */
export function driveCoefficients({ rows, partnerRows, response, learned, rate }: DriveParts): Float64Array {
  const out = Float64Array.from(response);
  if (learned === undefined) return out;
  const { kernel, coupling } = learned;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < partnerRows; c++) {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += kernel[r * rows + k]! * coupling[c * rows + k]!;
      out[r * partnerRows + c]! += rate * sum;
    }
  }
  return out;
}

/** A trained matrix W between two populations, in the limit. */
export interface TrainedMatrix {
  /** y(t) = W a / sqrt n on the far side, after a(t) was pushed to `input` and before c(t) is to `output`. */
  readonly forward: () => Field;
  /** e(t) = W^T c / sqrt n on the near side, after c(t) was pushed to `output`. */
  readonly backward: () => Field;
  /** The step W += rho / sqrt n sum c(t) X(t) a(t)^T: X (output rows, input rows), diag(Delta) where rows are tokens. */
  readonly learn: (coupling: ArrayLike<number>) => void;
  /** R_a(t, .) = <d a(t) / d e~(t')> (t, input rows, output rows) and R_c(t, .) (t + 1, output rows, input rows). */
  readonly inputResponses: readonly Float64Array[];
  readonly outputResponses: readonly Float64Array[];
}

export interface TrainedMatrixOptions {
  /** a, in the population that e comes back to. */
  readonly input: History;
  /** c, in the population where y arrives. */
  readonly output: History;
  /** rho: the rate of the step that `learn` tells. */
  readonly rate: number;
}

/**
 * The rule of a trained matrix [eq:matrix-rule], by causal steps:
 * y(t) = y~(t) + sum_{t' < t} [R_a(t, t') + rho C_a(t, t') X(t')^T] c(t'), y~ ~ GP(0, C_a);
 * e(t) = e~(t) + sum_{t' <= t} [R_c(t, t') + rho 1_{t' < t} C_c(t, t') X(t')] a(t'), e~ ~ GP(0, C_c).
 * The forward pass comes before the backward one, so a(t) cannot respond to e~(t); c(t) may respond to y~(t), where it is a nonlinear function of it.
 */
export function trainedMatrix({ input, output, rate }: TrainedMatrixOptions): TrainedMatrix {
  const arriving = output.population.process(input.rows);
  const returning = input.population.process(output.rows);
  const couplings: Float64Array[] = [];
  const inputResponses: Float64Array[] = [];
  const outputResponses: Float64Array[] = [];

  return {
    inputResponses,
    outputResponses,
    forward: () => {
      const t = input.fields.length - 1;
      const responses = input.population.responses(input.fields[t]!, returning);
      inputResponses.push(responses);
      const coupling = (u: number): Float64Array => couplings[u]!;
      return drivenField(output.population, arriving, { near: input, t, responses, coupling, partners: output.fields, partnerRows: output.rows, rate });
    },
    backward: () => {
      const t = output.fields.length - 1;
      const responses = output.population.responses(output.fields[t]!, arriving);
      outputResponses.push(responses);
      const coupling = (u: number): Float64Array => transposed(couplings[u]!, output.rows, input.rows);
      return drivenField(input.population, returning, { near: output, t, responses, coupling, partners: input.fields, partnerRows: input.rows, rate });
    },
    learn: (coupling) => couplings.push(Float64Array.from(coupling)),
  };
}

/** What a field at time t is made of besides its source. */
export interface Drive {
  /** The kernel that its source has: C(t, t') (rows, rows). */
  readonly near: Pick<History, "rows" | "kernel">;
  readonly t: number;
  /** R(t, t') for the partner's times (times, rows, partner rows). */
  readonly responses: Float64Array;
  /** Coupling at t' < t as the drive wants it (partner rows, rows). */
  readonly coupling: (u: number) => ArrayLike<number>;
  /** The partner's fields so far: t of them, or t + 1. */
  readonly partners: readonly Field[];
  readonly partnerRows: number;
  readonly rate: number;
}

/** The next field of a process [eq:matrix-rule]: its source, and what its partners bring by response and learning. */
export function drivenField(population: Population, process: Process, { near, t, responses, coupling, partners, partnerRows, rate }: Drive): Field {
  const { rows, kernel } = near;
  const size = rows * partnerRows;
  const terms: Term[] = [{ matrix: identity(rows), field: population.source(process, covarianceRow(near, t)) }];
  partners.forEach((field, u) => {
    const response = responses.subarray(u * size, (u + 1) * size);
    const learned = u < t ? { kernel: kernel(t, u), coupling: coupling(u) } : undefined;
    terms.push({ matrix: driveCoefficients({ rows, partnerRows, response, learned, rate }), field });
  });
  return population.combine(rows, terms);
}

/** C(t, 0), ..., C(t, t) side by side (rows, (t + 1) rows). */
function covarianceRow({ rows, kernel }: Pick<History, "rows" | "kernel">, t: number): Float64Array {
  const out = new Float64Array(rows * (t + 1) * rows);
  for (let u = 0; u <= t; u++) {
    const block = kernel(t, u);
    for (let r = 0; r < rows; r++) for (let c = 0; c < rows; c++) out[r * (t + 1) * rows + u * rows + c] = block[r * rows + c]!;
  }
  return out;
}

/** a^T of a (rows, columns) matrix. */
export function transposed(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = a[r * columns + c]!;
  return out;
}

/** Unit matrix (n, n). */
export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}
