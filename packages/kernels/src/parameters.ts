/** @file Parameters of the kernels: plain data, so that a plan can be written down, compared and sent to a worker. */
import type { ActivationParameters, AdamStepParameters, BinomialsParameters, LinearCombinationParameters, MatmulParameters, NormalsParameters, RowNormaliseParameters, RowParameters, RowSoftmaxParameters, SwapAxesParameters } from "./array-parameters.js";

/** Size of an ensemble of tokens, arrays (batch, n, d). */
export interface TokenSize {
  /** Replicas, R >= 1. They never see each other. */
  readonly batch: number;
  /** Tokens of one replica, n >= 1. */
  readonly n: number;
  /** Dimension of the space the unit rows live in, d >= 1: tokens on S^{d-1}. */
  readonly d: number;
}

/** Self-attention with identity matrices. */
export interface AttentionParameters extends TokenSize {
  /** `SA`: softmax over the keys [eq:sa]. `USA`: mean over the keys without normaliser [eq:usa]. */
  readonly flow: "SA" | "USA";
  /** Inverse temperature, any sign, dimensionless. */
  readonly beta: number;
  /** Keys j <= i only; USA then divides row i by i. Default false. */
  readonly causal?: boolean;
  /**
   * USA only: the weights are exp(beta (<x, y> - shift)), default 0. A shift of sign(beta) measures time in units of
   * e^{-|beta|} and keeps |beta| > 700 from overflowing. The softmax does not depend on it, so SA refuses one.
   */
  readonly shift?: number;
}

/** Attention of queries to keys, with values of their own. */
export interface GeneralAttentionParameters {
  readonly batch: number;
  /** Queries of one replica. */
  readonly n: number;
  /** Keys of one replica; causal attention needs as many as queries. */
  readonly m: number;
  /** Components of queries and keys. */
  readonly d: number;
  /** Components of values. */
  readonly e: number;
  readonly flow: "SA" | "USA";
  readonly beta: number;
  /** Keys j <= i only; USA then divides row i by i. Default false. */
  readonly causal?: boolean;
  /** USA only: the weights are exp(beta (<q, k> - shift)), default 0. */
  readonly shift?: number;
}

/** An explicit Runge-Kutta method for an autonomous flow; a `Tableau` of @mesoscope/time-integration is one. */
export interface StepTableau {
  /** a[i][j], j < i: stage i starts from x + dt sum_j a[i][j] k_j. Row 0 is empty. */
  readonly a: readonly (readonly number[])[];
  /** Weights of the stages. */
  readonly b: readonly number[];
}

/** One step of a flow. */
export interface StepParameters {
  /** Step in time (depth), any sign, finite. */
  readonly dt: number;
  readonly tableau: StepTableau;
}

/** See the catalogue. */
export interface InteractionParameters extends TokenSize {
  readonly beta: number;
  /** The weights are exp(beta (<x, y> - shift)), default 0. */
  readonly shift?: number;
}

/** Size of an ensemble of angles, arrays (batch, n). */
export interface AngleSize {
  readonly batch: number;
  readonly n: number;
}

/** See the catalogue. */
export interface MomentParameters extends AngleSize {
  /** Highest moment K >= 1. */
  readonly order: number;
}

/** A velocity field on the circle given by harmonics. */
export interface HarmonicParameters extends AngleSize {
  /** a_m for m = 1..K, at index m - 1. */
  readonly numerator: readonly number[];
  /** b_m for m = 0..K' at index m (K' <= K); without it the velocity is the numerator. */
  readonly denominator?: readonly number[];
}

/** Size of an ensemble of points of S^2, arrays (batch, n, 3) with unit rows. */
export interface SphericalMomentParameters {
  readonly batch: number;
  readonly n: number;
  /** Highest degree K, 1 <= K <= 512. */
  readonly degree: number;
}

/** A velocity field on S^2 given by harmonics. */
export interface SphericalParameters {
  readonly batch: number;
  readonly n: number;
  /** a_k for degrees k = 1..K, at index k - 1; K <= 512. */
  readonly numerator: readonly number[];
  /** b_k for k = 0..K' at index k (K' <= K); without it the velocity is the numerator. */
  readonly denominator?: readonly number[];
}

/** An ensemble of numbers, arrays (batch, n). */
export interface ElementwiseParameters {
  readonly batch: number;
  readonly n: number;
}

export interface AttentionStepParameters extends AttentionParameters, StepParameters {}
export interface HarmonicStepParameters extends HarmonicParameters, StepParameters {}

/** The kernels on plain arrays by name, with their parameters. */
export interface ArrayKernelParameters {
  readonly matmul: MatmulParameters;
  readonly "swap-axes": SwapAxesParameters;
  readonly "row-softmax": RowSoftmaxParameters;
  readonly "row-softmax-backward": RowParameters;
  readonly "row-normalise": RowNormaliseParameters;
  readonly "row-normalise-backward": RowNormaliseParameters;
  readonly activation: ActivationParameters;
  readonly "activation-backward": ActivationParameters;
  readonly "linear-combination": LinearCombinationParameters;
  readonly "adam-step": AdamStepParameters;
  readonly normals: NormalsParameters;
  readonly binomials: BinomialsParameters;
}

/** Each kernel by name, with its parameters. */
export interface KernelParameters extends ArrayKernelParameters {
  readonly "attention-drift": AttentionParameters;
  readonly "attention-step": AttentionStepParameters;
  readonly attention: GeneralAttentionParameters;
  readonly "interaction-sums": InteractionParameters;
  readonly "harmonic-moments": MomentParameters;
  readonly "harmonic-drift": HarmonicParameters;
  readonly "harmonic-step": HarmonicStepParameters;
  readonly "spherical-moments": SphericalMomentParameters;
  readonly "spherical-drift": SphericalParameters;
  readonly exp: ElementwiseParameters;
  readonly tanh: ElementwiseParameters;
}

/** Name of a kernel of the catalogue. */
export type KernelName = keyof KernelParameters;
