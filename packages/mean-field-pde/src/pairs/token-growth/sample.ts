import type { Batch, Context, ReplicaOutcome, Replicas } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords, type Outcome } from "@mesoscope/numerics";
import { circleEnsemble, drawReplicas, stepSize, structureFactors, tokenEnsemble, uniformAngles, uniformTokens } from "@mesoscope/particle-flow";
import { rungeKutta4 } from "@mesoscope/time-integration";
import { type GrowthSetting } from "./setting.js";

/** Error of the drift on the circle relative to e^beta from cutting its harmonics off. */
const TRUNCATION = 1e-10;
/** Numbers held at once; replicas do not see each other, so the bytes of one do not depend on it. */
const MOST_NUMBERS = 1 << 19;

/** Structure factors S_k of some replicas at one time, (R, degrees). */
type Look = () => Promise<Float64Array>;

/** What the two kinds of ensemble have in common here. */
interface Replicated {
  readonly look: Look;
  advance(steps: number, dt: number): Promise<void>;
  outcomes(): readonly Outcome[];
  close(): void;
}

/** n S_k, k = 1..K, of n uniform tokens at the times of the grid. */
export async function sampleGrowth(setting: GrowthSetting, n: number, replicas: Replicas, context: Context, backend: Backend | undefined): Promise<Batch> {
  const { model, degrees, times, rateError } = setting;
  const { dt: longest } = stepSize(model, { tableau: rungeKutta4, tolerance: rateError, regime: "emergence" });
  const interval = times[1]! - times[0]!;
  const steps = Math.max(1, Math.ceil(interval / longest));
  const values = Object.fromEntries(degrees.map((k) => [growthId(k), new Float64Array(replicas.count * times.length)]));
  const outcomes: ReplicaOutcome[] = [];
  const block = Math.max(1, Math.floor(MOST_NUMBERS / (n * model.d)));
  for (let done = 0; done < replicas.count; done += block) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(block, replicas.count - done);
    const ensemble = start(setting, n, { ...replicas, from: replicas.from + done, count }, backend);
    for (let t = 0; t < times.length; t++) {
      if (t > 0) await ensemble.advance(steps, interval / steps);
      const factors = await ensemble.look();
      for (let r = 0; r < count; r++) {
        for (const [i, k] of degrees.entries()) values[growthId(k)]![(done + r) * times.length + t] = n * factors[r * degrees.length + i]!;
      }
    }
    for (const ending of ensemble.outcomes()) outcomes.push(ending.kind === "diverged" ? { kind: "diverged", message: ending.message } : { kind: "completed" });
    ensemble.close();
    context.progress?.(done + count, replicas.count);
  }
  while (outcomes.length < replicas.count) outcomes.push({ kind: "diverged", message: "Not sampled: the run was aborted." });
  return { outcomes, values };
}

/** Id of the observable n S_k. */
export function growthId(k: number): string {
  return `power-${k}`;
}

function start({ model, degrees }: GrowthSetting, n: number, { key, from, count }: Replicas, backend: Backend | undefined): Replicated {
  const on = backend === undefined ? {} : { backend };
  const drawn = { key: keyFromWords(key).fold("tokens"), from, count };
  const order = degrees.length;
  if (model.d === 2) {
    const ensemble = circleEnsemble({ flow: model, batch: count, angles: drawReplicas(drawn, n, uniformAngles), tolerance: TRUNCATION, ...on });
    return { ...bound(ensemble), look: async () => powersOf(await ensemble.moments(order), order) };
  }
  const tokens = drawReplicas(drawn, n * model.d, (stream, out) => {
    uniformTokens(stream, model.d, out);
  });
  const ensemble = tokenEnsemble({ flow: model, batch: count, tokens, ...on });
  const look = async (): Promise<Float64Array> => {
    const x = await ensemble.tokens();
    const factors = new Float64Array(count * order);
    for (let r = 0; r < count; r++) factors.set(structureFactors(x.subarray(r * n * model.d, (r + 1) * n * model.d), model.d, order).subarray(1), r * order);
    return factors;
  };
  return { ...bound(ensemble), look };
}

/** The moving parts of an ensemble as functions that do not need it as `this`. */
function bound(ensemble: Omit<Replicated, "look">): Omit<Replicated, "look"> {
  return {
    advance: (steps, dt) => ensemble.advance(steps, dt),
    outcomes: () => ensemble.outcomes(),
    close: () => {
      ensemble.close();
    },
  };
}

/** |Z_k|^2, k = 1..order, from moments (R, order + 1, 2). */
function powersOf(moments: Float64Array, order: number): Float64Array {
  const count = moments.length / (2 * (order + 1));
  const powers = new Float64Array(count * order);
  for (let r = 0; r < count; r++) {
    for (let k = 1; k <= order; k++) {
      const at = (r * (order + 1) + k) * 2;
      powers[r * order + k - 1] = moments[at]! * moments[at]! + moments[at + 1]! * moments[at + 1]!;
    }
  }
  return powers;
}
