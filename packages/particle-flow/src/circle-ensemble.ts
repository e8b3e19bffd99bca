/** @file Replicas of n tokens on the circle, kept as angles on a backend. */
import type { Backend } from "@mesoscope/kernels";
import { checkBackendVersion, referenceBackend } from "@mesoscope/kernels";
import type { Outcome } from "@mesoscope/numerics";
import { requireInteger } from "@mesoscope/numerics";
import type { Tableau } from "@mesoscope/time-integration";
import { rungeKutta4 } from "@mesoscope/time-integration";
import type { CircleCoefficients } from "./circle-coefficients.js";
import { circleCoefficients } from "./circle-coefficients.js";
import { deviceReplicas } from "./device-replicas.js";
import type { AttentionFlow, TimeUnit } from "./flow.js";

/** What {@link circleEnsemble} needs to know. */
export interface CircleEnsembleOptions {
  /** On the circle: d = 2. */
  readonly flow: AttentionFlow;
  /** Replicas R; they never see each other. */
  readonly batch: number;
  /** Angles (R, n) in radians, copied. Their number gives n. */
  readonly angles: ArrayLike<number>;
  /** Truncation error of the drift relative to e^{|beta|}, see {@link circleCoefficients}. */
  readonly tolerance: number;
  /** Default `natural`. */
  readonly time?: TimeUnit;
  /** Default the reference kernels. It is not closed with the ensemble. */
  readonly backend?: Backend;
  /** Default {@link rungeKutta4}. */
  readonly tableau?: Tableau;
}

/** Which moments to keep on the way. */
export interface MomentSeriesOptions {
  readonly steps: number;
  readonly dt: number;
  /** Steps between two looks. */
  readonly every: number;
  /** Highest moment. */
  readonly order: number;
}

/** Moments at several times. */
export interface MomentSeries {
  /** Times (T) since the creation of the ensemble, the first at the call. */
  readonly times: Float64Array;
  /** Z_k (T, R, K + 1, 2): real and imaginary parts. */
  readonly moments: Float64Array;
}

/** Replicas on the circle that can be moved and looked at. Replica r has the same bytes in any batch. Calls take effect in their order. */
export interface CircleEnsemble {
  readonly flow: AttentionFlow;
  readonly coefficients: CircleCoefficients;
  readonly n: number;
  /** Replicas now; {@link CircleEnsemble.retain} lowers it. */
  readonly batch: number;
  /** Time since the creation, the sum of all steps. */
  readonly time: number;
  /** Moves every replica by `steps` steps of length dt. */
  advance(steps: number, dt: number): Promise<void>;
  /** Z_k of every replica for k = 0..order, [eq:moments]: (R, order + 1, 2). */
  moments(order: number): Promise<Float64Array>;
  /** The moments now and after every `every` of `steps` steps, without waiting for the backend in between. */
  momentSeries(options: MomentSeriesOptions): Promise<MomentSeries>;
  /** Angles (R, n), lifted: never wrapped to one turn. */
  angles(): Promise<Float64Array>;
  /** Keeps these replicas, in this order, and drops the others: once a replica has done its part it need not be moved on. */
  retain(replicas: readonly number[]): Promise<void>;
  /** How each replica stands as of the last read: `converged`, or `diverged` when a number was not finite. Never average a diverged one in. */
  outcomes(): readonly Outcome[];
  /** Gives the memory of the backend back. */
  close(): void;
}

/**
 * Puts an ensemble on a backend. The drift is the harmonic form [eq:circle-fourier], O(n K) a replica.
 *
 * @throws DomainError for angles that are not finite or do not divide into `batch` replicas, a flow that is not on the circle, a tolerance outside (0, 1]
 */
export function circleEnsemble(options: CircleEnsembleOptions): CircleEnsemble {
  const { flow, tolerance, time = "natural", backend = referenceBackend(), tableau = rungeKutta4 } = options;
  checkBackendVersion(backend);
  requireInteger("batch", options.batch, { min: 1 });
  const n = requireInteger("angles.length / batch", options.angles.length / options.batch, { min: 1 }, "Give the same number of angles to every replica.");
  const coefficients = circleCoefficients(flow, tolerance, time);
  const { numerator, denominator } = coefficients;
  const harmonics = denominator === undefined ? { numerator } : { numerator, denominator };
  const replicas = deviceReplicas({
    backend,
    data: options.angles,
    batch: options.batch,
    row: [n],
    prepareStep: (batch, dt) => backend.prepare("harmonic-step", { batch, n, ...harmonics, dt, tableau: { a: tableau.a, b: tableau.b } }),
  });
  const momentsTo = (order: number): Parameters<typeof replicas.measure>[0] => ({
    name: `moments ${order}`,
    prepare: (batch) => backend.prepare("harmonic-moments", { batch, n, order }),
  });
  return Object.freeze({
    flow: coefficients.flow,
    coefficients,
    n,
    get batch() {
      return replicas.batch();
    },
    get time() {
      return replicas.time();
    },
    advance: replicas.advance,
    moments: (order: number) => replicas.measure(momentsTo(order)),
    momentSeries: async ({ order, ...run }: MomentSeriesOptions) => {
      const { times, values } = await replicas.series(momentsTo(order), run);
      return { times, moments: values };
    },
    angles: replicas.read,
    retain: replicas.retain,
    outcomes: replicas.outcomes,
    close: replicas.close,
  });
}
