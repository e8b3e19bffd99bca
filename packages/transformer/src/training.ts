/** @file Stretches of training: outputs of every step, snapshots of some, and what becomes of a replica that is no longer finite. */
import type { Outcome } from "@mesoscope/numerics";
import { outcome } from "@mesoscope/numerics";
import type { Batch } from "./device/batch.js";
import type { Observer } from "./observe/observer.js";
import type { Quantity } from "./observe/quantities.js";

/** What was recorded at one step, each (R, ...) by the shape of its quantity. */
export interface Snapshot {
  readonly step: number;
  readonly values: Readonly<Partial<Record<Quantity, Float64Array>>>;
}

/**
 * How a replica stands: `converged` while all is finite, or `diverged` with the step at which something was not. No size is a divergence: too long a step may leave outputs enormous and finite, or
 * bring them back, and where between lies is a question to the loss, not to the outcome.
 */
export interface ReplicaOutcome extends Outcome {
  /** Only of a diverged replica. */
  readonly step?: number;
}

/** What {@link TransformerEnsemble.train} gives. Numbers of a replica from its divergence on are NaN: leave it out, and count it. */
export interface Training {
  /** Steps taken before each row: first, ..., first + steps. */
  readonly first: number;
  readonly steps: number;
  /** f(t) - f(0), (R, steps + 1, P). */
  readonly outputs: Float64Array;
  /** (1/2P) sum_mu (y_mu - f_mu)^2, (R, steps + 1). */
  readonly loss: Float64Array;
  readonly snapshots: readonly Snapshot[];
  readonly outcomes: readonly ReplicaOutcome[];
}

/** Outputs waiting to be read. */
const PENDING = 64;

/** Replicas begin, ..., end - 1, which are computed together. */
export interface Part {
  readonly begin: number;
  readonly end: number;
  readonly batch: Batch;
  readonly observer: Observer;
}

/** How every replica stands at first. */
export const FINE: ReplicaOutcome = outcome("converged", "All numbers are finite.");

/** One stretch of training. */
interface Run {
  readonly first: number;
  readonly steps: number;
  readonly snapshots: readonly { readonly step: number; readonly values: Record<string, Float64Array> }[];
  readonly outputs: Float64Array;
  readonly P: number;
}

/** Trains one part, keeps its outputs and records its snapshots. */
export async function trainPart({ begin, end, batch, observer }: Part, { first, steps, snapshots, outputs, P }: Run): Promise<void> {
  const { backend } = batch.memory;
  const waiting: { at: number; tensor: ReturnType<Batch["output"]> }[] = [];
  const settle = async (): Promise<void> => {
    for (const { at, tensor } of waiting.splice(0)) {
      const f = await backend.read(tensor);
      backend.free(tensor);
      for (let r = begin; r < end; r += 1) {
        for (let mu = 0; mu < P; mu += 1) outputs[(r * (steps + 1) + at) * P + mu] = f[(r - begin) * P + mu]! - batch.start[(r - begin) * P + mu]!;
      }
    }
  };
  for (let t = 0; t <= steps; t += 1) {
    batch.forward();
    waiting.push({ at: t, tensor: batch.output() });
    const snapshot = snapshots.find((one) => one.step === first + t);
    if (snapshot !== undefined) await observer(snapshot.values, begin);
    if (t < steps) batch.descend(first + t + 1);
    if (waiting.length >= PENDING) await settle();
  }
  await settle();
}

/** The first step at which an output, the loss or a recorded number of a replica was not finite becomes its outcome; its numbers from then on are NaN. */
export function markDiverged(outputs: Float64Array, loss: Float64Array, run: Omit<Run, "outputs"> & { outcomes: ReplicaOutcome[] }): void {
  const { outcomes, first, steps, P, snapshots } = run;
  const count = outcomes.length;
  const ownPart = (all: Float64Array, r: number): Float64Array => all.subarray((r * all.length) / count, ((r + 1) * all.length) / count);
  const broken = (values: Float64Array): number => values.findIndex((value) => !Number.isFinite(value));
  for (const [r, standing] of outcomes.entries()) {
    // A loss is not finite where an output is not, and where its square is not.
    const [own, ownLoss] = [ownPart(outputs, r), ownPart(loss, r)];
    const late = broken(ownLoss);
    const record = snapshots.find(({ values }) => Object.values(values).some((value) => broken(ownPart(value, r)) >= 0));
    const step = standing.step ?? Math.min(late < 0 ? Infinity : first + late, record?.step ?? Infinity);
    if (step > first + steps) continue;
    own.fill(Number.NaN, Math.max(0, step - first) * P);
    ownLoss.fill(Number.NaN, Math.max(0, step - first));
    outcomes[r] = Object.freeze({ ...outcome("diverged", `Numbers were not finite after ${step} steps. Take a smaller eta0; count the replica, and leave it out of averages.`), step });
    for (const { step: at, values } of snapshots) {
      if (at >= step) for (const value of Object.values(values)) ownPart(value, r).fill(Number.NaN);
    }
  }
}

/** (1/2P) sum_mu (y_mu - f_mu)^2 of every row of outputs. */
export function losses(outputs: Float64Array, targets: Float64Array): Float64Array {
  const P = targets.length;
  return Float64Array.from({ length: outputs.length / P }, (_, i) => halfMeanSquare(targets, outputs, i * P));
}

function halfMeanSquare(targets: Float64Array, outputs: Float64Array, from: number): number {
  let sum = 0;
  for (const [mu, y] of targets.entries()) sum += (y - outputs[from + mu]!) * (y - outputs[from + mu]!);
  return sum / (2 * targets.length);
}
