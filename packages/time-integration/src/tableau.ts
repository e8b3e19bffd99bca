/** @file Explicit Runge-Kutta methods as data. A method is its coefficients; nothing else is known about it anywhere. */

/** An explicit Runge-Kutta method: k_i = f(t + c_i h, y + h sum_{j<i} a_ij k_j), y <- y + h sum_i b_i k_i. */
export interface Tableau {
  readonly name: string;
  /** Local error O(h^{order+1}). */
  readonly order: number;
  readonly stages: number;
  /** Row i has i entries. */
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly c: readonly number[];
  /** Weights of the embedded method, whose difference from b estimates the local error. */
  readonly bHat?: readonly number[];
  /** Order of the embedded method. */
  readonly orderHat?: number;
  /** Weights of a second embedded method, of lower order: the two estimates are combined, see `stepError`. */
  readonly bLower?: readonly number[];
  readonly orderLower?: number;
  readonly dense?: DenseWeights;
}

/**
 * The solution between the ends of a step, at t + theta h: y + theta (F_0 + (1 - theta) (F_1 + theta (F_2 + (1 - theta) (F_3 + ...)))), where F_0 = y_end - y,
 * F_1 = h k_1 - F_0, F_2 = F_0 - F_1 - h k_end, k_end the slope at the end, are Hermite's, and the others are weighted sums of the slopes. Needs a method whose last
 * stage is k_end ({@link isFirstSameAsLast}).
 */
export interface DenseWeights {
  /** The error at a fixed theta is O(h^{order+1}); it adds over no more than one step. */
  readonly order: number;
  /** Further stages, numbered after those of the method. */
  readonly a: readonly (readonly number[])[];
  readonly c: readonly number[];
  /** F_{3+r} = h sum_i d_ri k_i. */
  readonly d: readonly (readonly number[])[];
}

/** A method with an error estimate. */
export type EmbeddedTableau = Tableau & Required<Pick<Tableau, "bHat" | "orderHat">>;

/** Explicit Euler, order 1: also the layer scheme x <- x + h f(x) of a residual network. */
export const euler: Tableau = frozen({ name: "Euler", order: 1, stages: 1, a: [[]], b: [1], c: [0] });

/** Heun's method (explicit trapezoid), order 2. */
export const heun: Tableau = frozen({ name: "Heun", order: 2, stages: 2, a: [[], [1]], b: [1 / 2, 1 / 2], c: [0, 1] });

/** The classical method of order 4 (Kutta 1901). */
export const rungeKutta4: Tableau = frozen({
  name: "Runge-Kutta 4",
  order: 4,
  stages: 4,
  a: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]],
  b: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
  c: [0, 1 / 2, 1 / 2, 1],
});

const lastRow = [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84];

/**
 * The pair of order 5 with an embedded method of order 4 by Dormand and Prince (1980), J. Comput. Appl. Math. 6, 19-26.
 * Its last stage is the first of the next step (FSAL): six evaluations a step. Dense output of order 4 by Shampine (1986), Math. Comp. 46, 135-150.
 */
export const dormandPrince5: EmbeddedTableau = frozen({
  name: "Dormand-Prince 5(4)",
  order: 5,
  stages: 7,
  a: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    lastRow,
  ],
  b: [...lastRow, 0],
  c: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  bHat: [5179 / 57600, 0, 7571 / 16695, 393 / 640, -92097 / 339200, 187 / 2100, 1 / 40],
  orderHat: 4,
  dense: {
    order: 4,
    a: [],
    c: [],
    d: [
      [
        -12715105075 / 11282082432, 0, 87487479700 / 32700410799, -10690763975 / 1880347072, 701980252875 / 199316789632, -1453857185 / 822651844,
        69997945 / 29380423,
      ],
    ],
  },
});

/** True when the last stage is the slope at the end of the step, so that it can open the next one. */
export function isFirstSameAsLast({ a, b, c, stages }: Tableau): boolean {
  const last = a[stages - 1] ?? [];
  return stages > 1 && c[stages - 1] === 1 && b[stages - 1] === 0 && last.every((entry, j) => entry === b[j]);
}

/** The same tableau, closed against changes down to its rows. */
export function frozen<T extends Tableau>(tableau: T): T {
  const { dense } = tableau;
  for (const row of [...tableau.a, ...(dense?.a ?? []), ...(dense?.d ?? [])]) Object.freeze(row);
  for (const list of [tableau.a, tableau.b, tableau.c, tableau.bHat, tableau.bLower, dense?.a, dense?.c, dense?.d, dense]) Object.freeze(list);
  return Object.freeze(tableau);
}
