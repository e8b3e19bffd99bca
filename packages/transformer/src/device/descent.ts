/**
 * @file What becomes of gradients: the step of plain descent, momentum or Adam, or the gradients themselves. Plain descent adds its rank-PS update
 * straight into the weights; the others keep a gradient beside them.
 */
import type { Tensor } from "@mesoscope/kernels";
import type { Network, WeightArray } from "../network.js";
import type { AdamParameters, Optimiser } from "../parameterisation.js";
import type { WeightGradient } from "./backward.js";
import type { WeightTensors } from "./forward.js";
import type { Operations } from "./operations.js";

/** How weights move. */
export interface Descent {
  /** Takes a gradient during the backward pass. */
  readonly take: (gradient: WeightGradient) => void;
  /** Written after the backward pass. */
  readonly finish: () => void;
  /** Before step t = 1, 2, ...: what depends on t. */
  readonly beforeStep: (t: number) => void;
}

/** What a descent needs. */
interface Setting {
  readonly ops: Operations;
  readonly network: Network;
  readonly weights: WeightTensors;
  readonly R: number;
  readonly P: number;
}

/** Writes `factor` sum_mu e_mu df_mu/dW into `out`, or adds it. */
export function gradientProduct(ops: Operations, R: number, { array, terms, c, a, scale }: WeightGradient, factor: number, out: Tensor, add: boolean): void {
  ops.product({ batch: R, m: array.rows, k: terms, n: array.columns, a: { ...c, transposed: true }, b: a, scale: factor * scale, out, add });
}

/** The descent of an optimiser, with the loss (1/2P) sum_mu e_mu^2, e = y - f. */
export function descentOf(optimiser: Optimiser, setting: Setting): Descent {
  if (optimiser === "sgd") return plainDescent(setting);
  return "momentum" in optimiser ? momentumDescent(setting, optimiser.momentum) : adamDescent(setting, optimiser.adam);
}

function plainDescent({ ops, weights, R, P }: Setting): Descent {
  const nothing = (): void => undefined;
  return {
    take: (gradient) => {
      gradientProduct(ops, R, gradient, gradient.array.rate / P, weights.get(gradient.array.id)!, true);
    },
    finish: nothing,
    beforeStep: nothing,
  };
}

/** dloss/dW of every trained array, (R, rows, columns) by id, filled by the sink that comes with it. */
export function gradientBuffers({ ops, R, P }: Omit<Setting, "network" | "weights">): { take: Descent["take"]; gradients: Map<string, { array: WeightArray; gradient: Tensor }> } {
  const gradients = new Map<string, { array: WeightArray; gradient: Tensor }>();
  return {
    gradients,
    take: (of) => {
      const { id, rows, columns } = of.array;
      const gradient = ops.memory.tensor(R, rows, columns);
      gradients.set(id, { array: of.array, gradient });
      gradientProduct(ops, R, of, -1 / P, gradient, false);
    },
  };
}

function momentumDescent(setting: Setting, momentum: number): Descent {
  const { ops, weights, R } = setting;
  const { take, gradients } = gradientBuffers(setting);
  return {
    take,
    finish: () => {
      for (const { array, gradient } of gradients.values()) {
        const n = array.rows * array.columns;
        const velocity = ops.memory.filled(new Float64Array(R * n), R, n);
        const w = weights.get(array.id)!;
        ops.combine({ batch: R, n, a: 1, x: gradient, b: momentum, y: velocity, out: velocity });
        ops.combine({ batch: R, n, a: -array.rate, x: velocity, b: 1, y: w, out: w });
      }
    },
    beforeStep: () => undefined,
  };
}

function adamDescent(setting: Setting, { beta1, beta2, epsilon }: AdamParameters): Descent {
  const { ops, weights, R } = setting;
  const { take, gradients } = gradientBuffers(setting);
  const { memory } = ops;
  /** Rate, 1/(1 - beta1^t), 1/(1 - beta2^t) of every replica, (R, 3), for each rate that occurs. */
  const rates = new Map<number, Tensor>();
  return {
    take,
    finish: () => {
      for (const { array, gradient } of gradients.values()) {
        const n = array.rows * array.columns;
        const [first, second] = [memory.filled(new Float64Array(R * n), R, n), memory.filled(new Float64Array(R * n), R, n)];
        const w = weights.get(array.id)!;
        ops.list.add("adam-step", { batch: R, n, beta1, beta2, epsilon }, [w, gradient, first, second, () => rates.get(array.rate)!], [w, first, second]);
      }
    },
    beforeStep: (t) => {
      const corrections = [1 / (1 - wholePower(beta1, t)), 1 / (1 - wholePower(beta2, t))];
      for (const rate of new Set([...gradients.values()].map(({ array }) => array.rate))) {
        const old = rates.get(rate);
        if (old !== undefined) memory.drop(old);
        rates.set(rate, memory.filled(Float64Array.from({ length: R * 3 }, (_, i) => [rate, ...corrections][i % 3]!), R, 3));
      }
    },
  };
}

/** x^t by squaring: the same bits in every engine. */
function wholePower(x: number, t: number): number {
  let product = 1;
  for (let [square, rest] = [x, t]; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product *= square;
    square *= square;
  }
  return product;
}
