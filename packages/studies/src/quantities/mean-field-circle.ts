/** @file The mean-field equation on the circle, solved on demand, with its certificate. */
import { solveCircleMeanField } from "@mesoscope/mean-field-pde";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { beta, flow, number, numbers, object } from "./inputs.js";

interface Input {
  readonly flow: "SA" | "USA";
  readonly beta: number;
  readonly cos: readonly number[];
  readonly sin?: readonly number[];
  readonly times: readonly number[];
  readonly modes: number;
  readonly accuracy?: number;
}

export const meanFieldCircleQuantity: Quantity = quantity<Input>({
  id: "mean-field-circle",
  title: "Moments of the mean-field equation on the circle",
  equations: equations("mean-field-pde", "lagrangian", "moments"),
  input: object(
    {
      flow,
      beta,
      cos: numbers("a_1, a_2, ... of the initial density (1 + Σ a_j cos jθ + b_j sin jθ)/2π"),
      sin: numbers("b_1, b_2, ..."),
      times: numbers("increasing depths, from 0 on"),
      modes: { type: "integer", minimum: 1, maximum: 512, description: "highest moment wanted" },
      accuracy: { type: "number", exclusiveMinimum: 0, default: 1e-10, description: "largest error of a moment that counts as resolved" },
    },
    ["sin", "accuracy"],
  ),
  output: object({
    outcome: { type: "string", description: "how the solver ended" },
    message: { type: "string" },
    certifiedUntil: number("last time up to which every certificate is within the accuracy"),
    rows: {
      type: "array",
      items: object({
        t: number("depth"),
        re: numbers("Re Z_k, k = 0..modes"),
        im: numbers("Im Z_k"),
        error: { type: ["number", "null"], description: "certificate; null where the time was not reached" },
      }),
    },
  }),
  example: { flow: "USA", beta: 0.5, cos: [0.3], times: [0, 1, 2], modes: 2 },
  compute({ flow: kind, beta: b, cos, sin = [], times, modes, accuracy = 1e-10 }) {
    const solution = solveCircleMeanField({ flow: kind, beta: b, density: { cos: [...cos], sin: [...sin] }, times, modes, accuracy });
    const reached = solution.errors.map((error) => Number.isFinite(error));
    return {
      outcome: solution.outcome.kind,
      message: solution.outcome.message,
      certifiedUntil: solution.certifiedUntil,
      rows: times.flatMap((t, i) => {
        const z = solution.moments[i];
        if (z === undefined || !reached[i]) return [];
        return [{ t, re: [...z.filter((_, j) => j % 2 === 0)], im: [...z.filter((_, j) => j % 2 === 1)], error: solution.errors[i]! }];
      }),
    };
  },
});
