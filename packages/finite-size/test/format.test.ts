import { expect, it } from "vitest";
import { formatNumber, formatPercent, formatWithInterval } from "../src/index.js";

it.each([
  [0, "0"],
  [0.0123456, "0.0123"],
  [4096, "4096"],
  [1234.56, "1230"],
  [-0.5, "−0.5"],
  [1.5e-7, "1.5·10⁻⁷"],
  [2.5e9, "2.5·10⁹"],
  [1e6, "10⁶"],
  [-1e-12, "−10⁻¹²"],
  [-9.999e-5, "−10⁻⁴"],
])("formatNumber(%f) = %s", (x, text) => {
  expect(formatNumber(x)).toBe(text);
});

it("gives a value as many digits as its interval deserves", () => {
  expect(formatPercent(0.02)).toBe("2 %");
  expect(formatWithInterval(0.0040321, [0.001231, 0.006826], true)).toBe("0.40 [0.12, 0.68] %");
  expect(formatWithInterval(12.3456, [11.9, 12.8])).toBe("12.35 [11.90, 12.80]");
  expect(formatWithInterval(1234.5, [1200, 1300])).toBe("1235 [1200, 1300]");
  expect(formatWithInterval(-0.001, [-0.4, 0.4])).toBe("0.00 [−0.40, 0.40]");
});
