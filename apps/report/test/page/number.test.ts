import { describe, expect, it } from "vitest";
import { showInterval, showNumber, showPercent, superscript } from "../../src/page/number.js";
import { tied } from "../../src/page/tied.js";
import { wrapped } from "../../src/page/figure/wrap.js";

describe("numbers for readers", () => {
  it.each([
    [0, "0"],
    [4096, "4096"],
    [0.5, "0.5"],
    [-1.25, "−1.25"],
    [1 / 3, "0.3333"],
    [0.99999, "1"],
    [123456.789, "123457"],
    [1e-5, "10⁻⁵"],
    [-1e-5, "−10⁻⁵"],
    [3.14159e-9, "3.142 × 10⁻⁹"],
    [6.02214e23, "6.022 × 10²³"],
    [0.000123456, "0.0001235"],
  ])("shows %d as %s", (x, shown) => {
    expect(showNumber(x)).toBe(shown);
  });

  it("shows an interval with the digits its width deserves", () => {
    expect(showInterval(1.0041234, [0.9982111, 1.0102111])).toBe("1.004 [0.998, 1.010]");
    expect(showInterval(0.50312, [0.4512, 0.5512])).toBe("0.50 [0.45, 0.55]");
    expect(showInterval(undefined, undefined)).toBe("");
    expect(showInterval(2, undefined)).toBe("2");
    expect(showInterval(undefined, [1, 1])).toBe("[1, 1]");
    expect(showInterval(-0.001, [-0.1, 0.1])).toBe("0.00 [−0.10, 0.10]");
    expect(showInterval(1234.5, [1200, 1270])).toBe("1235 [1200, 1270]");
    expect(showInterval(2e-9, [1e-9, 3e-9])).toBe("2 × 10⁻⁹ [10⁻⁹, 3 × 10⁻⁹]");
  });

  it("never shows more than twelve digits, and always the sign", () => {
    expect(showInterval(1, [1 - 1e-15, 1 + 1e-15])).toBe("1 [1, 1]");
    expect(superscript(-12)).toBe("⁻¹²");
    expect(showPercent(0.95)).toBe("95 %");
  });
});

describe("text whose lines break where a reader would", () => {
  it.each([
    ["from n = 610 [540, 720] on (β = 2)", "from n\u00A0=\u00A0610 [540, 720] on (β\u00A0=\u00A02)"],
    ["within 5 % of it", "within 5\u00A0% of it"],
    ["an averylongwordindeed = 5", "an averylongwordindeed = 5"],
    ["a = b", "a\u00A0=\u00A0b"],
  ])("%s", (text, expected) => {
    expect(tied(text)).toBe(expected);
  });

  it("is no other text", () => {
    const text = "at n = 256, off by −26.5 [−30.5, −22.1] % where r < 20 % is allowed";
    expect(tied(text).replaceAll("\u00A0", " ")).toBe(text);
  });

  it("holds in drawings, too", () => {
    expect(wrapped("T₁: departure time of the dominant mode, k = 1 (no unit)", 46)).toEqual(["T₁: departure time of the dominant mode, k = 1", "(no unit)"]);
    expect(wrapped("k: mode, the number of clusters it forms (no unit)", 46)).toEqual(["k: mode, the number of clusters it forms", "(no unit)"]);
  });
});
