/** @file Multi-head attention in training: the closed map of heads at every size, its limit, and one block with responses. */
import { headMapLimit, headMapReplicas, oneBlockLimit, type HeadAverage } from "@mesoscope/dmft/transformer";
import { key } from "@mesoscope/numerics";
import { equations } from "../equations.js";
import { quantity, type Quantity } from "../quantity.js";
import { object } from "./inputs.js";
import { curveOf, curveProperties, descentProperties, endingOf, endingProperty, rowsOf, taskFrom, widthProperty, type DescentInput } from "./multi-head-inputs.js";

const seed = { type: "integer", default: 1, description: "seed of what is drawn" };

/** The small task of the examples: two inputs of two tokens. */
const example = { x: [[[1, 0], [0.5, 1]], [[-1, 0.5], [0.5, 0.5]]], targets: [1, -1], eta0: 0.5, gamma0: 1, steps: 8 };

export const headMapQuantity: Quantity = quantity<DescentInput & { readonly N: number; readonly H: number; readonly replicas?: number; readonly seed?: number }>({
  id: "head-map",
  title: "Networks of heads that are read out directly, in training: exact at every N and H",
  equations: equations("head-map"),
  input: object(
    { ...descentProperties, N: { ...widthProperty, description: "N, width of a head" }, H: { type: "integer", minimum: 1, maximum: 100_000, description: "H, number of heads" }, replicas: { type: "integer", minimum: 1, maximum: 100_000, default: 1, description: "networks drawn" }, seed },
    ["replicas", "seed"],
  ),
  output: object({ networks: { type: "array", items: object({ f: curveProperties["f"]!, outcome: endingProperty }), description: "one network each; rows end where it diverged" } }),
  example: { ...example, alphaA: 0.5, N: 4, H: 2 },
  compute({ N, H, replicas = 1, seed: from = 1, ...input }) {
    const { alphaA, targets, steps } = input;
    const P = targets.length;
    const found = headMapReplicas(taskFrom(input), input, { alphaA, N, H }, { key: key(from), from: 0, count: replicas });
    const row = (steps + 1) * P;
    return { networks: found.outcomes.map((outcome, r) => ({ f: rowsOf(found.f.subarray(r * row, r * row + (found.steps[r]! + 1) * P), P), outcome: endingOf(outcome) })) };
  },
});

interface LimitInput extends DescentInput {
  readonly N?: number;
  readonly nodes?: number;
  readonly heads?: number;
  readonly batches?: number;
  readonly seed?: number;
}

const limitInput = object(
  {
    ...descentProperties,
    N: widthProperty,
    nodes: { type: "integer", minimum: 3, maximum: 40, description: "average over infinitely many heads by so many Gauss-Hermite nodes a dimension: N infinite, at most two features" },
    heads: { type: "integer", minimum: 1, maximum: 1_000_000, default: 256, description: "else by so many drawn heads in each batch; not looked at where heads begin alike (N infinite, alpha_A above 1/2)" },
    batches: { type: "integer", minimum: 2, maximum: 1000, default: 8, description: "batches, for the standard error" },
    seed,
  },
  ["N", "nodes", "heads", "batches", "seed"],
);

function averageFrom({ nodes, heads = 256, batches = 8, seed: from = 1 }: LimitInput): HeadAverage {
  return nodes === undefined ? { kind: "sample", heads, batches, key: key(from) } : { kind: "quadrature", nodes };
}

const sizeFrom = ({ alphaA, N }: LimitInput): { readonly alphaA: number; readonly N: number | "infinite" } => ({ alphaA, N: N ?? "infinite" });

export const headMapLimitQuantity: Quantity = quantity<LimitInput>({
  id: "head-map-limit",
  title: "Infinitely many heads that are read out directly, in training",
  equations: equations("head-map"),
  input: limitInput,
  output: object(curveProperties),
  example: { ...example, alphaA: 0.5, nodes: 5 },
  compute: (input) => curveOf(headMapLimit(taskFrom(input), input, sizeFrom(input), averageFrom(input)), input.targets.length),
});

export const oneBlockQuantity: Quantity = quantity<LimitInput>({
  id: "one-block",
  title: "One attention block with an output projection in training, for infinitely many heads, with responses",
  equations: equations("one-block", "matrix-rule"),
  input: limitInput,
  output: object(curveProperties),
  example: { ...example, alphaA: 1 },
  compute: (input) => curveOf(oneBlockLimit(taskFrom(input), input, sizeFrom(input), averageFrom(input)), input.targets.length),
});
