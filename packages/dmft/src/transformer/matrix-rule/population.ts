/** @file A population of neurons whose fields are linear combinations of Gaussian sources, and what two fields have in common on average. */

/**
 * A field of every neuron of a population: `rows` variables (inputs, tokens, features), each a linear combination of the sources that were there when it was made. Members
 * of a population (heads) may have coefficients of their own.
 */
export interface Field {
  readonly rows: number;
  /** Sources that it may stand on: the first `width` of its population. */
  readonly width: number;
  /** (members, rows, width). */
  readonly coefficients: Float64Array;
  /** Covariances with the first `width` sources (members, rows, width). */
  readonly dual: Float64Array;
}

/** A Gaussian process of a population, one block of `rows` variables a time; processes are independent of each other. */
export interface Process {
  readonly rows: number;
  /** Blocks so far. */
  readonly times: () => number;
}

/** matrix (rows, field.rows), or one for each member (members, rows, field.rows), times a field. */
export interface Term {
  readonly matrix: ArrayLike<number>;
  readonly field: Field;
}

/**
 * A population: neurons by the thousand that see the same kernels, in members (heads, or one for all) with weights. Averages over its neurons are exact in `gaussianPopulation`; in
 * `gramPopulation` each member has a finite number of neurons.
 */
export interface Population {
  readonly members: number;
  /** What each member counts in averages, sum 1 (members). */
  readonly weights: Float64Array;
  readonly process: (rows: number) => Process;
  /**
   * The next block of a process as a field.
   * @param covariance (rows, (times + 1) rows): with its blocks so far and with itself
   */
  readonly source: (process: Process, covariance: ArrayLike<number>) => Field;
  /** Sum of terms with the given number of rows. */
  readonly combine: (rows: number, terms: readonly Term[]) => Field;
  /** <a b^T> over neurons and members (a.rows, b.rows). */
  readonly inner: (a: Field, b: Field) => Float64Array;
  /** <a b^T> over the neurons of each member (members, a.rows, b.rows). */
  readonly innerByMember: (a: Field, b: Field) => Float64Array;
  /** <d a / d source> for every block of a process so far (times, a.rows, process.rows): the response. */
  readonly responses: (a: Field, process: Process) => Float64Array;
}
