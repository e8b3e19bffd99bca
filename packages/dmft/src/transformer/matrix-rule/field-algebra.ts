/** @file Sums and inner products of fields, whatever the metric of their sources. */
import { DomainError } from "@mesoscope/numerics";
import type { Field, Term } from "./population.js";

/** Coefficients of a sum of terms (members, rows, width), width the largest of the fields. */
export function combination(members: number, rows: number, terms: readonly Term[]): { width: number; coefficients: Float64Array } {
  const width = terms.reduce((largest, { field }) => Math.max(largest, field.width), 0);
  const out = new Float64Array(members * rows * width);
  for (const { matrix, field } of terms) {
    const size = rows * field.rows;
    if (matrix.length !== size && matrix.length !== members * size) {
      throw new DomainError({ name: "matrix", value: matrix.length, rule: `must be ${size} numbers, or ${members * size}`, remedy: "Give (rows, field.rows), one for all members or one for each." });
    }
    const stride = matrix.length === size ? 0 : size;
    for (let member = 0; member < members; member++) {
      for (let r = 0; r < rows; r++) {
        const to = (member * rows + r) * width;
        for (let c = 0; c < field.rows; c++) {
          const factor = matrix[member * stride + r * field.rows + c]!;
          if (factor === 0) continue;
          const from = (member * field.rows + c) * field.width;
          for (let k = 0; k < field.width; k++) out[to + k]! += factor * field.coefficients[from + k]!;
        }
      }
    }
  }
  return { width, coefficients: out };
}

/** <a b^T> of each member (members, a.rows, b.rows): the narrower field against the dual of the wider. */
export function innerByMember(members: number, a: Field, b: Field): Float64Array {
  const out = new Float64Array(members * a.rows * b.rows);
  const width = Math.min(a.width, b.width);
  const [left, right] = a.width <= b.width ? [a.coefficients, b.dual] : [a.dual, b.coefficients];
  for (let member = 0; member < members; member++) {
    for (let i = 0; i < a.rows; i++) {
      const atA = (member * a.rows + i) * a.width;
      for (let j = 0; j < b.rows; j++) {
        const atB = (member * b.rows + j) * b.width;
        let sum = 0;
        for (let k = 0; k < width; k++) sum += left[atA + k]! * right[atB + k]!;
        out[(member * a.rows + i) * b.rows + j] = sum;
      }
    }
  }
  return out;
}

/** sum_m weights_m each_m (size) of an array (members, size). */
export function weighted(weights: Float64Array, each: Float64Array): Float64Array {
  const size = each.length / weights.length;
  const out = new Float64Array(size);
  weights.forEach((weight, member) => {
    for (let i = 0; i < size; i++) out[i]! += weight * each[member * size + i]!;
  });
  return out;
}
