/**
 * @file The pair: a finite system and the theories of its limit, side by side.
 *
 * Whoever implements `Pair` gets the whole comparison engine: sampling over sizes, intervals, exponents, verdicts, reports.
 * What must be given: `parameters`, `axes`, and `at(parameters)`, which returns `observables`, `sample` and `theories`.
 * A pair is plain data and functions; nothing has to be imported to write one (see examples/my-pair.mjs).
 */

/** Values of the parameters of a pair or a study, by name. */
export type Parameters = Readonly<Record<string, number | string | boolean | readonly number[]>>;

/** How many of everything that grows: `{ n: 1024 }`, `{ N: 64, H: 8 }`. */
export type Size = Readonly<Record<string, number>>;

/** A random key as data: two unsigned 32-bit words. Equal words, equal randomness. */
export type KeyWords = readonly [number, number];

/** Replicas `from, from + 1, ..., from + count - 1` of the ensemble that `key` names. */
export interface Replicas {
  readonly key: KeyWords;
  readonly from: number;
  readonly count: number;
}

/** What a long computation is handed besides its inputs: a way to be stopped and a way to say how far it is. */
export interface Context {
  readonly signal?: { readonly aborted: boolean };
  progress?(done: number, of: number): void;
}

/** One parameter as a JSON Schema property with the names a reader needs. `symbol` is plain Unicode ("β"). */
export interface ParameterProperty {
  readonly type: "number" | "integer" | "string" | "boolean" | "array";
  readonly symbol: string;
  readonly description: string;
  /** "1" for a dimensionless quantity. */
  readonly unit: string;
  readonly default?: number | string | boolean | readonly number[];
  readonly enum?: readonly (number | string)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  /** For `array` (a list of numbers, such as the sizes of a design). */
  readonly items?: {
    readonly type: "number" | "integer";
    readonly minimum?: number;
    readonly maximum?: number;
    readonly exclusiveMinimum?: number;
    readonly exclusiveMaximum?: number;
  };
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** The parameters of a pair: a JSON Schema (2020-12) of an object without further properties. */
export interface ParameterSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, ParameterProperty>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

/** Something that grows on the way to the limit. */
export interface Axis {
  readonly name: string;
  readonly symbol: string;
  readonly meaning: string;
  /** The smallest size at which the finite system exists. */
  readonly least: number;
  /** Sizes must be multiples of this (default 1). */
  readonly divisibleBy?: number;
}

/** Where the entries of a series sit: times, modes, angles. */
export interface Grid {
  readonly symbol: string;
  readonly meaning: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** True where the entries are successive times of one run, ascending: then it is told until when a theory holds. */
  readonly isTime?: boolean;
}

/**
 * What is measured in one replica and predicted by the theories.
 * - `scalar`: one number; `series`: one number per grid value;
 * - `law`: one number whose whole distribution is compared, not only its mean;
 * - `per-unit`: one number per unit of the system, exchangeable over units; `grid` holds the unit indices.
 */
export interface Observable {
  readonly id: string;
  readonly symbol: string;
  readonly meaning: string;
  readonly unit: string;
  readonly kind: "scalar" | "series" | "law" | "per-unit";
  /** Label in docs/equations.md or in the pair's own `equations`. */
  readonly equation?: string;
  readonly grid?: Grid;
}

/** How one replica ended. A diverged replica is counted and shown, never averaged in. */
export type ReplicaOutcome =
  | { readonly kind: "completed" }
  | { readonly kind: "diverged"; readonly message: string };

/** The observables of `count` replicas. */
export interface Batch {
  /** One outcome per replica, in the order of the replicas. */
  readonly outcomes: readonly ReplicaOutcome[];
  /** Per observable: (count, length) row-major, length = grid length or 1. Rows of diverged replicas are not read. */
  readonly values: Readonly<Record<string, Float64Array>>;
  /** Per observable, optional: (count, length), 1 where the value is only a lower bound (the event had not come by then). */
  readonly censored?: Readonly<Record<string, Uint8Array>>;
}

/** A number that says how far a theory may be trusted: below `threshold` it is inside its own assumptions. */
export interface Meter {
  readonly symbol: string;
  readonly meaning: string;
  readonly value: number;
  readonly threshold: number;
}

/** Whether a theory speaks about this size, and if not, why and what to do. */
export type Applicability =
  | { readonly applies: true; readonly meters: readonly Meter[] }
  | { readonly applies: false; readonly reason: string; readonly remedy: string; readonly meters: readonly Meter[] };

/** What a theory says of one observable at one size. */
export interface Prediction {
  readonly observable: string;
  /** Predicted mean over replicas, one number per grid value. */
  readonly value: readonly number[];
  /** Numerical error of `value` itself (quadrature, truncation, step), same length; 0 for a closed form. */
  readonly numericalError: readonly number[];
  /** Predicted standard deviation over replicas, same length. */
  readonly spread?: readonly number[];
  /** Predicted law of a `law` observable: the quantile at each probability. */
  readonly law?: { readonly probabilities: readonly number[]; readonly quantiles: readonly number[] };
  /** Up to which value of the grid the prediction is meant. */
  readonly horizon?: number;
  /** Predicted powers: bias ~ size^-bias, spread ~ size^-spread. */
  readonly exponents?: { readonly bias?: number; readonly spread?: number };
}

/** One theory of the system: its limit, the limit with its correction, or an exact solution. */
export interface Theory {
  /** "limit", "corrected", "exact", or a name of its own. */
  readonly id: string;
  readonly title: string;
  readonly equations: readonly string[];
  applies(size: Size): Applicability;
  /** Pure: equal sizes, equal predictions. */
  predict(size: Size, context: Context): Promise<readonly Prediction[]>;
}

/** An equation as it is shown: a label to cite, TeX to set, words, and where it stands. */
export interface Equation {
  readonly label: string;
  readonly tex: string;
  readonly meaning: string;
  readonly source?: string;
}

/** A pair at given parameters. */
export interface PairInstance {
  readonly observables: readonly Observable[];
  readonly theories: readonly Theory[];
  /** Replica r has the same bytes alone or in any batch; errors in the size are thrown, not returned. */
  sample(size: Size, replicas: Replicas, context: Context): Promise<Batch>;
}

/**
 * A transition of the limit, and how a finite system rounds it: about x = `at` of one parameter, and for every size n,
 * the mean of the observable is n^{-value} f((x - at) n^{width}) with one function f.
 */
export interface Transition {
  /** The parameter x that is carried through the transition, and where the limit has it. */
  readonly parameter: string;
  readonly at: number;
  /** Values of other parameters, where the transition needs them: `{ h: 0 }`. */
  readonly where?: Parameters;
  /** A scalar observable, whose mean collapses. */
  readonly observable: string;
  readonly exponents: { readonly value: number; readonly width: number };
}

/** A finite system beside its limit. What is optional makes controls and studies possible that otherwise are not. */
export interface Pair<P extends Parameters = Parameters> {
  readonly pairVersion: 1;
  readonly id: string;
  readonly title: string;
  readonly parameters: ParameterSchema;
  readonly axes: readonly Axis[];
  readonly equations: readonly Equation[];
  at(parameters: P): PairInstance;
  /**
   * Parameters of the same system with the step of its numerical method halved (or its quadrature refined). Replica r of the same key begins
   * alike under both, so that their difference is the error of the step. Left out where nothing is stepped.
   */
  halvedStep?(parameters: P): P;
  readonly transitions?: readonly Transition[];
}

/** Entries per replica of an observable. */
export function observableLength(observable: Observable): number {
  return observable.grid?.values.length ?? 1;
}
