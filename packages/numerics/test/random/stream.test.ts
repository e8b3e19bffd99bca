import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/errors.js";
import { drawBinomial, drawGamma, key, keyFromWords, type Stream } from "../../src/random/index.js";

describe("a stream is a fixed sequence of bits", () => {
  it.each([
    ["the zero key: block 0 of the known answers", keyFromWords([0, 0]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    ["seed 0", key(0), [0x887faa70, 0xbab68314, 0xc82158fb, 0x0ad840b9]],
    ["seed 1", key(1), [0x85c5f822, 0xff474757, 0x0fa4cd55, 0x7cd22db3]],
    ["seed mesoscope", key("mesoscope"), [0x5ef181da, 0xe0248c8e, 0xa77b8975, 0xe77d0855]],
    ["folded", key(1).fold("size", 256).fold(0), [0x55af057b, 0x2ae3db5c, 0x9456d093, 0x6f527b42]],
  ] as const)("%s", (_, k, words) => {
    const stream = k.stream();
    expect(words.map(() => stream.bits())).toEqual([...words]);
  });

  it("has pinned variates, so that no release changes a study unnoticed", () => {
    const s = key(2026).stream();
    const drawn = [s.uniform(), s.uniformOpen(), s.normal(), s.exponential(), drawGamma(s, 0.3), drawGamma(s, 50)];
    drawn.push(drawBinomial(s, 20, 0.3), drawBinomial(s, 1e9, 0.3), s.integer(6), s.integer(2 ** 40), s.position);
    expect(drawn).toEqual([
      0.7854197561113886, 0.9413326215425369, -0.03787685263944086, 0.15026820017701417, 0.20088623410662645,
      42.64718868131448, 6, 299989344, 2, 328607592187, 25,
    ]);
  });

  it("starts again with each stream() and knows no other stream", () => {
    const one = key(5).stream();
    one.bits();
    const two = key(5).stream();
    two.normal();
    expect(one.bits()).not.toBe(key(5).stream().bits());
    one.seek(0);
    expect(one.bits()).toBe(key(5).stream().bits());
  });
});

describe("any part can be made alone", () => {
  const whole = (fill: (stream: Stream, out: Float64Array) => unknown, count: number): Float64Array => {
    const out = new Float64Array(count);
    fill(key("parts").stream(), out);
    return out;
  };
  const METHODS = [
    ["uniform", (s: Stream) => s.uniform(), (s: Stream, out: Float64Array) => s.fillUniform(out)],
    ["normal", (s: Stream) => s.normal(), (s: Stream, out: Float64Array) => s.fillNormal(out)],
  ] as const;

  it.each(METHODS)("%s: in one go, one by one, in uneven parts, or out of order", (_, draw, fill) => {
    const expected = whole(fill, 1000);

    const single = key("parts").stream();
    expect(Float64Array.from({ length: 1000 }, () => draw(single))).toEqual(expected);

    const uneven = key("parts").stream();
    const parts = new Float64Array(1000);
    for (let at = 0, size = 1; at < 1000; at += size, size = Math.min(size + 2, 1000 - at)) {
      fill(uneven, parts.subarray(at, at + size));
    }
    expect(parts).toEqual(expected);

    for (const from of [700, 3, 0, 999]) {
      const part = key("parts").stream();
      part.seek(2 * from);
      expect(draw(part)).toBe(expected[from]);
    }
  });

  it("fills single precision with the rounded values", () => {
    const expected = Float32Array.from(whole((s, out) => s.fillNormal(out), 64));
    expect(key("parts").stream().fillNormal(new Float32Array(64))).toEqual(expected);
  });

  it("fills integers as single calls would, into every width", () => {
    for (const out of [new Uint32Array(50), new Int32Array(50), new Float64Array(50)]) {
      const single = key("integers").stream();
      const expected = Array.from(out, () => single.integer(1000));
      expect(Array.from(key("integers").stream().fillIntegers(out, 1000))).toEqual(expected);
    }
    expect(() => key(1).stream().fillIntegers(new Int32Array(1), 2 ** 31 + 1)).toThrow("bound = 2147483649");
    expect(() => key(1).stream().fillIntegers(new Uint32Array(1), 2 ** 32 + 1)).toThrow(DomainError);
    expect(key(1).stream().fillIntegers(new Float64Array(1), 2 ** 53 - 1)[0]).toBeGreaterThan(2 ** 32);
  });

  it("keeps its words in order whatever mixture of calls reads them, also off the block boundary", () => {
    const words = key(9).stream();
    const all = Array.from({ length: 64 }, () => words.bits());
    const mixed = key(9).stream();
    expect(mixed.bits()).toBe(all[0]);
    expect(mixed.uniform()).toBe((Math.floor(all[1]! / 32) * 2 ** 26 + Math.floor(all[2]! / 64)) / 2 ** 53);
    expect(mixed.uniform()).toBe((Math.floor(all[3]! / 32) * 2 ** 26 + Math.floor(all[4]! / 64)) / 2 ** 53);
    expect(mixed.uniformOpen()).toBe((Math.floor(all[5]! / 64) * 2 ** 26 + Math.floor(all[6]! / 64) + 0.5) / 2 ** 52);
    expect(mixed.uniformOpen()).toBe((Math.floor(all[7]! / 64) * 2 ** 26 + Math.floor(all[8]! / 64) + 0.5) / 2 ** 52);
    expect(mixed.position).toBe(9);
    for (let at = 63; at >= 0; at -= 1) {
      mixed.seek(at);
      expect(mixed.position).toBe(at);
      expect(mixed.bits()).toBe(all[at]);
      expect(mixed.position).toBe(at + 1);
    }
  });

  it("reaches blocks beyond 2^32, which differ from those below", () => {
    const stream = key(9).stream();
    const at = 4 * (2 ** 32 + 3) + 1;
    stream.seek(at);
    const far = stream.bits();
    expect(stream.position).toBe(at + 1);
    stream.seek(13);
    expect(stream.bits()).not.toBe(far);
    stream.seek(4 * (2 ** 32 + 3));
    stream.bits();
    expect(stream.bits()).toBe(far);
  });
});

describe("input outside the domain is refused with value, rule and remedy", () => {
  const stream = key(0).stream();
  const REFUSED: [string, () => unknown, string, unknown][] = [
    ...[-1, 1.5, Number.NaN, 2 ** 53].map((n): [string, () => unknown, string, unknown] => [
      `binomial(${n}, 0.5)`,
      () => drawBinomial(stream, n, 0.5),
      "n",
      n,
    ]),
    ...[1.2, -0.1, Number.NaN].map((p): [string, () => unknown, string, unknown] => [
      `binomial(10, ${p})`,
      () => drawBinomial(stream, 10, p),
      "p",
      p,
    ]),
    ...[0, -1, Number.NaN, Infinity].map((shape): [string, () => unknown, string, unknown] => [
      `gamma(${shape})`,
      () => drawGamma(stream, shape),
      "shape",
      shape,
    ]),
    ...[0, -3, 2.5, 2 ** 53].map((bound): [string, () => unknown, string, unknown] => [
      `integer(${bound})`,
      () => stream.integer(bound),
      "bound",
      bound,
    ]),
    ...[-1, 0.5, Infinity].map((position): [string, () => unknown, string, unknown] => [
      `seek(${position})`,
      () => {
        stream.seek(position);
      },
      "position",
      position,
    ]),
  ];

  it.each(REFUSED)("%s", (_, attempt, quantity, value) => {
    let caught: unknown;
    try {
      attempt();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DomainError);
    const { quantity: name, value: given, rule, remedy } = caught as DomainError;
    expect(name).toBe(quantity);
    expect(given).toBe(value);
    expect(rule).toMatch(/^must be /);
    expect(remedy).toMatch(/^Give .*\.$/);
  });

  it("and the edges of the domain are served", () => {
    expect(drawBinomial(stream, 0, 0.5)).toBe(0);
    expect(drawBinomial(stream, 10, 0)).toBe(0);
    expect(drawBinomial(stream, 10, 1)).toBe(10);
    expect(drawBinomial(stream, 2 ** 53 - 1, 5e-324)).toBe(0);
    expect(stream.integer(1)).toBe(0);
    for (const shape of [5e-324, 1e-3, 1e15, 1e300]) {
      const value = drawGamma(stream, shape);
      expect(value >= 0 && value < Infinity, `gamma(${shape}) = ${value}`).toBe(true);
    }
    const n = 2 ** 53 - 1;
    for (const p of [1e-15, 0.25, 0.5, 1 - 2 ** -53]) {
      const k = drawBinomial(stream, n, p);
      expect(Number.isSafeInteger(k) && Math.abs(k - n * p) <= 10 * Math.sqrt(n * p * (1 - p)) + 5).toBe(true);
    }
  });
});
