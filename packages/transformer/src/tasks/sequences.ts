/** @file Synthetic sequences: look up what was said of a key earlier in the sequence [eq:transformer-retrieval]. A model that only averages tokens cannot. */
import type { Key, Stream } from "@mesoscope/numerics";
import { requireInteger } from "@mesoscope/numerics";
import type { Task } from "../tokens.js";

/** What a sequence task is drawn from. */
export interface SequenceTaskInput {
  readonly key: Key;
  /** P. */
  readonly inputs: number;
  /** Keys of the vocabulary. */
  readonly vocabulary: number;
  /** Pairs of key and value in a sequence, of different keys. */
  readonly pairs: number;
}

/** What is drawn for one sequence. */
interface Draw {
  /** Keys in their order. */
  readonly keys: readonly number[];
  /** +1 or -1 each. */
  readonly values: readonly number[];
  /** Which pair is asked for. */
  readonly asked: number;
}

/**
 * Retrieval in one step of attention: `pairs` tokens (key, value), then the token (key asked for, no value); the target is its value, +1 or -1.
 * S = pairs + 1, D = vocabulary + 2: one number for each key, the value, one for "this is asked". Every token has squared length D.
 *
 * @throws DomainError for more pairs than keys
 */
export function retrievalTask(input: SequenceTaskInput): Task {
  const D = input.vocabulary + 2;
  const size = Math.sqrt(D / 2);
  return sequences(input, input.pairs + 1, D, ({ keys, values, asked }, put) => {
    for (const [s, key] of keys.entries()) {
      put(s, key, size);
      put(s, input.vocabulary, size * values[s]!);
    }
    put(keys.length, keys[asked]!, size);
    put(keys.length, input.vocabulary + 1, size);
  });
}

/**
 * Induction: the same with key and value as tokens of their own, key_1 value_1 key_2 value_2 ... key, so that a value is found by what stands
 * before it: positions and two blocks. S = 2 pairs + 1, D = vocabulary + 2: one number for each key, one for each value. Every token has squared length D.
 *
 * @throws DomainError for more pairs than keys
 */
export function inductionTask(input: SequenceTaskInput): Task {
  const D = input.vocabulary + 2;
  const size = Math.sqrt(D);
  return sequences(input, 2 * input.pairs + 1, D, ({ keys, values, asked }, put) => {
    for (const [i, key] of keys.entries()) {
      put(2 * i, key, size);
      put(2 * i + 1, input.vocabulary + (values[i]! > 0 ? 0 : 1), size);
    }
    put(2 * keys.length, keys[asked]!, size);
  });
}

type Put = (s: number, feature: number, value: number) => void;

function sequences({ key, inputs, vocabulary, pairs }: SequenceTaskInput, S: number, D: number, write: (draw: Draw, put: Put) => void): Task {
  requireInteger("inputs", inputs, { min: 1 });
  requireInteger("vocabulary", vocabulary, { min: 1 });
  requireInteger("pairs", pairs, { min: 1, max: vocabulary }, "Give at most as many pairs as there are keys: a sequence names no key twice.");
  const x = new Float64Array(inputs * S * D);
  const targets = new Float64Array(inputs);
  for (let mu = 0; mu < inputs; mu += 1) {
    const draw = drawPairs(key.fold("sequence", mu).stream(), vocabulary, pairs);
    write(draw, (s, feature, value) => {
      x[(mu * S + s) * D + feature] = value;
    });
    targets[mu] = draw.values[draw.asked]!;
  }
  return Object.freeze({ tokens: Object.freeze({ inputs, tokens: S, features: D, x }), targets });
}

function drawPairs(stream: Stream, vocabulary: number, pairs: number): Draw {
  const left = Array.from({ length: vocabulary }, (_, k) => k);
  const keys = Array.from({ length: pairs }, () => left.splice(stream.integer(left.length), 1)[0]!);
  const values = keys.map(() => (stream.integer(2) === 0 ? -1 : 1));
  return { keys, values, asked: stream.integer(pairs) };
}
