/** @file One-bit attention in closed form: what needs no trajectory. */
import { criticalBeta, retrievalMagnetisation, threeCycle, valueEigenvalues, windowMultipliers } from "@mesoscope/dmft/hopfield";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { number, numbers, object } from "./inputs.js";
import { multipliersOutput, networkFrom, networkProperties, NETWORK_NAMES, type NetworkInput } from "./one-bit-network.js";

const positiveBeta = { type: "number", minimum: 0, maximum: 1e300, description: "β, inverse temperature of the output" } as const;
const contextLength = { type: "integer", minimum: 1, maximum: 64, description: "L, tokens that the newest attends to, itself included" } as const;

export const oneBitMagnetisationQuantity: Quantity = quantity<{ beta: number }>({
  id: "one-bit-magnetisation",
  title: "Overlap with a pattern that one-bit attention keeps",
  equations: equations("one-bit-retrieval"),
  input: object({ beta: positiveBeta }),
  output: object({ m: number("m* >= 0 with m = tanh(β m); 0 up to β = 1") }),
  example: { beta: 1.5 },
  compute: ({ beta }) => ({ m: retrievalMagnetisation(beta) }),
});

export const oneBitThreeCycleQuantity: Quantity = quantity<{ beta: number }>({
  id: "one-bit-three-cycle",
  title: "The three-cycle (a, −a, 0) of two tokens whose value opposes their output",
  equations: equations("one-bit-retrieval"),
  input: object({ beta: positiveBeta }),
  output: object({ amplitude: { type: ["number", "null"], description: "a = m*(β/2), or null up to β = 2, where there is none" } }),
  example: { beta: 3 },
  compute({ beta }) {
    const found = threeCycle(beta);
    return { amplitude: found.kind === "exists" ? found.amplitude : null };
  },
});

export const oneBitCriticalBetaQuantity: Quantity = quantity<{ kappa: { real: number; imaginary?: number }; L: number }>({
  id: "one-bit-critical-beta",
  title: "Inverse temperature at which the silent state loses its stability",
  equations: equations("one-bit-critical-beta"),
  input: object({ kappa: { ...object({ real: number("real part"), imaginary: number("imaginary part; 0 unless given") }, ["imaginary"]), description: "κ, eigenvalue of the overlap of values with outputs, see one-bit-value-eigenvalues" }, L: contextLength }),
  output: object({
    beta: { type: ["number", "null"], description: "β_c, or null where κ = 0 and it never does" },
    angle: { type: ["number", "null"], description: "angle by which the critical multiplier turns at each token, radians; 0: a static pattern grows" },
    together: number("multipliers that reach the unit circle together"),
  }),
  example: { kappa: { real: 0, imaginary: 1 }, L: 2 },
  compute({ kappa: { real, imaginary = 0 }, L }) {
    const found = criticalBeta({ real, imaginary }, L);
    return found.kind === "critical" ? { beta: found.beta, angle: found.angle, together: found.together } : { beta: null, angle: null, together: 0 };
  },
});

export const oneBitValueEigenvaluesQuantity: Quantity = quantity<NetworkInput>({
  id: "one-bit-value-eigenvalues",
  title: "Eigenvalues κ of the overlap of values with outputs",
  equations: equations("one-bit-critical-beta"),
  input: object(networkProperties, NETWORK_NAMES),
  output: object({ real: numbers("real parts, one for each feature"), imaginary: numbers("imaginary parts") }),
  example: { system: "rot2" },
  compute(input) {
    const { real, imaginary } = valueEigenvalues(networkFrom(input).features);
    return { real: [...real], imaginary: [...imaginary] };
  },
});

export const oneBitWindowMultipliersQuantity: Quantity = quantity<{ real: readonly number[]; imaginary?: readonly number[]; L: number }>({
  id: "one-bit-window-multipliers",
  title: "Multipliers of a window of equal tokens from those of a single token",
  equations: equations("one-bit-window-multipliers"),
  input: object({ real: { ...numbers("real parts of the multipliers K of the map of a single token"), minItems: 1, maxItems: 64 }, imaginary: { ...numbers("their imaginary parts, conjugates in pairs; zeros unless given"), maxItems: 64 }, L: contextLength }, ["imaginary"]),
  output: object({ multipliers: multipliersOutput }),
  example: { real: [0.8], L: 3 },
  compute: ({ real, imaginary = real.map(() => 0), L }) => ({ multipliers: windowMultipliers({ real: Float64Array.from(real), imaginary: Float64Array.from(real, (_, i) => imaginary[i] ?? 0) }, L) }),
});
