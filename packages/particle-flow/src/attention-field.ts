/** @file The flow as a field for the integrators of @mesoscope/time-integration: one replica, no backend. */
import { attentionDrift } from "@mesoscope/kernels";
import { requireInteger } from "@mesoscope/numerics";
import type { Field } from "@mesoscope/time-integration";
import type { AttentionFlow, TimeUnit } from "./flow.js";
import { attentionFlow, exponentShift } from "./flow.js";

/**
 * The drift [eq:sa] or [eq:usa] of n tokens, states (n, d) row-major. Integrate it with `projection: onSpheres(d)`.
 *
 * @param causal token i attends to tokens j <= i only
 */
export function attentionField(flow: AttentionFlow, n: number, { causal = false, time = "natural" }: { causal?: boolean; time?: TimeUnit } = {}): Field {
  const checked = attentionFlow(flow);
  requireInteger("n", n, { min: 1 });
  const parameters = { batch: 1, n, d: checked.d, flow: checked.flow, beta: checked.beta, causal, shift: exponentShift(checked, time) };
  return (_, x, out) => {
    attentionDrift(x, parameters, out);
  };
}
