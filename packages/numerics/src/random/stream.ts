/**
 * @file A stream: the sequence of 32-bit words Philox_key(0), Philox_key(1), ... read in order, and distributions over it.
 *
 * Promise: the same key and the same sequence of calls give the same bits in every engine, on every machine and in
 * every release of one major version. Uniforms, normals and exponentials take exactly two words each, so the i-th of a
 * run that starts at word w lies at word w + 2 i and `seek` reaches it alone. Integers reject, and take a number of
 * words that depends on the words; so do the heavier laws (gamma, binomial, multinomial), which are functions of a stream,
 * not methods: who draws only normals does not carry them.
 */
import { requireInteger } from "../errors.js";
import { exponentialVariate } from "./exponential.js";
import { integerBelow } from "./integer.js";
import { normalVariate } from "./normal.js";
import { WORDS_PER_BLOCK, philoxBlock } from "./philox.js";
import { halfOpenUnit, openUnit, type UniformSource } from "./uniform.js";

/** A reproducible sequence of random numbers. Made by `Key.stream()`. */
export interface Stream extends UniformSource {
  /** Standard normal variate: mean 0, variance 1, |value| < 8.3. Two words. */
  normal(): number;
  /** Exponential variate of mean 1, in (0, 37). Two words. */
  exponential(): number;
  /**
   * Uniform integer in {0, ..., bound - 1}, without bias.
   * @throws DomainError unless bound is an integer from 1 to 2^53 - 1.
   */
  integer(bound: number): number;
  /** Fills the array with what as many calls of `uniform()` would return; returns it. */
  fillUniform<T extends Float64Array | Float32Array>(out: T): T;
  /** Fills the array with what as many calls of `normal()` would return; returns it. */
  fillNormal<T extends Float64Array | Float32Array>(out: T): T;
  /**
   * Fills the array with what as many calls of `integer(bound)` would return; returns it. A bootstrap resample of n rows
   * is `fillIntegers(new Uint32Array(n), n)`; its weights, how often each row is drawn, follow {@link drawMultinomial}.
   * @throws DomainError unless bound is an integer from 1 to 2^53 - 1, at most 2^32 (2^31) for 32-bit words (signed).
   */
  fillIntegers<T extends Float64Array | Uint32Array | Int32Array>(out: T, bound: number): T;
  /** Index of the next word; a new stream is at 0. With the key's words, the whole state of a stream. */
  readonly position: number;
  /**
   * Goes to the word of this index, forwards or backwards, in constant time. Block b begins at word 4 b.
   * @throws DomainError unless position is an integer from 0 to 2^53 - 1.
   */
  seek(position: number): void;
}

/** Third and fourth counter word of every block that a stream emits; folding uses other fourth words (key.ts). */
const RESERVED = 0;
const STREAM_DOMAIN = 0;

const TWO_TO_32 = 0x100000000;

/** @internal Use `Key.stream()`. */
export class PhiloxStream implements Stream {
  readonly #word0: number;
  readonly #word1: number;
  readonly #block: Uint32Array = new Uint32Array(WORDS_PER_BLOCK);
  /** Index of the block to be made next, and of the next word within the block at hand. */
  #nextBlock = 0;
  #at = WORDS_PER_BLOCK;

  constructor(word0: number, word1: number) {
    this.#word0 = word0;
    this.#word1 = word1;
  }

  bits(): number {
    if (this.#at === WORDS_PER_BLOCK) this.#refill();
    const word = this.#block[this.#at]!;
    this.#at += 1;
    return word;
  }

  // Both read their two words straight from the block where it holds them, which spares a third of the time.

  uniform(): number {
    if (this.#at === WORDS_PER_BLOCK) this.#refill();
    const at = this.#at;
    if (at > WORDS_PER_BLOCK - 2) return halfOpenUnit(this.bits(), this.bits());
    this.#at = at + 2;
    return halfOpenUnit(this.#block[at]!, this.#block[at + 1]!);
  }

  uniformOpen(): number {
    if (this.#at === WORDS_PER_BLOCK) this.#refill();
    const at = this.#at;
    if (at > WORDS_PER_BLOCK - 2) return openUnit(this.bits(), this.bits());
    this.#at = at + 2;
    return openUnit(this.#block[at]!, this.#block[at + 1]!);
  }

  normal(): number {
    return normalVariate(this);
  }

  exponential(): number {
    return exponentialVariate(this);
  }

  integer(bound: number): number {
    return integerBelow(this, bound);
  }

  fillUniform<T extends Float64Array | Float32Array>(out: T): T {
    for (let i = 0; i < out.length; i += 1) out[i] = this.uniform();
    return out;
  }

  fillNormal<T extends Float64Array | Float32Array>(out: T): T {
    for (let i = 0; i < out.length; i += 1) out[i] = normalVariate(this);
    return out;
  }

  fillIntegers<T extends Float64Array | Uint32Array | Int32Array>(out: T, bound: number): T {
    const max = out instanceof Float64Array ? Number.MAX_SAFE_INTEGER : out instanceof Uint32Array ? TWO_TO_32 : TWO_TO_32 / 2;
    requireInteger("bound", bound, { min: 1, max }, "Give a bound whose integers the array can hold.");
    for (let i = 0; i < out.length; i += 1) out[i] = integerBelow(this, bound);
    return out;
  }

  get position(): number {
    return (this.#nextBlock - 1) * WORDS_PER_BLOCK + this.#at;
  }

  seek(position: number): void {
    requireInteger("position", position, { min: 0 });
    const within = position % WORDS_PER_BLOCK;
    this.#nextBlock = (position - within) / WORDS_PER_BLOCK;
    this.#at = WORDS_PER_BLOCK;
    if (within > 0) {
      this.#refill();
      this.#at = within;
    }
  }

  #refill(): void {
    const low = this.#nextBlock | 0;
    const high = Math.floor(this.#nextBlock / TWO_TO_32);
    philoxBlock(low, high, RESERVED, STREAM_DOMAIN, this.#word0, this.#word1, this.#block);
    this.#nextBlock += 1;
    this.#at = 0;
  }
}
