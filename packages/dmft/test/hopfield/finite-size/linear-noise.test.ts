import { attentionNetwork, classesFromColumns } from "@mesoscope/hopfield-transformer";
import { describe, expect, test } from "vitest";
import { linearisation } from "../../../src/hopfield/map/linearisation.js";
import { windowJet } from "../../../src/hopfield/finite-size/window-jet.js";
import { linearNoise, meanFieldMap, oneBitNetwork, orbitFluctuations, overlapFluctuations, periodicOrbit, retrievalMagnetisation, tokenStart, windowStart } from "../../../src/hopfield/index.js";
import { largestDifference } from "../cases.js";
import { plainNoise } from "./plain-noise.js";
import type { Variant } from "./plain-noise.js";
import { begun, table } from "./table.js";

describe("two-jets of a step", () => {
  test.each(table.jets.map((row, i) => [i, row] as const))("case %d: both derivatives against differences in 60 digits, relative 1e-12", (_, row) => {
    const { network, start } = begun(row);
    const map = meanFieldMap(network, start);
    const linear = linearisation(map);
    const jet = windowJet(map, linear.slopes, { weights: true });
    map.window.fields(map.fields);
    linear.renew();
    const c = network.features.classes;
    const direction = new Float64Array((network.contextLength + 1) * c);
    for (let d = 0; d < map.window.length; d++) for (let k = 0; k < c; k++) direction[map.window.slot(d) * c + k] = row.direction[d * c + k]!;
    for (let k = 0; k < c; k++) direction[network.contextLength * c + k] = row.direction[map.window.length * c + k]!;
    jet.along(direction);
    const scale = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
    expect(largestDifference(jet.first, row.first)).toBeLessThan(1e-12 * scale(row.first));
    expect(largestDifference(jet.second, row.second)).toBeLessThan(1e-12 * scale(row.second));
  });
});

describe("linear noise and shift", () => {
  test.each(table.noise.map((row, i) => [i, row] as const))("case %d: overlaps, covariance and shift, token by token, against the definition in 60 digits", (_, row) => {
    const { network, start } = begun(row);
    const m = network.features.features;
    const times = row.tokens.map((__, i) => i + 1);
    const known = overlapFluctuations(network, start, times, { quenched: row.quenched });
    row.tokens.forEach(({ mo, cov, shift }, i) => {
      for (let a = 0; a < m; a++) {
        // Within the error that it states, and that is small.
        expect(Math.abs(known.overlaps[i * m + a]! - mo[a]!)).toBeLessThan(known.errors.overlaps[i * m + a]!);
        expect(Math.abs(known.shift[i * m + a]! - shift[a]!)).toBeLessThan(known.errors.shift[i * m + a]! + 1e-300 + 1e-12 * Math.abs(shift[a]!));
        for (let b = 0; b < m; b++) {
          const at = (i * m + a) * m + b;
          expect(Math.abs(known.covariance[at]! - cov[a]![b]!)).toBeLessThan(known.errors.covariance[at]! + 1e-12 * Math.abs(cov[a]![a]!));
        }
        expect(known.errors.covariance[(i * m + a) * m + a]! / cov[a]![a]!).toBeLessThan(1e-9);
      }
    });
  });

  test.each([
    ["mix", 12],
    ["rot2s", 12],
    ["neg1m", 12],
  ] as const)("%s: the fast path against dense matrices and second differences, growth of the window included", (name, tokens) => {
    const network = oneBitNetwork(name);
    const start = tokenStart(network, Array.from({ length: network.features.classes }, (_, c) => 0.5 - c / 4));
    const plain = plainNoise(network, start, tokens);
    const noise = linearNoise(network, start);
    for (let t = 0; t < tokens; t++) {
      noise.step();
      const at = noise.map.window.slot(0) * network.features.classes;
      const { length } = plain.variance[t]!;
      const variance = Array.from({ length }, (_, c) => noise.covariance[(at + c) * (noise.size + 1)]!);
      expect(largestDifference(variance, plain.variance[t]!)).toBeLessThan(1e-12 * Math.max(...plain.variance[t]!));
      // Second differences at 1e-4 err by a hundred-millionth of the fourth derivative, which chaos makes large.
      expect(largestDifference(noise.shift.subarray(at, at + length), plain.shift[t]!)).toBeLessThan(1e-4 * Math.max(1, ...plain.shift[t]!.map(Math.abs)));
    }
  });

  test("negative controls: each wrong variant is off by far more than the tolerance of the test above", () => {
    const network = oneBitNetwork("mix");
    const start = tokenStart(network, [0.5, -0.25, 0.75, 0.125]);
    const right = plainNoise(network, start, 8);
    const off = (variant: Variant, what: "variance" | "shift"): number => largestDifference(plainNoise(network, start, 8, variant)[what][7]!, right[what][7]!) / Math.max(...right[what][7]!.map(Math.abs));
    expect(off("no-class-weight", "variance")).toBeGreaterThan(0.5);
    expect(off("no-curvature", "shift")).toBeGreaterThan(0.9);
    expect(off("diagonal-curvature", "shift")).toBeGreaterThan(0.1);
    // 1 - tanh^2 has no digits where the field saturates: the variance would be zero.
    const hop = oneBitNetwork("hop1", { contextLength: 1, beta: 24 });
    expect(plainNoise(hop, tokenStart(hop), 1, "naive-sech").variance[0]![0]).toBe(0);
    expect(plainNoise(hop, tokenStart(hop), 1).variance[0]![0]! / table.noise[4]!.tokens[0]!.cov[0]![0]!).toBeCloseTo(1, 13);
  });

  test("merging two halves of a class changes nothing; a window of drawn bits begins with their variance", () => {
    const whole = oneBitNetwork("hop1");
    const features = classesFromColumns({ weights: [0.25, 0.75], xi: { o: [[1, 1]], v: [[1, 1]], q: [[1, 1]], k: [[1, 1]] } });
    const split = attentionNetwork({ ...whole, features });
    const one = overlapFluctuations(whole, tokenStart(whole, [0.5]), [1, 4, 9], { begin: "drawn" });
    const two = overlapFluctuations(split, tokenStart(split, [0.5, 0.5]), [1, 4, 9], { begin: "drawn" });
    expect(largestDifference(one.covariance, two.covariance)).toBeLessThan(1e-13);
    expect(largestDifference(one.shift, two.shift)).toBeLessThan(1e-13);
    const certain = overlapFluctuations(whole, tokenStart(whole, [0.5]), [1]);
    // One token later the drawn bits bring (J^2)(1 - u^2) more.
    const slope = 1.4 * (1 - Math.tanh(1.4 * 0.5) ** 2);
    expect(one.covariance[0]! - certain.covariance[0]!).toBeCloseTo(slope * slope * 0.75, 13);
  });

  test("numerical errors grow with chaos and stay below 1e-9 up to the horizon of 1e12 bits", () => {
    const network = oneBitNetwork("paper3");
    const known = overlapFluctuations(network, tokenStart(network), Array.from({ length: 400 }, (_, i) => i + 1), { shift: false });
    const beyond = known.largestVariance.findIndex((variance) => variance > 1e12 * 0.01);
    expect(beyond).toBeGreaterThan(40);
    expect(Math.max(...known.errors.overlaps.subarray(0, 3 * beyond))).toBeLessThan(1e-9);
    // Far beyond it rounding has taken over, and the error says so.
    expect(known.errors.overlaps[3 * 399]!).toBeGreaterThan(1e-3);
  });

  test("growth beyond all bounds ends in infinities that are told, not in NaN", () => {
    const network = oneBitNetwork("rot2s", { gamma: 20, contextLength: 3, beta: 1.76 });
    const known = overlapFluctuations(network, tokenStart(network, [0.3, 0.6]), [10, 1000]);
    expect(known.covariance[0]).toBeLessThan(1e10);
    expect(known.covariance[4]).toBe(Infinity);
    expect([...known.overlaps, ...known.covariance, ...known.shift].some(Number.isNaN)).toBe(false);
  });
});

describe("fluctuations around an orbit", () => {
  test.each([0.3, 0.6, 0.9, 1.5, 2])("hop1 with one token, beta = %d: (1 - m^2)/(1 - (beta(1 - m^2))^2), and the shift m m''/(2 (1 - m'))", (beta) => {
    const network = oneBitNetwork("hop1", { contextLength: 1, beta });
    const m = retrievalMagnetisation(beta);
    const orbit = periodicOrbit(network, windowStart(network, [[m]], 0), 1, { tolerance: 1e-14 });
    const { covariance, shift, relativeError } = orbitFluctuations(network, orbit);
    const slope = beta * (1 - m * m);
    const variance = (1 - m * m) / (1 - slope * slope);
    expect(relativeError).toBeLessThan(1e-13);
    expect(covariance[0]! / variance).toBeCloseTo(1, 12);
    expect(shift[0]).toBeCloseTo((-m * beta * slope * variance) / (1 - slope), 12);
  });

  test("is what a long run of the covariance settles to: period 4 of the published network", () => {
    const network = oneBitNetwork("paper3", { beta: 1.1 });
    const map = meanFieldMap(network, tokenStart(network));
    map.run(20_000);
    const orbit = periodicOrbit(network, map.state(), 4, { tolerance: 1e-13 });
    const settled = orbitFluctuations(network, orbit);
    const noise = linearNoise(network, orbit.window);
    for (let i = 0; i < 4000; i++) noise.step();
    expect(largestDifference(noise.ordered().covariance, settled.window) / Math.max(...settled.window)).toBeLessThan(1e-10);
    const shift = new Float64Array(3);
    noise.step();
    expect(largestDifference(noise.overlapShift(shift), settled.shift.subarray(0, 3)) / Math.max(...settled.shift.map(Math.abs))).toBeLessThan(1e-9);
  });

  test("an unstable orbit is refused: noise grows around it", () => {
    const network = oneBitNetwork("hop1", { contextLength: 1, beta: 1.5 });
    const orbit = periodicOrbit(network, windowStart(network, [[0]], 0), 1, { tolerance: 1e-14 });
    expect(() => orbitFluctuations(network, orbit)).toThrow('orbit = "unstable": must be converged and stable');
  });
});
