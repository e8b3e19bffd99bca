import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { key, sobolPoints } from "../../src/index.js";

const table = JSON.parse(readFileSync(new URL("../tables/sobol.json", import.meta.url), "utf8")) as { readonly rows: readonly (readonly [number, number, number])[] };

/** Cells of a 2^a by 2^b grid over two coordinates: the most and the fewest points in one. */
function occupation(points: Float64Array, dimensions: number, [first, second]: readonly [number, number], a: number, b: number): readonly [number, number] {
  const cells = new Uint32Array(2 ** (a + b));
  for (let i = 0; i < points.length / dimensions; i++) {
    cells[Math.floor(points[i * dimensions + first]! * 2 ** a) * 2 ** b + Math.floor(points[i * dimensions + second]! * 2 ** b)]! += 1;
  }
  return [Math.max(...cells), Math.min(...cells)];
}

describe("Sobol points", () => {
  it("are SciPy's, digit by digit", () => {
    const points = sobolPoints(64, 2 ** 13);
    for (const [i, d, word] of table.rows) expect(Math.floor(points[i * 64 + d]! * 2 ** 32)).toBe(word);
    expect(table.rows.length).toBeGreaterThan(200);
  });

  it("form nets: the first 2^k points put one into each cell of the first two coordinates, scrambled or not", () => {
    for (const points of [sobolPoints(3, 2 ** 10), sobolPoints(3, 2 ** 10, { scramble: key("net").stream() })]) {
      for (let a = 0; a <= 10; a++) expect(occupation(points, 3, [0, 1], a, 10 - a)).toEqual([1, 1]);
    }
    // The negative control: chance does not.
    const chance = key("chance").stream().fillUniform(new Float64Array(3 * 2 ** 10));
    expect(occupation(chance, 3, [0, 1], 5, 5)[0]).toBeGreaterThan(1);
  });

  it("when scrambled, estimate without bias and with an error that falls as n^-3/2 in a smooth integral", () => {
    // Mean of exp(x + y) over the square: (e - 1)^2.
    const spread = (k: number): number => {
      const deviations = Array.from({ length: 24 }, (_, r) => {
        const points = sobolPoints(2, 2 ** k, { scramble: key("rate").fold(k, r).stream() });
        let sum = 0;
        for (let i = 0; i < 2 ** k; i++) sum += Math.exp(points[2 * i]! + points[2 * i + 1]!);
        return sum / 2 ** k - (Math.E - 1) ** 2;
      });
      const root = Math.sqrt(deviations.reduce((sum, x) => sum + x * x, 0) / 24);
      // 24 independent scrambles: the mean lies within four standard errors of the exact value.
      expect(Math.abs(deviations.reduce((sum, x) => sum + x, 0) / 24)).toBeLessThan((4 * root) / Math.sqrt(24));
      return root;
    };
    const rate = Math.log2(spread(7) / spread(13)) / 6;
    expect(rate).toBeGreaterThan(1.2); // chance: 0.5
  });

  it("depend on the stream alone, and keep each coordinate inside the open interval", () => {
    const [a, b, c] = ["a", "a", "b"].map((name) => sobolPoints(5, 64, { scramble: key(name).stream() }));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    for (const x of [...a!, ...sobolPoints(64, 4)]) expect(x > 0 && x < 1).toBe(true);
  });

  it("refuses what there are no direction numbers for", () => {
    expect(() => sobolPoints(65, 8)).toThrow("dimensions = 65: must be an integer from 1 to 64");
    expect(() => sobolPoints(2, 0)).toThrow("count = 0");
  });
});
