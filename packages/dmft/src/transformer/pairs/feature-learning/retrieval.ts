/** @file The task of the pair: retrieval of a sign by its key, every sequence that there is [eq:transformer-retrieval]. */
import type { TrainingTask } from "../../head-map/training-task.js";

/** Inputs, tokens of an input, features of a token. */
const [INPUTS, TOKENS, FEATURES] = [8, 3, 4] as const;

/** Keys a and b carry a sign each, and one of them is asked for: tokens (a, sign), (b, sign), (asked). The target is the sign of the key that is asked for. */
interface Sequence {
  readonly signs: readonly [number, number];
  readonly asked: 0 | 1;
}

const sequences: readonly Sequence[] = ([0, 1] as const).flatMap((asked) => [1, -1].flatMap((a) => [1, -1].map((b): Sequence => ({ signs: [a, b], asked }))));

/** Features: key a, key b, sign, "this is asked". Every token has squared length D = 4. */
function tokensOf({ signs, asked }: Sequence): readonly number[] {
  const size = Math.sqrt(FEATURES / 2);
  return [size, 0, size * signs[0], 0, 0, size, size * signs[1], 0, asked === 0 ? size : 0, asked === 1 ? size : 0, 0, size];
}

export const retrievalOfOne: TrainingTask = Object.freeze({
  tokens: { inputs: INPUTS, tokens: TOKENS, features: FEATURES, x: sequences.flatMap(tokensOf) },
  targets: sequences.map(({ signs, asked }) => signs[asked]),
});

/** Inputs whose signs agree: the mean of their tokens tells the answer. */
export const toldByMean: readonly number[] = sequences.flatMap(({ signs: [a, b] }, mu) => (a === b ? [mu] : []));

/** Inputs whose signs differ: their mean is that of the input with the other answer, and only attention tells them apart [eq:averaging-floor]. */
export const hiddenFromMean: readonly number[] = sequences.flatMap(({ signs: [a, b] }, mu) => (a === b ? [] : [mu]));

/** Mean of y f over some inputs: 1 where they are answered, 0 where nothing is known of them. */
export function answered(f: ArrayLike<number>, inputs: readonly number[], at = 0): number {
  return inputs.reduce((sum, mu) => sum + retrievalOfOne.targets[mu]! * f[at + mu]!, 0) / inputs.length;
}

/** |y - f|^2 / 2P. */
export function lossOf(f: ArrayLike<number>, at = 0): number {
  let sum = 0;
  for (let mu = 0; mu < INPUTS; mu++) sum += (retrievalOfOne.targets[mu]! - f[at + mu]!) * (retrievalOfOne.targets[mu]! - f[at + mu]!);
  return sum / (2 * INPUTS);
}
