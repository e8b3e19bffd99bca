/**
 * @file What both ensembles share: a batch of states on a backend, moved by steps, looked at through kernels, thinned out.
 * Calls take effect in the order in which they were made, whether or not the caller waits between them.
 */
import type { Backend, Plan, Shape, Tensor } from "@mesoscope/kernels";
import type { Outcome } from "@mesoscope/numerics";
import { DomainError, outcome, requireFinite, requireInteger } from "@mesoscope/numerics";

/** A batch on a backend. Every method may be called at any time; promises settle in order. */
export interface DeviceReplicas {
  readonly batch: () => number;
  readonly time: () => number;
  readonly advance: (steps: number, dt: number) => Promise<void>;
  /** Runs a kernel on the state and reads its result. */
  readonly measure: (measurement: Measurement) => Promise<Float64Array>;
  /** The measurement now and after every `every` of `steps` steps, read at the end: the backend is never waited for in between. */
  readonly series: (measurement: Measurement, run: { steps: number; dt: number; every: number }) => Promise<{ times: Float64Array; values: Float64Array }>;
  readonly read: () => Promise<Float64Array>;
  readonly retain: (replicas: readonly number[]) => Promise<void>;
  readonly outcomes: () => readonly Outcome[];
  readonly close: () => void;
}

/** A kernel that looks at a state: a name for its plan among the others, and how to prepare it for a batch. */
export interface Measurement {
  readonly name: string;
  readonly prepare: (batch: number) => Promise<Plan>;
}

/** How a batch is made and moved. */
export interface DeviceReplicasOptions {
  readonly backend: Backend;
  /** States, the replica axis first; copied. */
  readonly data: ArrayLike<number>;
  readonly batch: number;
  /** Shape of the state of one replica. */
  readonly row: Shape;
  readonly prepareStep: (batch: number, dt: number) => Promise<Plan>;
}

/**
 * Puts a batch on a backend.
 * @throws DomainError for a state that is not finite
 */
export function deviceReplicas({ backend, data, batch: initialBatch, row, prepareStep }: DeviceReplicasOptions): DeviceReplicas {
  const start = Float64Array.from(data);
  const wrong = start.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new DomainError({ name: `state[${wrong}]`, value: start[wrong], rule: "must be finite", remedy: "Start from finite numbers." });
  const plans = new Map<string, Plan>();
  let batch = initialBatch;
  let state = backend.upload(start, [batch, ...row]);
  let time = 0;
  let outcomes = replicaOutcomes(start, batch, time);
  let last: Promise<unknown> = Promise.resolve();

  const inOrder = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
  const planFor = async (name: string, prepare: () => Promise<Plan>): Promise<Plan> => {
    const plan = plans.get(name) ?? (await prepare());
    plans.set(name, plan);
    return plan;
  };
  const read = async (tensor: Tensor): Promise<Float64Array> => {
    const numbers = await backend.read(tensor);
    outcomes = replicaOutcomes(numbers, batch, time);
    return numbers;
  };
  const dropPlans = (): void => {
    for (const plan of plans.values()) backend.free(plan);
    plans.clear();
  };
  const look = async ({ name, prepare }: Measurement): Promise<Tensor> => {
    const plan = await planFor(name, () => prepare(batch));
    const result = backend.alloc(plan.dtype, plan.outputs[0]!);
    backend.submit(plan, [state], [result]);
    return result;
  };
  const take = async (tensor: Tensor): Promise<Float64Array> => {
    const numbers = await read(tensor);
    backend.free(tensor);
    return numbers;
  };
  const advance = async (steps: number, dt: number): Promise<void> => {
    requireInteger("steps", steps, { min: 0 });
    requireFinite("dt", dt);
    if (steps === 0) return;
    const plan = await planFor(`step ${dt}`, () => prepareStep(batch, dt));
    backend.submit(plan, [state], [state], steps);
    time += steps * dt;
  };
  const series: DeviceReplicas["series"] = async (measurement, { steps, dt, every }) => {
    requireInteger("every", every, { min: 1 });
    requireInteger("steps", steps, { min: 0 });
    const begin = time;
    const times = [begin];
    const seen = [await look(measurement)];
    for (let done = every; done <= steps; done += every) {
      await advance(every, dt);
      time = begin + done * dt;
      times.push(time);
      seen.push(await look(measurement));
    }
    const parts: Float64Array[] = [];
    for (const tensor of seen) parts.push(await take(tensor));
    const values = new Float64Array(parts.length * parts[0]!.length);
    for (const [index, part] of parts.entries()) values.set(part, index * part.length);
    return { times: Float64Array.from(times), values };
  };
  const retain = async (replicas: readonly number[]): Promise<void> => {
    requireInteger("replicas.length", replicas.length, { min: 1 });
    for (const [index, replica] of replicas.entries()) requireInteger(`replicas[${index}]`, replica, { min: 0, max: batch - 1 });
    const all = await backend.read(state);
    const length = all.length / batch;
    const kept = new Float64Array(replicas.length * length);
    for (const [index, replica] of replicas.entries()) kept.set(all.subarray(replica * length, (replica + 1) * length), index * length);
    dropPlans();
    backend.free(state);
    batch = replicas.length;
    state = backend.upload(kept, [batch, ...row]);
    outcomes = replicaOutcomes(kept, batch, time);
  };

  return {
    batch: () => batch,
    time: () => time,
    advance: (steps, dt) => inOrder(() => advance(steps, dt)),
    measure: (measurement) => inOrder(async () => take(await look(measurement))),
    series: (measurement, run) => inOrder(() => series(measurement, run)),
    read: () => inOrder(() => read(state)),
    retain: (replicas) => inOrder(() => retain(replicas)),
    outcomes: () => outcomes,
    close: () => {
      void inOrder(() => {
        backend.free(state);
        dropPlans();
        return Promise.resolve();
      });
    },
  };
}

const fine = outcome("converged", "All numbers are finite.");

/** One outcome a replica: `diverged` where a number is not finite. */
function replicaOutcomes(data: Float64Array, batch: number, time: number): readonly Outcome[] {
  const length = data.length / batch;
  return Array.from({ length: batch }, (_, replica) => {
    const wrong = data.subarray(replica * length, (replica + 1) * length).some((value) => !Number.isFinite(value));
    return wrong ? outcome("diverged", `A number was not finite at or before time ${time}. Take shorter steps, or a smaller tolerance of the drift.`) : fine;
  });
}
