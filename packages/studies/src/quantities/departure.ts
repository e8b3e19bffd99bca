/** @file Laws of the departure from the uniform state: one mode alone, and several in competition. */
import { departureLaw, doubleModeVariance, firstDepartureLaw, competingDegrees, landauCoefficients, modeSelection, type DepartureLaw } from "@mesoscope/mean-field-pde";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { beta, dimension, flow, number, numbers, object, positiveDegree, threshold, tokens } from "./inputs.js";

interface Model {
  readonly flow: "SA" | "USA";
  readonly beta: number;
  readonly d: number;
}

/** Beyond it hundreds of modes compete and the quadrature takes minutes. */
const raceBeta = { ...beta, minimum: -200, maximum: 200 };

const probabilities = [0.025, 0.25, 0.5, 0.75, 0.975] as const;
const lawProperties = {
  mean: number("mean of T, in depth"),
  sd: number("standard deviation of T"),
  atom: number("P(T = 0): already over the threshold at the start"),
  numericalError: number("error of the quadratures in mean and sd"),
  quantiles: numbers(`quantiles of T at the probabilities ${probabilities.join(", ")}`),
};

export const landauQuantity: Quantity = quantity<Model & { k: number }>({
  id: "landau",
  title: "Saturation of one growing mode",
  equations: equations("landau"),
  input: object({ flow, beta, d: dimension, k: positiveDegree }),
  output: object({ g: number("g, in Z' = γ Z (1 - g |Z|²)"), B: { type: ["number", "null"], description: "B, in Z_2k = B Z_k²; null off the circle" } }),
  example: { flow: "SA", beta: 0.5, d: 2, k: 1 },
  compute({ k, ...model }) {
    const { saturation, doubling } = landauCoefficients(k, model);
    return { g: saturation, B: doubling ?? null };
  },
});

export const departureLawQuantity: Quantity = quantity<Model & { k: number; n: number; r: number }>({
  id: "departure-law",
  title: "Departure time of one mode",
  equations: equations("departure-time", "departure-law", "landau", "double-noise"),
  input: object({ flow, beta, d: dimension, k: positiveDegree, n: tokens, r: threshold }),
  output: object({
    ...lawProperties,
    correctedSd: { type: ["number", "null"], description: "standard deviation of T with the noise of mode 2k; null where that is no correction" },
  }),
  example: { flow: "USA", beta: 0.5, d: 2, k: 1, n: 1024, r: 0.2 },
  compute(input) {
    const law = departureLaw(input);
    const extra = doubleModeVariance(input);
    return { ...summaryOf(law), correctedSd: extra === undefined ? null : Math.sqrt(law.sd * law.sd + extra) };
  },
});

export const firstDepartureQuantity: Quantity = quantity<Model & { n: number; r: number }>({
  id: "first-departure",
  title: "First departure of any mode",
  equations: equations("mode-competition", "first-departure"),
  input: object({ flow, beta: raceBeta, d: dimension, n: tokens, r: threshold }),
  output: object(lawProperties),
  example: { flow: "USA", beta: 5, d: 2, n: 1024, r: 0.2 },
  compute: (input) => summaryOf(firstDepartureLaw({ ...input, modes: competingDegrees(input.beta, input.d) })),
});

export const modeSelectionQuantity: Quantity = quantity<Model & { n: number; r: number }>({
  id: "mode-selection",
  title: "Which mode departs first",
  equations: equations("mode-competition", "mode-selection"),
  input: object({ flow, beta: raceBeta, d: dimension, n: tokens, r: threshold }),
  output: object({
    modes: {
      type: "array",
      items: object({ k: number("degree"), probability: number("chance to depart first"), numericalError: number("error of the quadrature") }),
    },
  }),
  example: { flow: "USA", beta: 5, d: 2, n: 1024, r: 0.2 },
  compute: (input) => ({ modes: modeSelection({ ...input, modes: competingDegrees(input.beta, input.d) }) }),
});

function summaryOf(law: Pick<DepartureLaw, "mean" | "sd" | "atom" | "numericalError" | "quantile">): object {
  const { mean, sd, atom, numericalError } = law;
  return { mean, sd, atom, numericalError, quantiles: probabilities.map((p) => law.quantile(p)) };
}
