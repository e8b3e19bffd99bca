import { describe, expect, it } from "vitest";
import { multiplyHigh, philoxBlock } from "../../src/random/philox.js";

/** Known answers of philox4x32 with 10 rounds, as published with Random123 (file kat_vectors). */
const KNOWN_ANSWERS = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    block: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    block: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    block: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
] as const;

/** The generator again, straight from its definition in 64-bit integers: slow, and sharing no line with the source. */
function philoxByBigInt(counter: readonly number[], key: readonly number[], rounds: number): number[] {
  const low = (x: bigint): bigint => BigInt.asUintN(32, x);
  let [c0, c1, c2, c3] = counter.map((c) => BigInt(c >>> 0)) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map((k) => BigInt(k >>> 0)) as [bigint, bigint];
  for (let round = 0; round < rounds; round += 1) {
    const product0 = 0xd2511f53n * c0;
    const product1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(product1 >> 32n) ^ c1 ^ k0, low(product1), (product0 >> 32n) ^ c3 ^ k1, low(product0)];
    k0 = low(k0 + 0x9e3779b9n);
    k1 = low(k1 + 0xbb67ae85n);
  }
  return [c0, c1, c2, c3].map(Number);
}

function block(counter: readonly number[], key: readonly number[]): number[] {
  const out = new Uint32Array(4);
  philoxBlock(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!, out);
  return [...out];
}

/** Words that stress carries, from a multiplicative walk with the extremes thrown in. */
function stressWords(count: number): number[] {
  const words = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
  let word = 0x12345679;
  while (words.length < count) {
    word = Math.imul(word, 0x9e3779b1) ^ (word >>> 15);
    words.push(word >>> 0);
  }
  return words;
}

describe("Philox4x32-10", () => {
  it.each(KNOWN_ANSWERS)("gives the published block for key $key", ({ counter, key, block: known }) => {
    expect(block(counter, key)).toEqual([...known]);
  });

  it("agrees with its definition in 64-bit integers, and not with nine rounds", () => {
    const words = stressWords(606);
    for (let i = 0; i + 6 <= words.length; i += 6) {
      const counter = words.slice(i, i + 4);
      const key = words.slice(i + 4, i + 6);
      expect(block(counter, key)).toEqual(philoxByBigInt(counter, key, 10));
      expect(block(counter, key)).not.toEqual(philoxByBigInt(counter, key, 9));
    }
  });

  it("writes at the offset and nowhere else", () => {
    const out = new Uint32Array(8).fill(7);
    philoxBlock(0, 0, 0, 0, 0, 0, out, 2);
    expect([...out]).toEqual([7, 7, ...KNOWN_ANSWERS[0].block, 7, 7]);
  });

  it("multiplies to the exact upper word", () => {
    const words = stressWords(60);
    for (const a of words) {
      const products = words.map((b) => multiplyHigh(a, b) >>> 0);
      expect(products).toEqual(words.map((b) => Number((BigInt(a) * BigInt(b)) >> 32n)));
    }
  });
});
