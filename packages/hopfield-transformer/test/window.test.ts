import { tanh } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { AttentionNetwork, FeatureClasses, Role } from "../src/index.js";
import { attentionNetwork, attentionWindow, classesFromColumns, gaugeFlip, overlaps, phaseOf, positionalWord, referenceFields, ROLES, softmax } from "../src/index.js";
import { casesOf, largestDifference, networkOf, randomFeatures, randomWindow, streamOf, system } from "./systems.js";

interface Step {
  readonly mq: number[];
  readonly mk: number[][];
  readonly mv: number[][];
  readonly logits: number[];
  readonly alpha: number[];
  readonly A: number[];
  readonly u_next: number[];
}

interface Trajectory {
  readonly u: number[][];
  readonly A: number[][];
}

/** Fields of a window by the machine. */
function fieldsOf(network: AttentionNetwork, window: readonly ArrayLike<number>[], t: number): Float64Array {
  const machine = attentionWindow(network);
  machine.startFromWindow(window.flatMap((row) => Array.from(row)), t);
  return machine.fields(new Float64Array(network.features.classes));
}

describe("reference cases", () => {
  test.each(casesOf<Step>("step"))("%s: every quantity of one step", (_, { input, expected }) => {
    const network = networkOf(input);
    const { query, keys, values, logits, attention, output, fields } = referenceFields(network, input.U, input.t);
    expect(largestDifference(query, expected.mq)).toBeLessThan(1e-14);
    keys.forEach((row, d) => { expect(largestDifference(row, expected.mk[d]!)).toBeLessThan(1e-14); });
    values.forEach((row, d) => { expect(largestDifference(row, expected.mv[d]!)).toBeLessThan(1e-14); });
    expect(largestDifference(logits, expected.logits)).toBeLessThan(1e-14);
    expect(largestDifference(attention, expected.alpha)).toBeLessThan(1e-14);
    expect(largestDifference(output, expected.A)).toBeLessThan(1e-14);
    expect(largestDifference(fields.map((h) => tanh(input.beta * h)), expected.u_next)).toBeLessThan(1e-14);

    const machine = attentionWindow(network);
    machine.startFromWindow(input.U.flat(), input.t);
    const h = machine.fields(new Float64Array(network.features.classes));
    expect(largestDifference(h, fields)).toBeLessThan(1e-14);
    expect(largestDifference(machine.output, expected.A)).toBeLessThan(1e-14);
    input.U.forEach((__, d) => { expect(Math.abs(machine.attention[machine.slot(d)]! - expected.alpha[d]!)).toBeLessThan(1e-14); });
  });

  test.each(casesOf<Trajectory>("trajectory"))("%s: the machine follows with tanh as its next token", (_, { input, expected, tol }) => {
    const network = networkOf(input);
    const machine = attentionWindow(network);
    machine.startFromWindow(input.U.flat(), input.t);
    const u = new Float64Array(network.features.classes);
    expected.u.forEach((row, i) => {
      machine.fields(u).forEach((h, c) => (u[c] = tanh(input.beta * h)));
      expect(largestDifference(machine.output, expected.A[i]!)).toBeLessThan(tol);
      expect(largestDifference(u, row)).toBeLessThan(tol);
      machine.push(u);
      expect(machine.time).toBe(input.t + 1 + i);
      expect(machine.length).toBe(Math.min(input.L, input.U.length + 1 + i));
    });
  });
});

describe("the machine against the definition", () => {
  // 300 heads: M 1..5, C 1..7, P 0..3, L 1..9, gamma up to 1e6; a run of each through growth and forgetting.
  test("one step to 1e-14, and what the softmax makes of rounded logits, through whole runs", () => {
    for (let i = 0; i < 300; i += 1) {
      const stream = streamOf("machine", i);
      const [m, classes, p, length] = [1 + stream.integer(5), 1 + stream.integer(7), stream.integer(4), 1 + stream.integer(9)];
      const gamma = [0, 0.7, 12, 220, 1e6, -30][i % 6]!;
      const network = attentionNetwork({ features: randomFeatures(stream, m, classes, p), contextLength: length, beta: 1.5, gamma, positionalWeight: p === 0 ? 0 : 0.3 * stream.uniform() });
      let window = randomWindow(stream, 1 + stream.integer(length), classes);
      let t = stream.integer(40) - 20;
      const machine = attentionWindow(network);
      machine.startFromWindow(window.flat(), t);
      for (let step = 0; step < 12; step += 1) {
        const plain = referenceFields(network, window, t);
        // A logit errs by some units in its last place, and its weight by alpha (1 - alpha) of that.
        const soft = plain.attention.reduce((sum, alpha) => sum + alpha * (1 - alpha), 0);
        expect(largestDifference(machine.fields(new Float64Array(classes)), plain.fields)).toBeLessThan(1e-14 + 8 * m * Number.EPSILON * Math.abs(network.sharpness) * soft);
        const next = randomWindow(stream, 1, classes)[0]!;
        machine.push(next);
        window = [next, ...window].slice(0, length);
        t += 1;
      }
    }
  });

  test("starts anew without a trace of what was before", () => {
    const stream = streamOf("anew");
    const network = attentionNetwork({ features: randomFeatures(stream, 2, 3, 2), contextLength: 4, beta: 1, gamma: 5, positionalWeight: 0.1 });
    const used = attentionWindow(network);
    used.startFromToken([1, 1, 1]);
    for (let i = 0; i < 7; i += 1) used.push(randomWindow(stream, 1, 3)[0]!);
    used.startFromToken([0.5, -0.5, 0], 6);
    const fresh = attentionWindow(network);
    fresh.startFromToken([0.5, -0.5, 0], 6);
    expect(used.fields(new Float64Array(3))).toEqual(fresh.fields(new Float64Array(3)));
    expect([used.length, used.time, used.phase]).toEqual([1, 6, 2]);
  });

  test("a window that starts before token 0 has true phases", () => {
    const network = attentionNetwork({ features: system("mix"), contextLength: 3, beta: 1.6, gamma: 8, positionalWeight: 0.1 });
    const window = randomWindow(streamOf("negative"), 3, 4);
    expect([-1, -4, -5, 7].map((t) => phaseOf(t, 2))).toEqual([3, 0, 3, 3]);
    expect(largestDifference(fieldsOf(network, window, 1), fieldsOf(network, window, 5))).toBe(0);
    expect([0, 1, 2, 3].map((phase) => Array.from(positionalWord(phase, 2)))).toEqual([[-1, -1], [-1, 1], [1, -1], [1, 1]]);
  });
});

describe("edges", () => {
  const network = (gamma: number, L = 4): AttentionNetwork => attentionNetwork({ features: system("neg1m"), contextLength: L, beta: 2, gamma });

  test("equal logits share equally, at any sharpness", () => {
    const machine = attentionWindow(network(1e6));
    machine.startFromWindow([0.3, 0.3, 0.3, 0.3], 3);
    machine.fields(new Float64Array(1));
    expect(Array.from(machine.attention)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(Array.from(softmax(Float64Array.of(800, 800, -1e300)))).toEqual([0.5, 0.5, 0]);
  });

  test("hard attention is the limit of large gamma, and 1e6 does not overflow", () => {
    const h = fieldsOf(network(1e6), [[0.9], [0.2], [-0.7], [0.1]], 3);
    // k = -q: the newest attends to what differs most from it, and v = -o.
    expect(h[0]).toBeCloseTo(0.7, 14);
  });

  test("an exact zero without positions stays exactly zero", () => {
    const machine = attentionWindow(network(7));
    machine.startFromToken([0]);
    const u = new Float64Array(1);
    for (let t = 0; t < 20; t += 1) {
      machine.fields(u);
      u[0] = tanh(2 * u[0]!);
      machine.push(u);
      expect(Math.abs(u[0])).toBe(0);
    }
  });
});

describe("symmetries", () => {
  const stream = streamOf("symmetries");
  const features = randomFeatures(stream, 3, 5, 2);
  const head = (f: FeatureClasses, L = 3, gamma = 20): AttentionNetwork => attentionNetwork({ features: f, contextLength: L, beta: 1.3, gamma, positionalWeight: 0.2 });
  const window = randomWindow(stream, 3, 5);
  const same = (a: AttentionNetwork, b: AttentionNetwork, w = window): void => {
    expect(largestDifference(fieldsOf(a, w, 6), fieldsOf(b, w, 6))).toBeLessThan(3e-14);
  };
  const differs = (a: AttentionNetwork, b: AttentionNetwork): void => {
    expect(largestDifference(fieldsOf(a, window, 6), fieldsOf(b, window, 6))).toBeGreaterThan(1e-3);
  };
  /** Rows of some roles moved or multiplied, positional parts with them. */
  const changed = (roles: readonly Role[], of: (row: Float64Array, a: number, rows: readonly Float64Array[]) => Float64Array): FeatureClasses => {
    const apply = (matrix: Float64Array, width: number): Float64Array => {
      const rows = Array.from({ length: 3 }, (_, a) => matrix.slice(a * width, (a + 1) * width));
      return Float64Array.from(rows.flatMap((row, a) => Array.from(of(row, a, rows))));
    };
    const all = (matrices: FeatureClasses["xi"], width: number): FeatureClasses["xi"] =>
      Object.fromEntries(ROLES.map((role) => [role, roles.includes(role) ? apply(matrices[role], width) : matrices[role]])) as unknown as FeatureClasses["xi"];
    return { ...features, xi: all(features.xi, 5), zeta: all(features.zeta, 2) };
  };
  const cycled = (roles: readonly Role[]): FeatureClasses => changed(roles, (_, a, rows) => rows[(a + 1) % 3]!);
  const flipped = (roles: readonly Role[]): FeatureClasses => changed(roles, (row, a) => (a === 1 ? row.map((entry) => -entry) : row));

  test("features may be numbered anew jointly in (o, v), and jointly in (q, k), but not alone", () => {
    same(head(features), head(cycled(["o", "v"])));
    same(head(features), head(cycled(["q", "k"])));
    differs(head(features), head(cycled(["v"])));
    differs(head(features), head(cycled(["k"])));
  });

  test("signs of a feature may flip in both of (o, v), or of (q, k), but not alone", () => {
    same(head(features), head(flipped(["o", "v"])));
    same(head(features), head(flipped(["q", "k"])));
    differs(head(features), head(flipped(["o"])));
    differs(head(features), head(flipped(["q"])));
  });

  test("a class may be flipped with its bits", () => {
    const flips = [1, -1, -1, 1, -1];
    const turned = fieldsOf(head(gaugeFlip(features, flips)), window.map((row) => row.map((u, c) => u * flips[c]!)), 6);
    expect(largestDifference(turned.map((h, c) => h * flips[c]!), fieldsOf(head(features), window, 6))).toBeLessThan(1e-15);
  });

  test("without positions u -> -u", () => {
    const odd = attentionNetwork({ features, contextLength: 3, beta: 1.3, gamma: 20 });
    const mirrored = fieldsOf(odd, window.map((row) => row.map((u) => -u)), 6);
    expect(largestDifference(mirrored.map((h) => -h), fieldsOf(odd, window, 6))).toBeLessThan(1e-15);
  });

  test("L = 1 knows neither gamma nor queries and keys; gamma = 0 no queries and keys", () => {
    const other: FeatureClasses = { ...features, xi: { ...features.xi, q: features.xi.o, k: features.xi.v } };
    same(head(features, 1), head(other, 1, 999), window.slice(0, 1));
    same(head(features, 3, 0), head(other, 3, 0));
    differs(head(features), head(other));
  });
});

describe("negative controls: known-wrong variants miss the reference cases", () => {
  type Fault = "none" | "phase" | "newest" | "factor";

  /** One step with a fault in it. */
  function step(network: AttentionNetwork, window: readonly number[][], t: number, fault: Fault): Float64Array {
    const { features: { features: m, classes, xi, positionalBits: p }, positionalWeight: eps, sharpness, beta } = network;
    const of = (role: Role, u: readonly number[], at: number): Float64Array => {
      const phase = fault === "phase" ? ((at % (p * p)) + p * p) % (p * p) : at;
      const right = overlaps(network, role, u, phase);
      const position = overlaps(network, role, u.map(() => 0), phase);
      return fault === "factor" ? right.map((x, a) => (x - position[a]!) / (1 - eps) + position[a]!) : right;
    };
    const query = of("q", window[0]!, t);
    const seen = fault === "newest" ? window.slice(1) : window;
    const lag = fault === "newest" ? 1 : 0;
    const alpha = softmax(Float64Array.from(seen, (u, d) => sharpness * of("k", u, t - d - lag).reduce((sum, k, a) => sum + k * query[a]!, 0)));
    const output = new Float64Array(m);
    seen.forEach((u, d) => { of("v", u, t - d - lag).forEach((v, a) => (output[a]! += alpha[d]! * v)); });
    return Float64Array.from({ length: classes }, (_, c) => tanh(beta * output.reduce((h, one, a) => h + xi.o[a * classes + c]! * one, 0)));
  }

  const cases = new Map(casesOf<Step>("step"));
  const missBy = (id: string, fault: Fault): number => {
    const { input, expected } = cases.get(id)!;
    return largestDifference(step(networkOf(input), input.U, input.t, fault), expected.u_next);
  };

  test("this variant code without a fault is right", () => {
    for (const id of ["step-1", "step-5"]) expect(missBy(id, "none")).toBeLessThan(1e-14);
  });

  test("phase modulo P^2", () => {
    expect(missBy("step-5", "phase")).toBeGreaterThan(1e-3);
    // The trap: for P = 2 it is the same.
    expect(missBy("step-1", "phase")).toBeLessThan(1e-14);
  });

  test("attention without the newest token", () => {
    for (const id of ["step-1", "step-5"]) expect(missBy(id, "newest")).toBeGreaterThan(1e-3);
  });

  test("dropped factor 1 - eps", () => {
    for (const id of ["step-1", "step-5"]) expect(missBy(id, "factor")).toBeGreaterThan(1e-3);
  });
});

describe("what is refused", () => {
  const features = classesFromColumns({ weights: [1], xi: { o: [[1]], v: [[1]], q: [[1]], k: [[1]] } });
  const head = { features, contextLength: 2, beta: 1, gamma: 1 };

  test.each([
    [{ contextLength: 0 }, "contextLength = 0: must be an integer of at least 1"],
    [{ contextLength: 1.5 }, "contextLength = 1.5"],
    [{ beta: -1 }, "beta = -1: must be a number of at least 0"],
    [{ beta: Infinity }, "beta = Infinity: must be finite"],
    [{ gamma: Infinity }, "1e6 is as good as infinite"],
    [{ positionalWeight: 0.1 }, "positionalWeight = 0.1: must be 0 without positional bits"],
    [{ positionalWeight: 2 }, "positionalWeight = 2: must be a number from 0 to 1"],
    [{ logitScale: Number.NaN }, "logitScale = NaN: must be finite"],
  ])("a head with %o", (change, message) => {
    expect(() => attentionNetwork({ ...head, ...change })).toThrow(message);
  });

  test.each([
    [[], "u.length = 0: must be l C with C = 1 and 1 <= l <= L = 2"],
    [[0, 0, 0], "u.length = 3"],
    [[1.5], "u[0] = 1.5: must lie within [-1, 1]"],
    [[Number.NaN], "u[0] = NaN"],
  ])("a start from %o", (u, message) => {
    const machine = attentionWindow(attentionNetwork(head));
    expect(() => {
      machine.startFromWindow(u, 0);
    }).toThrow(message);
  });

  test("fields and tokens before a start", () => {
    const machine = attentionWindow(attentionNetwork(head));
    expect(() => machine.fields(new Float64Array(1))).toThrow("Start the window with startFromToken or startFromWindow.");
    expect(() => {
      machine.push([0]);
    }).toThrow("window.length = 0");
  });
});
