import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, isConverged } from "@mesoscope/numerics";
import { criticalMode } from "../../finite-size/critical-mode.js";
import type { CriticalMode } from "../../finite-size/critical-mode.js";
import { criticalTime } from "../../finite-size/critical-scaling.js";
import { normalForm } from "../../finite-size/normal-form.js";
import type { NormalForm } from "../../finite-size/normal-form.js";
import { once } from "../../../pairs/once.js";
import { readParameters } from "../../../pairs/read-parameters.js";
import { oneBitPoints, pointAt } from "./critical-points.js";
import type { OneBitPointName } from "./critical-points.js";

/** Parameters of the pair "one-bit-critical". */
export const criticalParameters: ParameterSchema = {
  type: "object",
  properties: {
    point: { type: "string", symbol: "point", description: 'Which critical point: "pitchfork" (hop1) and "flip" (neg1) at β = 1, "rotation" (rot2, a Neimark-Sacker point in closed form) at β = 2/√3, "neimark-sacker" (the published network) at β = 1.2434445478.', unit: "1", enum: Object.keys(oneBitPoints), default: "pitchfork" },
    beta: { type: "number", symbol: "β", description: "Inverse temperature of the output; that of the point unless given.", unit: "1", exclusiveMinimum: 0, maximum: 10 },
    relaxations: { type: "number", symbol: "B", description: "Relaxation times of the critical amplitude that pass before it is looked at.", unit: "1", minimum: 0, maximum: 1e4, default: 8 },
    length: { type: "number", symbol: "A", description: "Relaxation times over which it is averaged.", unit: "1", exclusiveMinimum: 0, maximum: 1e6, default: 32 },
  },
  additionalProperties: false,
};

/** The parameters as sampler and theories use them. */
export interface CriticalSetting {
  readonly point: OneBitPointName;
  readonly network: AttentionNetwork;
  readonly mode: CriticalMode;
  /** eps = |mu| - 1 per period. */
  readonly excess: number;
  /** Normal form at the point itself. */
  readonly form: NormalForm;
  readonly relaxations: number;
  readonly length: number;
}

/** Amplitude from which decay at the point is measured. */
const AMPLITUDE = 0.01;

/** Forms are the same for every beta: made once for each point. */
const forms: Readonly<Record<OneBitPointName, () => NormalForm>> = { pitchfork: formOf("pitchfork"), flip: formOf("flip"), rotation: formOf("rotation"), "neimark-sacker": formOf("neimark-sacker") };

/** @throws DomainError for parameters that break their schema, or a beta at which the orbit is lost */
export function criticalSetting(parameters: Parameters): CriticalSetting {
  const read = readParameters(criticalParameters, parameters);
  const point = read.text("point") as OneBitPointName;
  const beta = read.number("beta") ?? oneBitPoints[point].beta;
  const { network, orbit } = pointAt(point, beta);
  if (!isConverged(orbit.outcome)) throw new DomainError({ name: "beta", value: beta, rule: "must be near the point, where its orbit exists", remedy: `Take a beta near ${oneBitPoints[point].beta}.` });
  const mode = criticalMode(network, orbit);
  return { point, network, mode, excess: mode.multiplier.modulus - 1, form: forms[point](), relaxations: read.number("relaxations")!, length: read.number("length")! };
}

/** Periods of burn-in and of average at N bits. */
export function periodsOf({ form, relaxations, length }: CriticalSetting, bits: number): { readonly burnIn: number; readonly kept: number } {
  const time = criticalTime(form, bits);
  return { burnIn: Math.ceil(relaxations * time), kept: Math.max(1, Math.ceil(length * time)) };
}

function formOf(point: OneBitPointName): () => NormalForm {
  return once(() => {
    const { network, orbit } = pointAt(point);
    return normalForm(network, criticalMode(network, orbit), { amplitude: AMPLITUDE });
  });
}
