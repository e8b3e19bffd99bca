/** @file Projection on a few columns by modified Gram-Schmidt, on buffers made once: the innermost loop of thousands of refits. */

export interface Projection {
  /** (terms, points): filled by the caller, orthogonal after `project`. */
  readonly columns: Float64Array;
  /** (points): filled by the caller, the residual after `project`. */
  readonly rest: Float64Array;
  /** Orthogonalises the columns and takes them out of `rest`; returns the square of what is left. */
  project(): number;
  /** Coefficients of the columns as they were given; 0 for one that those before it have in full. */
  amplitudes(): readonly number[];
  /** Takes the columns out of a vector. */
  takeOut(vector: Float64Array): void;
  /** Inner product of a vector with the residual. */
  alongRest(vector: Float64Array): number;
}

/** Columns that differ from those before them by less than this share of their square are the same up to rounding. */
const COLLINEAR = 1e-18;

export function projected(terms: number, points: number): Projection {
  const columns = new Float64Array(terms * points);
  const rest = new Float64Array(points);
  const squares = new Float64Array(terms);
  const given = new Float64Array(terms);
  const share = new Float64Array(terms);
  const mixed = new Float64Array(terms * terms);

  const along = (j: number, vector: Float64Array, offset: number): number => {
    let sum = 0;
    const from = j * points;
    for (let k = 0; k < points; k++) sum += columns[from + k]! * vector[offset + k]!;
    return sum;
  };
  const subtract = (j: number, factor: number, vector: Float64Array, offset: number): void => {
    const from = j * points;
    for (let k = 0; k < points; k++) vector[offset + k]! -= factor * columns[from + k]!;
  };
  return {
    columns,
    rest,
    project: () => {
      mixed.fill(0);
      for (let j = 0; j < terms; j++) given[j] = along(j, columns, j * points);
      for (let j = 0; j < terms; j++) {
        const square = along(j, columns, j * points);
        squares[j] = square > COLLINEAR * given[j]! ? square : 0;
        share[j] = squares[j] === 0 ? 0 : along(j, rest, 0) / square;
        if (squares[j] === 0) continue;
        subtract(j, share[j]!, rest, 0);
        for (let l = j + 1; l < terms; l++) {
          mixed[j * terms + l] = along(j, columns, l * points) / square;
          subtract(j, mixed[j * terms + l]!, columns, l * points);
        }
      }
      let sum = 0;
      for (let k = 0; k < points; k++) sum += rest[k]! * rest[k]!;
      return sum;
    },
    amplitudes: () => {
      const out = new Array<number>(terms).fill(0);
      for (let j = terms - 1; j >= 0; j--) {
        let sum = share[j]!;
        for (let l = j + 1; l < terms; l++) sum -= mixed[j * terms + l]! * out[l]!;
        out[j] = squares[j] === 0 ? 0 : sum;
      }
      return out;
    },
    takeOut: (vector) => {
      for (let j = 0; j < terms; j++) if (squares[j]! > 0) subtract(j, along(j, vector, 0) / squares[j]!, vector, 0);
    },
    alongRest: (vector) => inner(vector, rest),
  };
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** (vector . direction) / |direction|^2: how much of a direction a vector holds; 0 where the direction is but rounding of the whole it is left of. */
export function ownShareOf(vector: Float64Array, direction: Float64Array, whole: Float64Array): number {
  const square = inner(direction, direction);
  return square > COLLINEAR * inner(whole, whole) ? inner(vector, direction) / square : 0;
}
