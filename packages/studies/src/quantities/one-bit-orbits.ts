/** @file Fixed points, periodic orbits and bifurcations of one-bit attention, by Newton's method and multipliers. */
import { attentionBlindFixedPoint, findPeriod, followOrbit, forcingPeriod, meanFieldMap, periodicOrbit, type PeriodicOrbit } from "@mesoscope/dmft/hopfield";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, isConverged } from "@mesoscope/numerics";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { number, numbers, object } from "./inputs.js";
import { multipliersOutput, networkFrom, networkProperties, NETWORK_NAMES, startFrom, startProperties, START_NAMES, type NetworkInput, type StartInput } from "./one-bit-network.js";

const NEWTON = 1e-12;
const outcomeText = { outcome: { type: "string", description: "how the solver ended" }, message: { type: "string" } } as const;

export const oneBitFixedPointQuantity: Quantity = quantity<NetworkInput & { start: readonly number[] }>({
  id: "one-bit-fixed-point",
  title: "A fixed point of one-bit attention and its multipliers",
  equations: equations("one-bit-mean-field", "one-bit-window-multipliers"),
  input: object({ ...networkProperties, start: { ...numbers("class magnetisations u_c near the fixed point"), items: { type: "number", minimum: -1, maximum: 1 } } }, NETWORK_NAMES),
  output: object({ u: numbers("u_c, one for each class"), overlaps: numbers("m°_a, one for each output feature"), multipliers: multipliersOutput, residual: number("by how much u misses itself"), ...outcomeText }),
  example: { system: "hop1", beta: 1.5, contextLength: 3, start: [0.9] },
  compute({ start, ...network }) {
    const { u, overlaps, multipliers, residual, outcome } = attentionBlindFixedPoint(networkFrom(network), start, { tolerance: NEWTON });
    return { u: [...u], overlaps: [...overlaps], multipliers, residual, outcome: outcome.kind, message: outcome.message };
  },
});

interface OrbitInput extends NetworkInput, StartInput {
  readonly burnIn?: number;
  readonly longest?: number;
}

const orbitProperties = {
  ...networkProperties,
  ...startProperties,
  burnIn: { type: "integer", minimum: 0, maximum: 10_000_000, default: 20_000, description: "tokens in which the trajectory settles before the orbit is looked for" },
  longest: { type: "integer", minimum: 1, maximum: 10_000, default: 400, description: "longest period that is looked for" },
} as const;
const orbitOptional = [...NETWORK_NAMES, ...START_NAMES, "burnIn", "longest"];

export const oneBitPeriodicOrbitQuantity: Quantity = quantity<OrbitInput>({
  id: "one-bit-periodic-orbit",
  title: "The periodic orbit to which a start settles, with its multipliers and largest exponent",
  equations: equations("one-bit-mean-field", "one-bit-floquet"),
  input: object(orbitProperties, orbitOptional),
  output: object({
    period: number("least period, tokens; 0 where the trajectory does not return"),
    largestExponent: { type: ["number", "null"], description: "λ₁ = ln|μ₁|/q, nats per token; null without an orbit, or where every multiplier is zero" },
    multipliers: multipliersOutput,
    overlaps: { type: "array", items: numbers("m°_a of one token"), description: "overlaps along one period" },
    ...outcomeText,
  }),
  example: { beta: 1.25 },
  compute(input) {
    const network = networkFrom(input);
    const orbit = settledOrbit(network, input);
    if (orbit === undefined) return { period: 0, largestExponent: null, multipliers: [], overlaps: [], outcome: "event", message: `The trajectory does not return within ${input.longest ?? 400} tokens.` };
    const m = network.features.features;
    return {
      period: orbit.minimalPeriod,
      largestExponent: orbit.largestExponent.kind === "finite" ? orbit.largestExponent.value : null,
      multipliers: orbit.multipliers,
      overlaps: Array.from({ length: orbit.period }, (_, i) => [...orbit.overlaps.subarray(i * m, (i + 1) * m)]),
      outcome: orbit.outcome.kind,
      message: orbit.outcome.message,
    };
  },
});

function settledOrbit(network: AttentionNetwork, { burnIn = 20_000, longest = 400, ...start }: OrbitInput): PeriodicOrbit | undefined {
  const map = meanFieldMap(network, startFrom(network, start));
  map.run(Math.max(burnIn, network.contextLength));
  const returns = findPeriod(map, { longest: Math.max(longest, forcingPeriod(network)), closeness: 1e-8, over: 60 });
  return returns === undefined ? undefined : periodicOrbit(network, map.state(), returns.period, { tolerance: NEWTON });
}

export const oneBitBifurcationsQuantity: Quantity = quantity<OrbitInput & { to: number; step?: number }>({
  id: "one-bit-bifurcations",
  title: "Folds, flips and Neimark-Sacker points of a periodic orbit, as β moves",
  equations: equations("one-bit-bifurcations", "one-bit-floquet"),
  input: object(
    {
      ...orbitProperties,
      to: { type: "number", minimum: 0, maximum: 1e6, description: "β at which to stop; beta is where to begin" },
      step: { type: "number", exclusiveMinimum: 0, maximum: 1, default: 0.02, description: "longest step along the branch; two crossings within one step may be taken for none" },
    },
    [...orbitOptional, "step"],
  ),
  output: object({
    period: number("period of the orbit that was followed, tokens"),
    bifurcations: {
      type: "array",
      items: object({ kind: { enum: ["fold", "branch-point", "flip", "neimark-sacker"] }, beta: number("β"), width: number("width of the bracket in β"), rotation: number("angle of the multiplier, full turns per period"), destabilising: { type: "boolean", description: "true where stability is lost on the way" } }),
    },
    ...outcomeText,
  }),
  example: { beta: 1, to: 1.3 },
  compute({ to, step = 0.02, ...input }) {
    const network = networkFrom(input);
    const orbit = settledOrbit(network, input);
    if (orbit === undefined || !isConverged(orbit.outcome)) {
      throw new DomainError({ name: "beta", value: network.beta, rule: "must be where the start settles to a periodic orbit", remedy: "Begin at another β, from another window, or raise burnIn and longest." });
    }
    const { bifurcations, outcome } = followOrbit(network, orbit, { to, step, tolerance: NEWTON });
    return { period: orbit.period, bifurcations: bifurcations.map(({ kind, beta, width, rotation, destabilising }) => ({ kind, beta, width, rotation, destabilising })), outcome: outcome.kind, message: outcome.message };
  },
});
