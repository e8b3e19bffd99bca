/** @file Replicas of n tokens on the circle, kept as angles on a backend. */
import type { Backend, Plan, Tensor } from "@mesoscope/kernels";
import { checkBackendVersion, referenceBackend } from "@mesoscope/kernels";
import type { Outcome } from "@mesoscope/numerics";
import { DomainError, requireFinite, requireInteger } from "@mesoscope/numerics";
import type { Tableau } from "@mesoscope/time-integration";
import { rungeKutta4 } from "@mesoscope/time-integration";
import type { CircleCoefficients } from "./circle-coefficients.js";
import { circleCoefficients } from "./circle-coefficients.js";
import type { AttentionFlow, TimeUnit } from "./flow.js";
import { inOrder } from "./in-order.js";
import { replicaOutcomes } from "./replica-outcomes.js";

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
  /** Times (T), counted from the creation of the ensemble, the first at the call. */
  readonly times: Float64Array;
  /** Z_k (T, R, K + 1, 2): real and imaginary parts. */
  readonly moments: Float64Array;
}

/** Replicas on the circle that can be moved and looked at. Replica r has the same bytes in any batch. */
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
export async function circleEnsemble(options: CircleEnsembleOptions): Promise<CircleEnsemble> {
  const { flow, tolerance, time: unit = "natural", backend = referenceBackend(), tableau = rungeKutta4 } = options;
  checkBackendVersion(backend);
  let batch = requireInteger("batch", options.batch, { min: 1 });
  const n = requireInteger("angles.length / batch", options.angles.length / batch, { min: 1 }, "Give the same number of angles to every replica.");
  const start = Float64Array.from(options.angles);
  const wrong = start.findIndex((angle) => !Number.isFinite(angle));
  if (wrong >= 0) throw new DomainError({ name: `angles[${wrong}]`, value: start[wrong], rule: "must be finite", remedy: "Give angles in radians." });
  const coefficients = circleCoefficients(flow, tolerance, unit);
  const { numerator, denominator } = coefficients;
  const harmonics = denominator === undefined ? { numerator } : { numerator, denominator };
  let state = backend.upload(start, [batch, n]);
  let time = 0;
  let outcomes = replicaOutcomes(start, batch, time);
  const plans = new Map<string, Promise<Plan>>();

  const prepared = (name: string, prepare: () => Promise<Plan>): Promise<Plan> => {
    const found = plans.get(name) ?? prepare();
    plans.set(name, found);
    return found;
  };
  const stepPlan = (dt: number): Promise<Plan> =>
    prepared(`step ${requireFinite("dt", dt)}`, () => backend.prepare("harmonic-step", { batch, n, ...harmonics, dt, tableau: { a: tableau.a, b: tableau.b } }));
  const momentPlan = (order: number): Promise<Plan> => prepared(`moments ${order}`, () => backend.prepare("harmonic-moments", { batch, n, order }));
  const read = async (tensor: Tensor): Promise<Float64Array> => {
    const data = await backend.read(tensor);
    outcomes = replicaOutcomes(data, batch, time);
    return data;
  };
  const drop = async (): Promise<void> => {
    const open = [...plans.values()];
    plans.clear();
    for (const plan of open) backend.free(await plan);
  };

  const submitMoments = async (order: number): Promise<Tensor> => {
    const plan = await momentPlan(order);
    const z = backend.alloc(plan.dtype, plan.outputs[0]!);
    backend.submit(plan, [state], [z]);
    return z;
  };
  const take = async (z: Tensor): Promise<Float64Array> => {
    const data = await read(z);
    backend.free(z);
    return data;
  };
  const advance = async (steps: number, dt: number): Promise<void> => {
    requireInteger("steps", steps, { min: 0 });
    const plan = await stepPlan(dt);
    if (steps > 0) backend.submit(plan, [state], [state], steps);
    time += steps * dt;
  };

  const momentSeries = async ({ steps, dt, every, order }: MomentSeriesOptions): Promise<MomentSeries> => {
    requireInteger("every", every, { min: 1 });
    requireInteger("steps", steps, { min: 0 });
    const begin = time;
    const times = [begin];
    const seen = [await submitMoments(order)];
    for (let done = every; done <= steps; done += every) {
      await advance(every, dt);
      time = begin + done * dt;
      times.push(time);
      seen.push(await submitMoments(order));
    }
    const size = batch * (order + 1) * 2;
    const moments = new Float64Array(times.length * size);
    for (const [index, z] of seen.entries()) moments.set(await take(z), index * size);
    return { times: Float64Array.from(times), moments };
  };
  const retain = async (replicas: readonly number[]): Promise<void> => {
    requireInteger("replicas.length", replicas.length, { min: 1 });
    for (const [index, replica] of replicas.entries()) requireInteger(`replicas[${index}]`, replica, { min: 0, max: batch - 1 });
    const all = await backend.read(state);
    const kept = new Float64Array(replicas.length * n);
    for (const [index, replica] of replicas.entries()) kept.set(all.subarray(replica * n, (replica + 1) * n), index * n);
    await drop();
    backend.free(state);
    batch = replicas.length;
    state = backend.upload(kept, [batch, n]);
    outcomes = replicaOutcomes(kept, batch, time);
  };

  const ordered = inOrder();
  return Object.freeze({
    flow: coefficients.flow,
    coefficients,
    n,
    get batch() {
      return batch;
    },
    get time() {
      return time;
    },
    advance: (steps: number, dt: number) => ordered(() => advance(steps, dt)),
    moments: (order: number) => ordered(async () => take(await submitMoments(order))),
    momentSeries: (wanted: MomentSeriesOptions) => ordered(() => momentSeries(wanted)),
    angles: () => ordered(() => read(state)),
    retain: (replicas: readonly number[]) => ordered(() => retain(replicas)),
    outcomes: () => outcomes,
    close: () => {
      void ordered(async () => {
        backend.free(state);
        await drop();
      });
    },
  } satisfies CircleEnsemble);
}
