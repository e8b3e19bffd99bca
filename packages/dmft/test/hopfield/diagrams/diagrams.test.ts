import { key } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { attractorFrom, basins, continuationBlock, diagramColumn, isSameAttractor, meanFieldMap, missedBasinShare, phaseRow, randomStart, REGIMES, tokenStart, windowStart } from "../../../src/hopfield/index.js";
import type { BasinOptions, DiagramColumn, DiagramOptions } from "../../../src/hopfield/index.js";
import { networkOf, published } from "../cases.js";

const DIAGRAM: DiagramOptions = { burnIn: 3000, tokens: 400, most: 400, feature: 0, section: { kind: "every-token" } };
/** The smallest chaotic head where chaos and period 4 coexist. */
const coexisting = networkOf("neg1m", { L: 2, beta: 2.4, gamma: 0.88, logit_scale: 1 });

describe("bifurcation diagram", () => {
  it("a column is what the map visits", () => {
    const network = published(1.28);
    const column = diagramColumn(network, tokenStart(network), DIAGRAM);
    const map = meanFieldMap(network, tokenStart(network));
    map.run(3001);
    expect(column.dots[0]).toBe(map.overlaps(new Float64Array(3))[0]);
    expect(column).toMatchObject({ beta: 1.28, passed: 400 });
    expect(column.end.t).toBe(3400);
  });

  it("the section keeps the tokens next to m^o_2 = 0, and counts those beyond the most", () => {
    const network = published(1.28);
    const section = { kind: "near-zero", feature: 1, within: 0.01 } as const;
    const all = diagramColumn(network, tokenStart(network), { ...DIAGRAM, tokens: 20_000, most: 1e6, section });
    expect(all.dots.length).toBe(all.passed);
    expect(all.passed).toBeGreaterThan(10);
    expect(all.passed).toBeLessThan(2000);
    const few = diagramColumn(network, tokenStart(network), { ...DIAGRAM, tokens: 20_000, most: 5, section });
    expect([...few.dots]).toEqual([...all.dots.subarray(0, 5)]);
    expect(few.passed).toBe(all.passed);
  });

  it("blocks that go on from each other are the whole, byte for byte", () => {
    const betas = [1.24, 1.25, 1.26, 1.27, 1.28, 1.29];
    const network = published(1.24);
    const whole = continuationBlock(network, betas, tokenStart(network), DIAGRAM);
    const head = continuationBlock(network, betas.slice(0, 2), tokenStart(network), DIAGRAM);
    const tail = continuationBlock(network, betas.slice(2), head[1]!.end, DIAGRAM);
    expect([...head, ...tail]).toEqual(whole);
  });

  it("forward, backward and same start differ where attractors coexist, and agree where there is one", () => {
    const spread = (dots: Float64Array): number => new Set(Array.from(dots, (x) => x.toFixed(6))).size;
    const up = [2.3, 2.35, 2.4];
    const orbit = windowStart(coexisting, [[0.9], [0.1]], 1);
    const forward = continuationBlock(coexisting, up, orbit, DIAGRAM).at(-1)!;
    const same = diagramColumn(coexisting, windowStart(coexisting, [[0.37], [-0.21]], 1), DIAGRAM);
    expect(spread(forward.dots)).toBeLessThanOrEqual(4);
    expect(spread(same.dots)).toBeGreaterThan(200);
    const one = published(0.5);
    const down = continuationBlock(one, [0.6, 0.55, 0.5], tokenStart(one), DIAGRAM).at(-1)!;
    const direct = diagramColumn(one, tokenStart(one), DIAGRAM);
    expect(Math.max(...down.dots)).toBeCloseTo(Math.max(...direct.dots), 12);
  });

  it("a torus followed up from 1.255 is still there at 1.266, where the usual start finds chaos", () => {
    const lyapunov = { burnIn: 0, alignment: 200, tokens: 40_000, blocks: 20, tolerance: 1, count: 1 };
    const betas = Array.from({ length: 12 }, (_, i) => 1.255 + 0.001 * i);
    const options = { ...DIAGRAM, burnIn: 20_000 };
    const network = published(1.255);
    const rate = (column: DiagramColumn): number => {
      const one = column.spectrum!.exponents[0]!;
      return one.kind === "finite" ? one.value : NaN;
    };
    const followed = continuationBlock(network, betas.slice(0, -1), tokenStart(network), options).at(-1)!;
    const there = published(1.266);
    expect(Math.abs(rate(diagramColumn(there, followed.end, { ...options, lyapunov })))).toBeLessThan(2e-4);
    expect(rate(diagramColumn(there, tokenStart(there), { ...options, lyapunov }))).toBeGreaterThan(0.04);
  });

  it("carries spectra, if asked, and goes on behind them", () => {
    const network = published(1.28);
    const column = diagramColumn(network, tokenStart(network), { ...DIAGRAM, lyapunov: { burnIn: 0, alignment: 200, tokens: 2000, blocks: 20, tolerance: 1e-2, count: 2 } });
    expect(column.spectrum!.exponents).toHaveLength(2);
    expect(column.end.t).toBe(3400 + 2200);
  });

  it("refuses a feature that is not there, and a section of no width", () => {
    const network = published(1.28);
    expect(() => diagramColumn(network, tokenStart(network), { ...DIAGRAM, feature: 3 })).toThrow(/feature = 3: must be an integer from 0 to 2/);
    expect(() => diagramColumn(network, tokenStart(network), { ...DIAGRAM, section: { kind: "near-zero", feature: 0, within: 0 } })).toThrow(/section.within = 0/);
  });
});

describe("map of regimes", () => {
  it("a row holds what each cell is by itself", () => {
    const network = networkOf("rot2s", { L: 2, beta: 2, gamma: 5, logit_scale: 1 });
    const start = windowStart(network, [[-0.311, 0.877], [-0.326, 0.519]], 1);
    const options = { burnIn: 20_000, alignment: 200, tokens: 10_000, blocks: 20, tolerance: 1e-2, zero: 1e-3, margin: 3, period: { longest: 100, closeness: 1e-8, over: 60 } };
    const row = phaseRow(network, 2, [0, 5, 10], start, options);
    expect(row.gammas).toEqual(Float64Array.of(0, 5, 10));
    expect(REGIMES[row.regimes[1]!]).toBe("chaos");
    expect(REGIMES[row.regimes[2]!]).toBe("chaos");
    expect([...row.known]).toEqual([1, 1, 1]);
    expect(phaseRow(network, 2, [10], start, options).exponents[0]).toBe(row.exponents[2]);
    const period = phaseRow(network, 4, [5], start, options);
    expect([REGIMES[period.regimes[0]!], period.periods[0]]).toEqual(["periodic", 5]);
    const zero = phaseRow(network, 0, [5], start, options);
    expect([zero.known[0], zero.exponents[0], REGIMES[zero.regimes[0]!]]).toEqual([0, 0, "fixed-point"]);
  });
});

const BASINS: BasinOptions = {
  starts: 26, radius: 1, burnIn: 20_000, level: 0.95, period: { longest: 100, closeness: 1e-8, over: 60 },
  momentTokens: 10_000, orbitCloseness: 1e-6, momentCloseness: 3e-3, margin: 5, upToSign: false,
};

describe("basins", () => {
  const keyed = key(1).fold("basins");

  it("26 starts exclude basins above 11 %, at 95 %", () => {
    expect(missedBasinShare(26, 0.95)).toBeCloseTo(0.10883, 5);
    expect(missedBasinShare(1, 0.95)).toBeCloseTo(0.95, 14);
    expect(() => missedBasinShare(26, 1)).toThrow(/1 - level = 0/);
  });

  it("the smallest chaotic head has chaos and an orbit of period 4", () => {
    const { attractors, missedBasinBelow, starts } = basins(coexisting, keyed, { ...BASINS, upToSign: true });
    expect(attractors.map(({ fingerprint }) => (fingerprint.kind === "periodic" ? fingerprint.period : fingerprint.kind)).sort()).toEqual([4, "aperiodic"]);
    expect(attractors.flatMap((one) => one.starts).sort((a, b) => a - b)).toEqual(Array.from({ length: 26 }, (_, i) => i));
    expect(missedBasinBelow).toBe(missedBasinShare(starts, 0.95));
  });

  it("the published system: one orbit at 1.2, one torus at 1.255, period 44 beside a torus at 1.26451, periods 28 and 56 at 1.27", () => {
    const kinds = (beta: number, starts: number): (string | number)[] =>
      basins(published(beta), keyed, { ...BASINS, starts }).attractors.map(({ fingerprint }) => (fingerprint.kind === "periodic" ? fingerprint.period : fingerprint.kind)).sort();
    expect(kinds(1.2, 8)).toEqual([4]);
    expect(kinds(1.255, 8)).toEqual(["aperiodic"]);
    expect(kinds(1.26451, 26)).toEqual([44, "aperiodic"]);
    expect(kinds(1.27, 12)).toEqual([28, 56]);
  });

  it("start i is the same alone and among others, and starts of one orbit at different phases are one attractor", () => {
    expect(randomStart(coexisting, keyed, 7, 0.5)).toEqual(randomStart(coexisting, keyed, 7, 0.5));
    expect(randomStart(coexisting, keyed, 7, 0.5)).not.toEqual(randomStart(coexisting, keyed, 8, 0.5));
    const network = networkOf("rot2s", { L: 2, beta: 4, gamma: 5, logit_scale: 1 });
    const start = windowStart(network, [[-0.311, 0.877], [-0.326, 0.519]], 1);
    const later = meanFieldMap(network, start);
    later.run(3);
    const a = attractorFrom(network, start, BASINS);
    expect(isSameAttractor(a, attractorFrom(network, later.state(), BASINS), BASINS)).toBe(true);
    const mirrored = attractorFrom(network, { u: start.u.map((x) => -x), t: 1 }, BASINS);
    expect(isSameAttractor(a, mirrored, { ...BASINS, upToSign: true })).toBe(true);
  });
});
