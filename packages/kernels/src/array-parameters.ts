/** @file Parameters of the kernels on plain arrays: what a network, an optimiser or an ensemble of draws is made of. Plain data, like all parameters. */

/** Sizes and forms of a batch of matrix products. */
export interface MatmulParameters {
  /** Replicas, R >= 1. */
  readonly batch: number;
  /** Rows of the product. */
  readonly m: number;
  /** Terms of every sum. */
  readonly k: number;
  /** Columns of the product. */
  readonly n: number;
  /** A is stored as (R, k, m). Default false. */
  readonly transposeA?: boolean;
  /** B is stored as (R, n, k). Default false. */
  readonly transposeB?: boolean;
  /** Factor of the product, finite; default 1. */
  readonly scale?: number;
  /** A third input C (R, m, n) is added; the output may be the same tensor. Default false. */
  readonly add?: boolean;
  /** One A, its replica axis of length 1, serves all replicas. Default false. */
  readonly shareA?: boolean;
  /** One B, its replica axis of length 1, serves all replicas. Default false. */
  readonly shareB?: boolean;
  /** Heads of a replica, a divisor of the batch, which counts the matrices of all heads, head after head. Default 1. */
  readonly heads?: number;
  /** The heads of A lie side by side in its rows: (R / heads, m, heads, k), or (R / heads, k, heads, m) transposed. Default false. */
  readonly besideA?: boolean;
  /** The same of B. */
  readonly besideB?: boolean;
  /** The same of C, and of what is added to it. */
  readonly besideC?: boolean;
}

/** Sizes of arrays (R, a, b, c) whose middle axes change places. */
export interface SwapAxesParameters {
  readonly batch: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** An ensemble of matrices, arrays (batch, n, m). */
export interface RowParameters {
  readonly batch: number;
  /** Rows of one replica. */
  readonly n: number;
  /** Numbers in a row, m >= 1. */
  readonly m: number;
}

/** Softmax of rows. */
export interface RowSoftmaxParameters extends RowParameters {
  /** Row i uses the numbers j <= i only, the other probabilities are 0; needs m = n. Default false. */
  readonly causal?: boolean;
}

/** Rows brought to mean 0 and variance 1. */
export interface RowNormaliseParameters extends RowParameters {
  /** Added to the variance of a row, >= 0; 0 leaves a row of equal numbers undefined (NaN). */
  readonly epsilon: number;
}

/** Name of an activation: relu max(x, 0); erf(x / sqrt 2) = 2 Phi(x) - 1; gelu x Phi(x), exact; tanh. Phi is the normal distribution function. */
export type ActivationName = "relu" | "erf" | "gelu" | "tanh";

/** An activation of every number. */
export interface ActivationParameters {
  readonly batch: number;
  readonly n: number;
  readonly name: ActivationName;
}

/** a x + b y. */
export interface LinearCombinationParameters {
  readonly batch: number;
  readonly n: number;
  /** Finite. */
  readonly a: number;
  /** Finite. */
  readonly b: number;
  /** One x, its replica axis of length 1, serves all replicas. Default false. */
  readonly shareX?: boolean;
}

/** One step of Adam. */
export interface AdamStepParameters {
  readonly batch: number;
  readonly n: number;
  /** Decay of the mean of gradients, 0 <= beta1 < 1. */
  readonly beta1: number;
  /** Decay of the mean of their squares, 0 <= beta2 < 1. */
  readonly beta2: number;
  /** Added to the root of the second mean, >= 0. */
  readonly epsilon: number;
}

/** Standard normals, one stream a replica. */
export interface NormalsParameters {
  readonly batch: number;
  /** Draws of one replica. */
  readonly n: number;
  /** Index in its stream of the first draw of a replica, an integer >= 0; default 0. */
  readonly first?: number;
}

/** Binomial counts, one stream a replica. */
export interface BinomialsParameters {
  readonly batch: number;
  readonly n: number;
  /** Trials of every draw, an integer >= 0. */
  readonly trials: number;
}
