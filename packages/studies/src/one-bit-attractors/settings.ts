import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { Level } from "../study.js";
import { referenceAttractors } from "./reference.js";

export interface AttractorParameters extends Parameters {
  readonly betas: readonly number[];
  readonly burnIn: number;
  readonly tokens: number;
  readonly starts: number;
  readonly exponents: number;
  readonly zero: number;
  readonly bins: number;
  readonly segment: number;
  readonly tolerance: number;
  readonly dimensionTolerance: number;
}

export const attractorSchema: ParameterSchema = {
  type: "object",
  properties: {
    betas: { type: "array", symbol: "β", description: "inverse temperatures; the published ones have reference values", unit: "1", default: referenceAttractors.map(({ beta }) => beta), items: { type: "number", minimum: 0, maximum: 100 }, minItems: 1, maxItems: 24 },
    burnIn: { type: "integer", symbol: "B", description: "tokens before anything is measured", unit: "token", default: 20_000, minimum: 0, maximum: 100_000_000 },
    tokens: { type: "integer", symbol: "T", description: "tokens of each trajectory, a multiple of 20 and at least a segment", unit: "token", minimum: 1000, maximum: 100_000_000 },
    starts: { type: "integer", symbol: "R", description: "starts: the first output feature, and random windows", unit: "1", minimum: 4, maximum: 1000 },
    exponents: { type: "integer", symbol: "K", description: "Lyapunov exponents that are measured; 12 are all", unit: "1", default: 4, minimum: 3, maximum: 12 },
    zero: { type: "number", symbol: "δ", description: "an exponent within this of zero counts as zero", unit: "nat per token", exclusiveMinimum: 0, maximum: 0.1 },
    bins: { type: "integer", symbol: "b", description: "bins along each side of a plane", unit: "1", default: 96, minimum: 8, maximum: 256 },
    segment: { type: "integer", symbol: "S", description: "tokens of a segment of the power spectra, a power of two", unit: "token", default: 1024, minimum: 64, maximum: 65_536 },
    tolerance: { type: "number", symbol: "ε", description: "deviation of an exponent from its reference that does not matter", unit: "nat per token", exclusiveMinimum: 0, maximum: 1 },
    dimensionTolerance: { type: "number", symbol: "ε_D", description: "deviation of a dimension from its reference that does not matter", unit: "1", exclusiveMinimum: 0, maximum: 1 },
  },
  additionalProperties: false,
};

export const attractorLevels: Readonly<Record<Level, Parameters>> = {
  quick: { tokens: 12_000, starts: 6, zero: 1e-3, tolerance: 0.05, dimensionTolerance: 0.3 },
  default: { tokens: 100_000, starts: 8, zero: 1e-4, tolerance: 0.012, dimensionTolerance: 0.1 },
  full: { tokens: 2_000_000, starts: 26, exponents: 12, zero: 1e-4, tolerance: 2e-3, dimensionTolerance: 0.02 },
};

export const LEVEL = 0.01;
export const CONFIDENCE = 0.95;
