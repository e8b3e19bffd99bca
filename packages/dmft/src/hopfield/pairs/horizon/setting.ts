import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { attractorStarts } from "../../finite-size/attractor-starts.js";
import type { AttractorStarts } from "../../finite-size/attractor-starts.js";
import { forcingPeriod, tokenStart } from "../../map/window-state.js";
import { once } from "../../../pairs/once.js";
import { readParameters } from "../../../pairs/read-parameters.js";
import { networkOf, networkProperties, systemProperty } from "../system-parameters.js";

/** Parameters of the pair "one-bit-horizon". */
export const horizonParameters: ParameterSchema = {
  type: "object",
  properties: {
    system: systemProperty,
    ...networkProperties,
    exitTolerance: { type: "number", symbol: "tol", description: "Deviation of a class magnetisation from the limit at which a run has left it.", unit: "1", exclusiveMinimum: 0, maximum: 2, default: 0.1 },
    tokens: { type: "integer", symbol: "T", description: "Tokens after which a run that has not left is given up.", unit: "token", minimum: 1, maximum: 1e6, default: 400 },
    burnIn: { type: "integer", symbol: "b", description: "Tokens of the limit, from the first output feature, before its attractor is taken.", unit: "token", minimum: 0, maximum: 1e7, default: 20_000 },
    span: { type: "integer", symbol: "A", description: "Tokens of the attractor among whose windows each replica draws its start.", unit: "token", minimum: 1, maximum: 1e7, default: 65_536 },
    growthTokens: { type: "integer", symbol: "T_λ", description: "Tokens from which the theory measures the exponent.", unit: "token", minimum: 1000, maximum: 1e9, default: 400_000 },
    linearRuns: { type: "integer", symbol: "R_l", description: "Runs of the linear process from which the theory takes the law of the exit.", unit: "1", minimum: 100, maximum: 1e7, default: 4000 },
  },
  additionalProperties: false,
};

/** The parameters as sampler and theories use them. */
export interface HorizonSetting {
  readonly network: AttentionNetwork;
  readonly tolerance: number;
  readonly limit: number;
  readonly growthTokens: number;
  readonly linearRuns: number;
  /** Made once, when it is first needed. */
  readonly starts: () => AttractorStarts;
}

/** @throws DomainError for parameters that break their schema, or that no network has */
export function horizonSetting(parameters: Parameters): HorizonSetting {
  const read = readParameters(horizonParameters, parameters);
  const network = networkOf(read);
  const period = forcingPeriod(network);
  const span = Math.ceil(read.number("span")! / period) * period;
  const burnIn = read.number("burnIn")!;
  return {
    network,
    tolerance: read.number("exitTolerance")!,
    limit: read.number("tokens")!,
    growthTokens: read.number("growthTokens")!,
    linearRuns: read.number("linearRuns")!,
    starts: once(() => attractorStarts(network, tokenStart(network), { burnIn, span })),
  };
}
