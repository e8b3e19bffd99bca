/**
 * @file Keys: names of random streams. `key(seed).fold("size", n).fold(replica).fold("purpose").stream()`.
 *
 * A key is 64 bits and nothing else: plain data, free to copy, with no hidden state and no registry. Folding data into a
 * key hashes the data by Philox itself under that key (a tree of keyed bijections, as in Goldreich-Goldwasser-Micali),
 * so what a key yields depends on the data folded into it and never on the order in which keys were made.
 *
 * **Collisions.** Folded keys behave like independent uniform 64-bit words: among m different foldings some two share
 * a key with probability about m^2 / 2^65 (2.7e-8 for a million keys, 2.7e-4 for 10^8, 3 % for 10^9). Streams of different keys
 * are then disjoint enumerations of different bijections. This is a statistical, not a cryptographic, promise.
 */
import { DOUBLE, HIGH, WORDS } from "../elementary/bits.js";
import { DomainError, requireInteger } from "../errors.js";
import { WORDS_PER_BLOCK, philoxBlock } from "./philox.js";
import { PhiloxStream, type Stream } from "./stream.js";

/** What can be folded into a key: finite numbers and strings. */
export type KeyPart = number | string;

/** The name of a random stream. Immutable; `words` is its whole content and may travel as JSON. */
export interface Key {
  /** The 64 bits of the key as two unsigned 32-bit words: `keyFromWords(key.words)` is the same key. */
  readonly words: readonly [number, number];
  /**
   * The key with data folded in, one part after the other: `fold(a, b)` equals `fold(a).fold(b)`.
   *
   * Types and lengths count: `fold("12")`, `fold(12)`, `fold("1", "2")` are three keys; -0 and 0 are one number.
   * Strings are taken code point by code point as UTF-8 without normalisation; unpaired surrogates keep their own code.
   * @throws DomainError for NaN, infinities and anything that is neither number nor string.
   */
  fold(...data: KeyPart[]): Key;
  /** A stream at position 0; every call returns a new one that yields the same numbers. */
  stream(): Stream;
}

/** The root under which seeds are folded: "mesoscop" in ASCII. */
const ROOT_WORDS: readonly [number, number] = [0x6d65736f, 0x73636f70];

/**
 * Fourth counter word of a block: keeps folding apart from output. Streams use 0 (stream.ts), so that no block which
 * the stream of a key emits is ever the hash of something folded into it.
 */
const NUMBER_DOMAIN = 1;
const STRING_DOMAIN = 2;

const BYTES_PER_CHUNK = 8;

/**
 * The key of a seed, `keyFromWords(root).fold(seed)`.
 *
 * @param seed an integer that a double holds exactly (|seed| < 2^53), or any string; 12 and "12" are different seeds.
 * @throws DomainError for other numbers and other types.
 */
export function key(seed: number | string): Key {
  if (typeof seed !== "string") {
    requireInteger("seed", seed, {}, "Give an integer between -(2^53 - 1) and 2^53 - 1, or a string.");
  }
  return makeKey(ROOT_WORDS[0], ROOT_WORDS[1]).fold(seed);
}

/**
 * The key with the given 64 bits, for keys that travelled as data.
 *
 * @param words two integers in [0, 2^32).
 * @throws DomainError otherwise.
 */
export function keyFromWords(words: readonly [number, number]): Key {
  const given: readonly unknown[] = words;
  if (!Array.isArray(given) || given.length !== 2) {
    throw new DomainError({ name: "words", value: words, rule: "must be two words", remedy: "Give `key.words`." });
  }
  const range = { min: 0, max: 0xffffffff };
  return makeKey(requireInteger("words[0]", words[0], range), requireInteger("words[1]", words[1], range));
}

/**
 * The value itself when it is a key.
 * @throws DomainError for anything else, a seed or its words among them
 */
export function requireKey(name: string, value: unknown): Key {
  if (typeof value !== "object" || value === null || !("fold" in value) || typeof value.fold !== "function") throw new DomainError({ name, value, rule: "must be a key", remedy: "Give `key(seed)`." });
  return value as Key;
}

function makeKey(word0: number, word1: number): Key {
  const words = Object.freeze([word0, word1] as const);
  return Object.freeze({
    words,
    fold: (...data: KeyPart[]): Key => {
      const state = new Uint32Array(WORDS_PER_BLOCK);
      state[0] = word0;
      state[1] = word1;
      for (const part of data) foldPart(state, part);
      return makeKey(state[0], state[1]);
    },
    stream: (): Stream => new PhiloxStream(word0, word1),
  });
}

function foldPart(state: Uint32Array, part: unknown): void {
  if (typeof part === "string") {
    foldString(state, part);
  } else if (typeof part === "number" && Number.isFinite(part)) {
    foldNumber(state, part);
  } else {
    const rule = "must be a finite number or a string to be folded into a key";
    throw new DomainError({ name: "part", value: part, rule, remedy: "Fold its name or its index instead." });
  }
}

/** One block: the 64 bits of the double. Adding 0 turns -0 into 0, since equal numbers shall make equal keys. */
function foldNumber(state: Uint32Array, value: number): void {
  DOUBLE[0] = value + 0;
  absorb(state, WORDS[1 - HIGH]!, WORDS[HIGH]!, 0, NUMBER_DOMAIN);
}

/**
 * One block for every eight bytes of UTF-8. The third counter word is the number of bytes that remain: the first block
 * binds the length, so no string's blocks begin another's, and the empty string is one block too.
 */
function foldString(state: Uint32Array, text: string): void {
  const bytes = utf8(text);
  let remaining = bytes.length;
  let at = 0;
  do {
    absorb(state, littleEndianWord(bytes, at), littleEndianWord(bytes, at + 4), remaining, STRING_DOMAIN);
    at += BYTES_PER_CHUNK;
    remaining -= BYTES_PER_CHUNK;
  } while (remaining > 0);
}

/** key <- first 64 bits of Philox_key(data), a random function of the data. The key is the first half of `state`. */
function absorb(state: Uint32Array, data0: number, data1: number, data2: number, domain: number): void {
  philoxBlock(data0, data1, data2, domain, state[0]!, state[1]!, state);
}

function littleEndianWord(bytes: readonly number[], at: number): number {
  const byte = (index: number): number => bytes[index] ?? 0;
  return (byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24)) >>> 0;
}

/** UTF-8 without `TextEncoder`, which the language itself lacks; unpaired surrogates get three bytes, so it is injective. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    // Bytes of six bits that follow the first one, which begins with as many ones as there are bytes in all.
    let following = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    bytes.push(following === 0 ? code : ((0x1f80 >> following) & 0xff) | (code >> (6 * following)));
    while (following > 0) {
      following -= 1;
      bytes.push(0x80 | ((code >> (6 * following)) & 0x3f));
    }
  }
  return bytes;
}
