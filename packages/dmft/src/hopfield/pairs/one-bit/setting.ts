import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { stratifiedSizes } from "@mesoscope/hopfield-transformer";
import type { AttentionNetwork, SizedFeatures } from "@mesoscope/hopfield-transformer";
import { DomainError } from "@mesoscope/numerics";
import { meanFieldMap } from "../../map/mean-field-map.js";
import { tokenStart, windowStart } from "../../map/window-state.js";
import type { WindowState } from "../../map/window-state.js";
import { readParameters } from "../../../pairs/read-parameters.js";
import type { ParameterReader } from "../../../pairs/read-parameters.js";
import { networkOf, networkProperties, systemProperty } from "../system-parameters.js";

/** Parameters of the pair "one-bit". */
export const oneBitParameters: ParameterSchema = {
  type: "object",
  properties: {
    system: systemProperty,
    ...networkProperties,
    start: {
      type: "string",
      symbol: "start",
      description: 'Where all replicas begin: "token", the first output feature alone; "window", the one given; "attractor", the window of the limit after a burn-in from that token.',
      unit: "1",
      enum: ["token", "window", "attractor"],
      default: "token",
    },
    window: { type: "array", symbol: "U", description: 'Magnetisations (l, C) for start "window", newest token first; its newest token has the index l - 1.', unit: "1", items: { type: "number", minimum: -1, maximum: 1 } },
    burnIn: { type: "integer", symbol: "b", description: 'Tokens of the limit before the start "attractor".', unit: "token", minimum: 0, maximum: 1e7, default: 20_000 },
    tokens: { type: "integer", symbol: "T", description: "Last token that is compared, counted from the start.", unit: "token", minimum: 1, maximum: 1e6, default: 24 },
    every: { type: "integer", symbol: "s", description: "Tokens between two that are compared; s, 2 s, ... up to T.", unit: "token", minimum: 1, maximum: 1e6, default: 1 },
    classSizes: {
      type: "string",
      symbol: "n",
      description: 'Bits of each class: "stratified", N w (nearest whole numbers where w does not divide N), or "quenched", drawn for each replica as if each bit were.',
      unit: "1",
      enum: ["stratified", "quenched"],
      default: "stratified",
    },
    horizonTolerance: {
      type: "number",
      symbol: "tol",
      description: "A trajectory of the limit is meant up to the token at which linear noise reaches this deviation.",
      unit: "1",
      exclusiveMinimum: 0,
      maximum: 2,
      default: 0.1,
    },
  },
  additionalProperties: false,
};

/** The parameters as sampler and theories use them. */
export interface OneBitSetting {
  readonly network: AttentionNetwork;
  readonly start: WindowState;
  /** Tokens after the start, ascending. */
  readonly times: readonly number[];
  readonly quenched: boolean;
  readonly horizonTolerance: number;
}

/** @throws DomainError for parameters that break their schema, or that no network has */
export function oneBitSetting(parameters: Parameters): OneBitSetting {
  const read = readParameters(oneBitParameters, parameters);
  const network = networkOf(read);
  const [last, every] = [read.number("tokens")!, read.number("every")!];
  if (every > last) throw new DomainError({ name: "every", value: every, rule: `must be at most tokens = ${last}`, remedy: "Compare at least one token." });
  return {
    network,
    start: startOf(network, read),
    times: Array.from({ length: Math.floor(last / every) }, (_, i) => (i + 1) * every),
    quenched: read.text("classSizes") === "quenched",
    horizonTolerance: read.number("horizonTolerance")!,
  };
}

/** Classes of a finite system with N bits, not drawn: multiples of w, or the whole numbers nearest to them. */
export function sizedClasses({ network }: OneBitSetting, bits: number): SizedFeatures {
  return stratifiedSizes(network.features, bits, { rounding: "largest-remainder" });
}

/** A window of the classes that have bits. */
export function keptWindow({ u, t }: WindowState, classes: number, kept: ArrayLike<number>): WindowState {
  if (kept.length === classes) return { u, t };
  const rows = u.length / classes;
  return { t, u: Float64Array.from({ length: rows * kept.length }, (_, at) => u[Math.floor(at / kept.length) * classes + kept[at % kept.length]!]!) };
}

function startOf(network: AttentionNetwork, read: ParameterReader): WindowState {
  const kind = read.text("start");
  if (kind === "token") return tokenStart(network);
  if (kind === "attractor") {
    const map = meanFieldMap(network, tokenStart(network));
    map.run(read.number("burnIn")!);
    return map.state();
  }
  const window = read.numbers("window");
  const { classes } = network.features;
  if (window === undefined) throw new DomainError({ name: "window", value: window, rule: 'must be given for start "window"', remedy: `Give l rows of C = ${classes} magnetisations, newest token first.` });
  const rows = Array.from({ length: Math.ceil(window.length / classes) }, (_, d) => window.slice(d * classes, (d + 1) * classes));
  return windowStart(network, rows, rows.length - 1);
}
