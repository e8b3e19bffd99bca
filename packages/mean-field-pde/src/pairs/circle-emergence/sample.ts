import type { Batch, Context, ReplicaOutcome, Replicas } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords } from "@mesoscope/numerics";
import { circleEnsemble, drawReplicas, stepSize, uniformAngles } from "@mesoscope/particle-flow";
import { rungeKutta4 } from "@mesoscope/time-integration";
import { growthRate } from "../../linear/growth-rate.js";
import { departureTracker, type DepartureTracker } from "./departure-times.js";
import { horizonDepth, type EmergenceSetting } from "./setting.js";

/** Error of the drift relative to e^beta from cutting its harmonics off: it moves a departure time by less than 1e-5 of itself. */
const TRUNCATION = 1e-6;
/** Steps between two looks at which replicas have departed. */
const STEPS_PER_LOOK = 2;
/** Angles held at once; replicas do not see each other, so the bytes of one do not depend on it. */
const MOST_ANGLES = 1 << 18;

/** Follows `count` replicas of n uniform tokens until the dominant mode of each has departed, or the horizon has come. */
export async function sampleEmergence(setting: EmergenceSetting, n: number, replicas: Replicas, context: Context, backend: Backend | undefined): Promise<Batch> {
  const { modes, model, rateError } = setting;
  const { dt: longest } = stepSize(model, { tableau: rungeKutta4, tolerance: rateError, regime: "emergence" });
  const horizon = horizonDepth(setting, n);
  const steps = Math.max(3, Math.ceil(horizon / longest));
  const dt = horizon / steps;
  const rows: ReplicaRow[] = [];
  const block = Math.max(1, Math.floor(MOST_ANGLES / n));
  for (let done = 0; done < replicas.count; done += block) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(block, replicas.count - done);
    rows.push(...(await follow({ setting, n, steps, dt, backend }, { ...replicas, from: replicas.from + done, count })));
    context.progress?.(done + count, replicas.count);
  }
  return toBatch(setting, rows, replicas.count, modes.length, horizon);
}

/** What is known of one replica at its end. Times in depth; undefined where the horizon came first. */
interface ReplicaRow {
  readonly outcome: ReplicaOutcome;
  readonly departure: number | undefined;
  readonly first: { readonly k: number; readonly time: number } | undefined;
}

interface Run {
  readonly setting: EmergenceSetting;
  readonly n: number;
  readonly steps: number;
  readonly dt: number;
  readonly backend: Backend | undefined;
}

async function follow({ setting, n, steps, dt, backend }: Run, { key, from, count }: Replicas): Promise<ReplicaRow[]> {
  const { model, modes, r, dominant } = setting;
  const order = modes.length;
  const angles = drawReplicas({ key: keyFromWords(key).fold("angles"), from, count }, n, uniformAngles);
  const ensemble = circleEnsemble({ flow: model, batch: count, angles, tolerance: TRUNCATION, ...(backend === undefined ? {} : { backend }) });
  const trackers = Array.from({ length: count }, () => departureTracker(order, r));
  const diverged = new Set<number>();
  let active = Array.from({ length: count }, (_, i) => i);
  // One step beyond the horizon: the stencil of a departure in the last one needs it.
  for (let done = 0; done <= steps && active.length > 0; ) {
    const now = Math.min(STEPS_PER_LOOK, steps + 1 - done);
    const { moments, times } = await ensemble.momentSeries({ steps: now, dt, every: 1, order });
    const size = active.length * (order + 1) * 2;
    // The first moments of a look are the last of the look before.
    for (let t = done === 0 ? 0 : 1; t < times.length; t++) {
      for (const [index, replica] of active.entries()) addPowers(trackers[replica]!, moments, t * size + index * (order + 1) * 2, order);
    }
    done += now;
    for (const [index, ending] of ensemble.outcomes().entries()) if (ending.kind === "diverged") diverged.add(active[index]!);
    const open = [...active.keys()].filter((index) => !diverged.has(active[index]!) && !trackers[active[index]!]!.hasDeparted(dominant));
    if (open.length === 0) break;
    // Dropping replicas costs a copy: wait until a quarter of them have done their part.
    if (open.length > 0.75 * active.length || done > steps) continue;
    await ensemble.retain(open);
    active = open.map((index) => active[index]!);
  }
  ensemble.close();
  return trackers.map((tracker, replica) => rowOf(tracker, diverged.has(replica), setting, steps, dt));
}

function addPowers(tracker: DepartureTracker, moments: Float64Array, at: number, order: number): void {
  const powers = new Float64Array(order);
  for (let k = 1; k <= order; k++) {
    const re = moments[at + 2 * k]!;
    const im = moments[at + 2 * k + 1]!;
    powers[k - 1] = re * re + im * im;
  }
  tracker.add(powers);
}

function rowOf(tracker: DepartureTracker, isDiverged: boolean, { modes, dominant, model, r }: EmergenceSetting, steps: number, dt: number): ReplicaRow {
  if (isDiverged) {
    const message = `A number was not finite (β = ${model.beta}, r = ${r}). Take a smaller rateError.`;
    return { outcome: { kind: "diverged", message }, departure: undefined, first: undefined };
  }
  // A replica that was kept on for the sake of others has seen more: only what came before its own end may count.
  const own = tracker.departure(dominant);
  const limit = Math.min(own ?? steps, steps);
  let first: { k: number; time: number } | undefined;
  let earliest = Infinity;
  for (const k of modes) {
    const rate = growthRate(k, model);
    const time = tracker.departure(k);
    if (rate <= 0 || time === undefined || time > limit) continue;
    // Modes that are over from the beginning are ordered by when their growth would have brought them there.
    const continued = time > 0 ? time * dt : -tracker.initialExcess(k) / (2 * rate);
    if (continued >= earliest) continue;
    earliest = continued;
    first = { k, time: time * dt };
  }
  return { outcome: { kind: "completed" }, departure: own === undefined || own > steps ? undefined : own * dt, first };
}

function toBatch({ modes }: EmergenceSetting, rows: readonly ReplicaRow[], count: number, length: number, horizon: number): Batch {
  const departure = new Float64Array(count);
  const first = new Float64Array(count);
  const winner = new Float64Array(count);
  const wins = new Float64Array(count * length);
  const late = new Uint8Array(count);
  const noneFirst = new Uint8Array(count);
  for (const [i, row] of rows.entries()) {
    departure[i] = row.departure ?? horizon;
    first[i] = row.first?.time ?? horizon;
    winner[i] = row.first?.k ?? 0;
    late[i] = row.departure === undefined ? 1 : 0;
    noneFirst[i] = row.first === undefined ? 1 : 0;
    if (row.first !== undefined) wins[i * length + modes.indexOf(row.first.k)] = 1;
  }
  const outcomes = Array.from({ length: count }, (_, i): ReplicaOutcome => rows[i]?.outcome ?? { kind: "diverged", message: "Not sampled: the run was aborted." });
  return { outcomes, values: { departure, "first-departure": first, winner, wins }, censored: { departure: late, "first-departure": noneFirst } };
}
