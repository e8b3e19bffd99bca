/** @file Uniform integers below a bound, without bias. */
import { requireInteger } from "../errors.js";
import { multiplyHigh } from "./philox.js";
import type { UniformSource } from "./uniform.js";

const TWO_TO_32 = 0x100000000;

/**
 * Uniform integer in {0, ..., bound - 1}.
 *
 * Bounds up to 2^32: the upper word of word * bound, rejecting the words that would count twice (D. Lemire, "Fast
 * random integer generation in an interval", ACM TOMACS 29, 2019); seldom more than one word. Larger bounds: as many
 * bits as the bound needs, drawn again while they reach it; fewer than two tries of two words on average.
 * @throws DomainError unless bound is an integer from 1 to 2^53 - 1.
 */
export function integerBelow(source: UniformSource, bound: number): number {
  requireInteger("bound", bound, { min: 1 });
  if (bound === TWO_TO_32) return source.bits();
  return bound < TWO_TO_32 ? byMultiplication(source, bound) : byRejection(source, bound);
}

function byMultiplication(source: UniformSource, bound: number): number {
  let word = source.bits();
  let low = Math.imul(word, bound) >>> 0;
  if (low < bound) {
    const surplus = (TWO_TO_32 - bound) % bound;
    while (low < surplus) {
      word = source.bits();
      low = Math.imul(word, bound) >>> 0;
    }
  }
  return multiplyHigh(word, bound) >>> 0;
}

function byRejection(source: UniformSource, bound: number): number {
  const highest = Math.floor((bound - 1) / TWO_TO_32);
  const mask = highest === 0 ? 0 : 0xffffffff >>> Math.clz32(highest);
  for (;;) {
    const high = source.bits() & mask;
    const value = high * TWO_TO_32 + source.bits();
    if (value < bound) return value;
  }
}
