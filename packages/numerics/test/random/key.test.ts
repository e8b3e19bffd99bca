import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.js";
import { key, keyFromWords, requireKey, type Key, type KeyPart } from "../../src/random/index.js";

const text = (k: Key): string => k.words.map((word) => word.toString(16).padStart(8, "0")).join("");

describe("key", () => {
  it("distinguishes types, lengths and divisions of what is folded", () => {
    const root = key(0);
    const foldings: KeyPart[][] = [
      [], [""], ["", ""], ["\0"], [0], [0, 0], ["0"], [12], ["12"], ["1", "2"], [1, 2], [2, 1], ["ab"], ["a", "b"], ["ba"],
      ["12345678"], ["12345678", ""], ["1234567", "8"], ["123456789"], ["12345678", "9"], ["1234567890123456"],
      ["12345678", "90123456"], [0.5], [-0.5], [5e-324], [-5e-324], [1e308], [2 ** 53], [2 ** 53 - 1], ["\ud800"], ["\ufffd"],
      ["\u00e9"], ["e\u0301"], ["\u{1f600}"], ["\ude00\ud83d"],
    ]; // prettier-ignore
    const names = foldings.map((parts) => text(root.fold(...parts)));
    expect(new Set(names).size).toBe(foldings.length);
  });

  it("folds in sequence, and from the data alone", () => {
    const a = key("study").fold("size", 256).fold(17).fold("initial");
    const b = key("study").fold("size", 256, 17, "initial");
    expect(a.words).toEqual(b.words);
    expect(key(1).fold(-0).words).toEqual(key(1).fold(0).words);
  });

  it("has no collision among 20,000 seeds and folds, as 64 random bits would have none", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 10_000; i += 1) seen.add(text(key(i)));
    const root = key("replicas");
    for (let i = 0; i < 10_000; i += 1) seen.add(text(root.fold(i)));
    expect(seen.size).toBe(20_000);
  });

  it("travels as JSON and by words", () => {
    const original = key("a seed").fold(3);
    const words = JSON.parse(JSON.stringify(original.words)) as [number, number];
    const copy = keyFromWords(words);
    expect(copy.fold("x").words).toEqual(original.fold("x").words);
    expect(copy.stream().bits()).toBe(original.stream().bits());
    expect(JSON.parse(JSON.stringify(original))).toEqual({ words: [...original.words] });
  });

  it("cannot be changed", () => {
    const original = key(1);
    expect(Object.isFrozen(original)).toBe(true);
    expect(Object.isFrozen(original.words)).toBe(true);
  });

  it.each([1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, true as unknown as number, 1n as unknown as number])(
    "refuses seed %s",
    (seed) => {
      expect(() => key(seed)).toThrow(DomainError);
      expect(() => key(seed)).toThrow(/seed = .*: must be an integer.*or a string/);
    },
  );

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, null as unknown as number, {} as unknown as string])(
    "refuses to fold %s",
    (part) => {
      expect(() => key(0).fold(1, part)).toThrow(DomainError);
      expect(() => key(0).fold(1, part)).toThrow(/part = .*: must be a finite number or a string/);
    },
  );

  it.each([undefined, null, 5, "seed", [1, 2], { words: [1, 2] }])("is told from %j", (value) => {
    expect(() => requireKey("replicas.key", value)).toThrow(/^replicas\.key = .*: must be a key\. Give `key\(seed\)`\.$/);
    expect(requireKey("key", key(3))).toEqual(expect.objectContaining({ words: key(3).words }));
  });

  it.each([[[-1, 0]], [[0, 2 ** 32]], [[0.5, 0]], [[1]], [[1, 2, 3]], ["ab"]])("refuses words %j", (words) => {
    expect(() => keyFromWords(words as unknown as [number, number])).toThrow(DomainError);
  });
});
