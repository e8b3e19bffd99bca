/** @file The kernels on plain arrays as dispatches. */
import type { ActivationParameters, AdamStepParameters, LinearCombinationParameters, MatmulParameters, RowNormaliseParameters, RowParameters, RowSoftmaxParameters, SwapAxesParameters } from "@mesoscope/kernels";
import { activation } from "../shaders/activations.js";
import { matmul, TILE } from "../shaders/matmul.js";
import { ADAM_STEP, elementwise, linearCombination, SWAP_AXES } from "../shaders/numbers.js";
import { ROW_NORMALISE, ROW_NORMALISE_BACKWARD, ROW_SOFTMAX_BACKWARD, rowSoftmax } from "../shaders/rows.js";
import { f, LANES, u, type Binding, type Dispatch, type Text } from "../shaders/shader.js";
import type { Program } from "./program.js";

/** Inputs in order, under these names, then one output. */
function arrays(inputs: readonly string[], output: string): Binding[] {
  return [...inputs.map((name, input) => ({ name, place: { input } })), { name: output, place: { output: 0 }, writes: true }];
}

/** One invocation a number. */
function numbers(text: Text, length: number, bindings: readonly Binding[], parameters: Dispatch["parameters"] = {}): Program {
  return [{ ...text, parameters: { length: u(length), ...parameters }, bindings, groups: Math.ceil(length / LANES), work: 16 * length }];
}

/** One workgroup a row. */
function rows(text: Text, { batch, n, m }: RowParameters, bindings: readonly Binding[], parameters: Dispatch["parameters"] = {}): Program {
  return [{ ...text, parameters: { n: u(n), m: u(m), ...parameters }, bindings, groups: batch * n, work: 16 * batch * n * m }];
}

export function exp({ batch, n }: { readonly batch: number; readonly n: number }): Program {
  return numbers(elementwise("exp"), batch * n, arrays(["x"], "y"));
}

export function tanh({ batch, n }: { readonly batch: number; readonly n: number }): Program {
  return numbers(elementwise("tanh"), batch * n, arrays(["x"], "y"));
}

export function activations({ batch, n, name }: ActivationParameters): Program {
  return numbers(activation(name, false), batch * n, arrays(["x"], "y"));
}

export function activationsBackward({ batch, n, name }: ActivationParameters): Program {
  return numbers(activation(name, true), batch * n, arrays(["x", "g"], "y"));
}

/** The output holds y already. */
export function combination({ batch, n, a, b, shareX = false }: LinearCombinationParameters): Program {
  return numbers(linearCombination(shareX), batch * n, arrays(["x"], "y"), { n: u(n), a: f(a), b: f(b) });
}

/** The outputs hold p, m and v already. */
export function adamStep({ batch, n, beta1, beta2, epsilon }: AdamStepParameters): Program {
  const bindings = [
    { name: "g", place: { input: 1 } },
    { name: "rates", place: { input: 4 } },
    ...["w", "m", "v"].map((name, output) => ({ name, place: { output }, writes: true })),
  ];
  return numbers(ADAM_STEP, batch * n, bindings, { n: u(n), keep1: f(beta1), take1: f(1 - beta1), keep2: f(beta2), take2: f(1 - beta2), epsilon: f(epsilon) });
}

export function swapAxes({ batch, a, b, c }: SwapAxesParameters): Program {
  return numbers(SWAP_AXES, batch * a * b * c, arrays(["x"], "y"), { a: u(a), b: u(b), c: u(c) });
}

export function softmax(p: RowSoftmaxParameters): Program {
  return rows(rowSoftmax(p.causal === true), p, arrays(["x"], "y"));
}

export function softmaxBackward(p: RowParameters): Program {
  return rows(ROW_SOFTMAX_BACKWARD, p, arrays(["y", "g"], "dx"));
}

export function normalise(p: RowNormaliseParameters): Program {
  return rows(ROW_NORMALISE, p, arrays(["x"], "y"), { epsilon: f(p.epsilon) });
}

export function normaliseBackward(p: RowNormaliseParameters): Program {
  return rows(ROW_NORMALISE_BACKWARD, p, arrays(["x", "g"], "dx"), { epsilon: f(p.epsilon) });
}

/** With `add` the output holds C already. */
export function products(p: MatmulParameters): Program {
  const { batch, m, k, n, transposeA = false, transposeB = false, scale = 1, shareA = false, shareB = false, heads = 1 } = p;
  const [down, across] = [Math.ceil(m / TILE), Math.ceil(n / TILE)];
  const places = {
    ...placeOf("A", transposeA ? [k, m] : [m, k], heads, { shared: shareA, beside: p.besideA === true }),
    ...placeOf("B", transposeB ? [n, k] : [k, n], heads, { shared: shareB, beside: p.besideB === true }),
    ...placeOf("C", [m, n], heads, { shared: false, beside: p.besideC === true }),
  };
  const parameters = { m: u(m), k: u(k), n: u(n), down: u(down), across: u(across), heads: u(heads), ...places, scale: f(scale) };
  return [{ ...matmul(p), parameters, bindings: arrays(["a", "b"], "c"), groups: batch * down * across, work: batch * m * n * k }];
}

/** Numbers from a replica of an operand to the next, from a head to the next, from a row to the next. */
function placeOf(name: string, [down, across]: readonly [number, number], heads: number, { shared, beside }: { readonly shared: boolean; readonly beside: boolean }): Dispatch["parameters"] {
  const one = shared ? 0 : down * across;
  return { [`group${name}`]: u(heads * one), [`head${name}`]: u(beside ? across : one), [`pitch${name}`]: u(beside ? heads * across : across) };
}
