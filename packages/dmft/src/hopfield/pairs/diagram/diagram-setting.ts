/** @file What is asked of a trajectory at one set of parameters, and what is observed of it. */
import type { Observable, Parameters, ParameterSchema } from "@mesoscope/contracts";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError } from "@mesoscope/numerics";
import type { PeriodOptions } from "../../regimes/period.js";
import { readParameters } from "../../../pairs/read-parameters.js";
import { networkOf, networkProperties, systemProperty } from "../system-parameters.js";
import { subscript } from "../../../pairs/subscript.js";

/** Blocks of a trajectory, from which its standard errors come. */
export const BLOCKS = 20;
/** Tokens in which a tangent frame turns into the direction of growth. */
export const ALIGNMENT = 200;

export const diagramParameters: ParameterSchema = {
  type: "object",
  properties: {
    system: systemProperty,
    ...networkProperties,
    burnIn: { type: "integer", symbol: "B", description: "Tokens before anything is measured.", unit: "token", default: 2000, minimum: 0, maximum: 100_000_000 },
    exponents: { type: "integer", symbol: "K", description: "Lyapunov exponents that are measured, the largest first; at most L C.", unit: "1", default: 4, minimum: 1, maximum: 512 },
    zero: { type: "number", symbol: "δ", description: "An exponent within this of zero counts as zero.", unit: "nat per token", default: 1e-3, exclusiveMinimum: 0, maximum: 1 },
    longest: { type: "integer", symbol: "q", description: "The longest period that is looked for.", unit: "token", default: 400, minimum: 1, maximum: 1_000_000 },
    bins: { type: "integer", symbol: "b", description: "Bins of the first output overlap between low and high; 0: its occupation is not observed.", unit: "1", default: 0, minimum: 0, maximum: 4096 },
    low: { type: "number", symbol: "m₋", description: "Lower end of the bins, below high.", unit: "1", default: -1, minimum: -1, maximum: 1 },
    high: { type: "number", symbol: "m₊", description: "Upper end of the bins.", unit: "1", default: 1, minimum: -1, maximum: 1 },
    plane: { type: "integer", symbol: "b₂", description: "Bins along each side of the plane of the first two output overlaps, between low and high; 0: not observed.", unit: "1", default: 0, minimum: 0, maximum: 512 },
    segment: { type: "integer", symbol: "S", description: "Tokens of a segment of the power spectrum of the first output overlap, a power of two up to the number of tokens; 0: not observed.", unit: "token", default: 0, minimum: 0, maximum: 1 << 20 },
  },
  additionalProperties: false,
};

export interface DiagramSetting {
  readonly network: AttentionNetwork;
  readonly burnIn: number;
  readonly exponents: number;
  readonly zero: number;
  readonly period: PeriodOptions;
  readonly bins: number;
  readonly low: number;
  readonly high: number;
  readonly plane: number;
  readonly segment: number;
}

/** @throws DomainError for parameters outside their ranges, or a plane of a network with one feature */
export function diagramSetting(given: Parameters): DiagramSetting {
  const read = readParameters(diagramParameters, given);
  const network = networkOf(read);
  const number = (name: string): number => read.number(name)!;
  const [low, high] = [number("low"), number("high")];
  if (!(low < high)) throw new DomainError({ name: "low", value: low, rule: `must be below high = ${high}`, remedy: "Exchange the two." });
  const { features: { features: m, classes }, contextLength } = network;
  const exponents = number("exponents");
  if (exponents > contextLength * classes) throw new DomainError({ name: "exponents", value: exponents, rule: `must be at most L C = ${contextLength * classes}`, remedy: "The window has no more directions." });
  if (number("plane") > 0 && m < 2) throw new DomainError({ name: "plane", value: number("plane"), rule: "must be 0 for a network with one feature", remedy: "A plane needs two overlaps: give bins instead." });
  return {
    network,
    burnIn: number("burnIn"),
    exponents,
    zero: number("zero"),
    period: { longest: number("longest"), closeness: 1e-8, over: 60 },
    bins: number("bins"),
    low,
    high,
    plane: number("plane"),
    segment: number("segment"),
  };
}

/** Centres of n bins. */
export function binCentres(low: number, high: number, n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => low + ((i + 0.5) * (high - low)) / n);
}

export function diagramObservables({ exponents, bins, low, high, plane, segment }: DiagramSetting): readonly Observable[] {
  const ranks = Array.from({ length: exponents }, (_, k) => k + 1);
  const indices = (length: number): readonly number[] => Array.from({ length }, (_, i) => i);
  const series = (id: string, symbol: string, meaning: string, unit: string, grid: Observable["grid"]): Observable => ({ id, symbol, meaning, unit, kind: "series", ...(grid === undefined ? {} : { grid }) });
  const byRank = { symbol: "k", meaning: "rank of the exponent", unit: "1", values: ranks };
  return [
    { id: "largest", symbol: `λ${subscript(1)}`, meaning: "largest Lyapunov exponent", unit: "nat per token", kind: "scalar", equation: "one-bit-lyapunov" },
    { id: "regime", symbol: "regime", meaning: "place in the list of regimes: 0 fixed point, 1 period, 2 quasi-periodic, 3 chaos, 4 hyperchaos, 5 undecided", unit: "1", kind: "scalar", equation: "one-bit-regimes" },
    { id: "period", symbol: "q", meaning: "least period in which the trajectory returns, 0 where it does not", unit: "token", kind: "scalar" },
    { id: "start", symbol: "r", meaning: "start: 0 for the first output feature as the first token, else the number of a random window", unit: "1", kind: "scalar" },
    series("exponents", "λ_k", "Lyapunov exponents; an upper bound where they are not resolved", "nat per token", byRank),
    series("resolved", "resolved", "1 where the exponent is resolved, 0 where rounding hides it or it is minus infinity", "1", byRank),
    series("blocks", "λ_k in blocks", `Lyapunov exponents of ${BLOCKS} consecutive blocks, those of one block side by side`, "nat per token", { symbol: "i", meaning: "block times K plus rank", unit: "1", values: indices(BLOCKS * exponents) }),
    ...(bins === 0 ? [] : [series("occupation", "p", "share of the tokens with their first output overlap in a bin", "1", { symbol: `m°${subscript(1)}`, meaning: "centre of the bin", unit: "1", values: binCentres(low, high, bins) })]),
    ...(plane === 0 ? [] : [series("plane", "p", "share of the tokens with their first two output overlaps in a bin, the second by rows", "1", { symbol: "i", meaning: "bin of the second overlap times bins plus bin of the first", unit: "1", values: indices(plane * plane) })]),
    ...(segment === 0 ? [] : [series("power", "S", "power of the first output overlap per unit of frequency", "token", { symbol: "f", meaning: "frequency", unit: "1/token", values: Array.from({ length: segment / 2 + 1 }, (_, i) => i / segment) })]),
  ];
}
