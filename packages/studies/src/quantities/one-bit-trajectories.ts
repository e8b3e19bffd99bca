/** @file Trajectories of one-bit attention in the limit: tokens, exponents, regime. */
import { classifyRegime, kaplanYorkeDimension, meanFieldMap, type LyapunovExponent } from "@mesoscope/dmft/hopfield";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { number, numbers, object } from "./inputs.js";
import { networkFrom, networkProperties, NETWORK_NAMES, startFrom, startProperties, START_NAMES, type NetworkInput, type StartInput } from "./one-bit-network.js";

export const oneBitTrajectoryQuantity: Quantity = quantity<NetworkInput & StartInput & { tokens: number; burnIn?: number }>({
  id: "one-bit-trajectory",
  title: "Overlaps and magnetisations of successive tokens in the limit of infinitely many bits",
  equations: equations("one-bit-attention", "one-bit-mean-field"),
  input: object(
    { ...networkProperties, ...startProperties, tokens: { type: "integer", minimum: 1, maximum: 100_000, description: "tokens wanted" }, burnIn: { type: "integer", minimum: 0, maximum: 100_000_000, default: 0, description: "tokens before the first of them" } },
    [...NETWORK_NAMES, ...START_NAMES, "burnIn"],
  ),
  output: object({
    t: number("index of the first token"),
    overlaps: { type: "array", items: numbers("m°_a of one token"), description: "without the factor 1 − ε and the positional part" },
    u: { type: "array", items: numbers("u_c of one token") },
  }),
  example: { beta: 1.27, tokens: 8 },
  compute({ tokens, burnIn = 0, ...input }) {
    const network = networkFrom(input);
    const map = meanFieldMap(network, startFrom(network, input));
    map.run(burnIn);
    const t = map.window.time + 1;
    const one = new Float64Array(network.features.features);
    const steps = Array.from({ length: tokens }, () => {
      map.step();
      return { overlaps: [...map.overlaps(one)], u: [...map.u] };
    });
    return { t, overlaps: steps.map(({ overlaps }) => overlaps), u: steps.map(({ u }) => u) };
  },
});

interface SpectrumInput extends NetworkInput, StartInput {
  readonly tokens?: number;
  readonly burnIn?: number;
  readonly count?: number;
  readonly zero?: number;
}

export const oneBitLyapunovQuantity: Quantity = quantity<SpectrumInput>({
  id: "one-bit-lyapunov",
  title: "Lyapunov exponents with standard errors, Kaplan-Yorke dimension and regime",
  equations: equations("one-bit-mean-field", "one-bit-lyapunov", "one-bit-kaplan-yorke", "one-bit-regimes"),
  input: object(
    {
      ...networkProperties,
      ...startProperties,
      tokens: { type: "integer", minimum: 200, maximum: 100_000_000, multipleOf: 20, default: 20_000, description: "T, tokens over which is averaged, in 20 blocks" },
      burnIn: { type: "integer", minimum: 0, maximum: 100_000_000, default: 10_000, description: "tokens before anything is measured" },
      count: { type: "integer", minimum: 1, maximum: 512, description: "exponents wanted, the largest first; all L C unless given" },
      zero: { type: "number", exclusiveMinimum: 0, maximum: 1, default: 5e-4, description: "δ, an exponent within this of zero counts as zero" },
    },
    [...NETWORK_NAMES, ...START_NAMES, "tokens", "burnIn", "count", "zero"],
  ),
  output: object({
    exponents: { type: "array", items: object({ value: { type: ["number", "null"], description: "nats per token; null where it is minus infinity or below what rounding resolves" }, standardError: { type: ["number", "null"] }, below: { type: ["number", "null"], description: "an upper bound where it is not resolved" } }) },
    dimension: { type: ["number", "null"], description: "Kaplan-Yorke dimension, or null where these exponents do not tell it" },
    dimensionError: { type: ["number", "null"], description: "its standard error" },
    regime: { type: "string", description: "fixed-point, periodic, quasi-periodic, chaos, hyperchaos or undecided" },
    period: number("least period in which it returns, 0 where it does not"),
    reason: { type: ["string", "null"], description: "why it is undecided" },
    outcome: { type: "string", description: "whether the exponents have converged" },
    message: { type: "string" },
  }),
  example: { beta: 1.28, tokens: 4000, burnIn: 1000 },
  compute({ tokens = 20_000, burnIn = 10_000, count, zero = 5e-4, ...input }) {
    const network = networkFrom(input);
    const all = network.contextLength * network.features.classes;
    const options = { burnIn, alignment: 200, tokens, blocks: 20, tolerance: zero / 3, count: count ?? all, zero, margin: 3, period: { longest: 400, closeness: 1e-8, over: 60 } };
    const { regime, spectrum, returns } = classifyRegime(network, startFrom(network, input), options);
    const dimension = kaplanYorkeDimension(spectrum, { zero });
    return {
      exponents: spectrum.exponents.map(exponentOut),
      dimension: dimension.kind === "dimension" ? dimension.value : null,
      dimensionError: dimension.kind === "dimension" ? dimension.standardError : null,
      regime: regime.kind,
      period: returns?.period ?? 0,
      reason: regime.kind === "undecided" ? regime.reason : null,
      outcome: spectrum.outcome.kind,
      message: spectrum.outcome.message,
    };
  },
});

function exponentOut(one: LyapunovExponent): { value: number | null; standardError: number | null; below: number | null } {
  if (one.kind === "finite") return { value: one.value, standardError: one.standardError, below: null };
  return { value: null, standardError: null, below: one.kind === "below-resolution" ? one.bound : null };
}
