import { readFileSync } from "node:fs";
import { C1, C2, C3, C4 } from "@mesoscope/transformer";
import type { Architecture } from "@mesoscope/transformer";
import { describe, expect, test } from "vitest";
import * as theory from "../../../src/transformer/index.js";
import { whichLimit } from "../../../src/transformer/index.js";
import type { LimitQuestion } from "../../../src/transformer/index.js";

const base: LimitQuestion = { N: 16, H: 8, L: 1, alphaA: 1, alphaL: 1, architecture: C2, scheme: "mean-field", optimiser: "sgd" };
const untrained = (architecture: Architecture): Architecture => ({ ...architecture, trained: [] });
const ask = (more: Partial<LimitQuestion>): ReturnType<typeof whichLimit> => whichLimit({ ...base, ...more });
const applying = (advice: ReturnType<typeof whichLimit>): string[] => advice.theories.filter(({ applies }) => applies === "yes").map(({ id }) => id);
const warned = (advice: ReturnType<typeof whichLimit>): string[] => advice.warnings.map(({ id }) => id);
const orders = (advice: ReturnType<typeof whichLimit>, id: string): string[] => advice.theories.find((each) => each.id === id)!.errors.map(({ kind, order }) => `${kind} ${order}`);

describe("which theory", () => {
  test.each<[string, Partial<LimitQuestion>, string[]]>([
    ["a block, wide heads", {}, ["one-block"]],
    ["a block on a frozen embedding", { architecture: { ...C2, readIn: "frozen" } }, ["one-block"]],
    ["heads read out directly, finite: the map itself and its limit", { architecture: C1 }, ["head-map", "head-map-limit"]],
    ["the same on a frozen embedding: the limit alone", { architecture: { ...C1, readIn: "frozen" } }, ["head-map-limit"]],
    ["heads read out directly, infinitely many", { architecture: C1, H: "infinite", alphaA: 0.5 }, ["head-map-limit"]],
    ["nothing trained", { architecture: untrained(C2) }, ["kernels-at-initialisation"]],
    ["deep and untrained, alphaL = 1/2", { architecture: untrained(C4), L: 32, alphaL: 0.5 }, ["kernels-at-initialisation", "depth-equation"]],
    ["deep and untrained, alphaL = 1", { architecture: untrained(C4), L: 32 }, ["kernels-at-initialisation"]],
    ["the NTK scheme", { scheme: "ntk", architecture: C4, L: 2, alphaA: 0.5 }, ["tangent-kernel"]],
    ["the NTK scheme above alphaA = 1/2, which tangentKernel refuses", { scheme: "ntk", architecture: C4, L: 2 }, []],
    ["lazy heads read out directly: no kernel here, but the map", { architecture: C1, gamma0: 0.01 }, ["head-map", "head-map-limit"]],
    ["a lazy nonlinear block", { architecture: C3, gamma0: 0.01 }, []],
    ["the standard scheme at a small gamma0, whose kernel grows with n", { scheme: "standard", gamma0: 0.01 }, []],
    ["a small gamma0", { gamma0: 0.01 }, ["tangent-kernel", "one-block"]],
    ["frozen queries", { architecture: { ...C2, trained: ["value", "output", "readOut"] } }, []],
    ["causal attention", { architecture: { ...C2, causal: true } }, []],
    ["a trained embedding under one block", { architecture: { ...C2, readIn: "trained" } }, []],
    ["Adam", { optimiser: { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-20 } } }, []],
    ["momentum", { optimiser: { momentum: 0.9 } }, []],
    ["the standard scheme", { scheme: "standard" }, []],
    ["a nonlinear block", { architecture: C3 }, []],
    ["residual, alphaA = 1", { architecture: C4, L: 2 }, []],
  ])("%s", (_, more, expected) => {
    expect(applying(ask(more))).toEqual(expected);
  });

  test("alphaA = 1/2 with trained layers below the attention: no theory, a warning, a remedy; alphaA = 1 or a frozen embedding are fine", () => {
    const advice = ask({ architecture: C4, L: 2, alphaA: 0.5 });
    expect(applying(advice)).toEqual([]);
    expect(warned(advice)[0]).toBe("no-wide-limit");
    expect(advice.warnings[0]!.because).toMatch(/variance N:/);
    expect(advice.headline).toBe("No theory here applies: no limit of wide heads in training.");
    expect(warned(ask({ architecture: C4, L: 2, alphaA: 1 }))).not.toContain("no-wide-limit");
    expect(warned(ask({ architecture: { ...C4, readIn: "frozen" }, L: 1, alphaA: 0.5 }))).not.toContain("no-wide-limit");
    // A second block stands on a first, whatever the embedding does.
    expect(warned(ask({ architecture: { ...C4, readIn: "frozen" }, L: 2, alphaA: 0.5 }))).toContain("no-wide-limit");
    expect(warned(ask({ architecture: { ...C2, readIn: "trained" }, alphaA: 0.5 }))).toContain("no-wide-limit");
    expect(warned(ask({ architecture: { ...C4, trained: ["readOut"] }, L: 2, alphaA: 0.5 }))).not.toContain("no-wide-limit");
    expect(warned(ask({ alphaA: 0.5 }))).not.toContain("no-wide-limit");
  });
});

describe("what the advice names", () => {
  test("exists: every solver is a function of this package, every equation has its entry", () => {
    const entries = readFileSync(new URL("../../../../../docs/equations.md", import.meta.url), "utf8");
    for (const { solver, equations } of ask({}).theories.concat(ask({ architecture: untrained(C4), L: 8, alphaL: 0.5 }).theories, ask({ scheme: "ntk", alphaA: 0.5, architecture: C4 }).theories)) {
      if (solver !== null) expect(typeof (theory as Record<string, unknown>)[solver], solver).toBe("function");
      expect(equations.length).toBeGreaterThan(0);
      for (const label of equations) expect(entries).toContain(`[eq:${label}]`);
    }
  });

  test("answers: infinite depth by its flow, the NTK scheme at alphaA = 1/2 and nowhere else", () => {
    const deep = ask({ architecture: untrained(C4), L: "infinite", alphaL: 0.5 }).theories.find(({ id }) => id === "depth-equation")!;
    expect([deep.applies, deep.solver]).toEqual(["yes", "depthFlow"]);
    const [start, precision] = [theory.tokenKernel(1, 2, [1.2, 0.3, 0.3, 0.9]), { tolerance: 1e-3, budget: 1e5, seed: 1 }];
    for (const alphaA of [0.5, 0.75, 1]) {
      const { applies } = ask({ scheme: "ntk", architecture: C4, L: 2, alphaA }).theories.find(({ id }) => id === "tangent-kernel")!;
      const solve = (): unknown => theory.tangentKernel(start, { L: 2, alphaL: 0.5, beta0: 1, head: { alphaA, N: "infinite" } }, "ntk", precision);
      if (applies === "yes") expect(solve).not.toThrow();
      else expect(solve).toThrow();
    }
  });

  test("in the kernel regime of the NTK scheme wide heads have their limit: no warning", () => {
    expect(warned(ask({ scheme: "ntk", architecture: C4, L: 2, alphaA: 0.5 }))).not.toContain("no-wide-limit");
    expect(warned(ask({ scheme: "mean-field", gamma0: 0.01, architecture: C4, L: 2, alphaA: 0.5 }))).toContain("no-wide-limit");
  });
});

describe("errors", () => {
  test("leading orders: 1/H at alphaA = 1/2 whatever N, 1/(N H) at 1, 1/L with depth", () => {
    expect(orders(ask({}), "one-block")).toEqual(["spread 1/(N H)", "shift 1/N"]);
    expect(orders(ask({ alphaA: 0.5, architecture: C1 }), "head-map-limit")).toEqual(["spread 1/H", "shift 1/H"]);
    expect(orders(ask({ alphaA: 0.5, architecture: untrained(C2) }), "kernels-at-initialisation")).toEqual(["spread 1/H", "shift 1/N"]);
    expect(orders(ask({ alphaA: 0.75, architecture: untrained(C2) }), "kernels-at-initialisation")).toEqual(["spread N^-0.5/H", "shift N^-0.5"]);
    expect(orders(ask({ architecture: untrained(C4), L: 32, alphaL: 0.5 }), "depth-equation")).toEqual(["discretisation 1/L", "spread 1/(N H)"]);
    expect(orders(ask({ architecture: C1 }), "head-map")).toEqual([]);
  });

  test("scales are those powers at the sizes asked about, and none in the limit itself", () => {
    const [spread, shift] = ask({}).theories[0]!.errors;
    expect(spread!.scale).toBeCloseTo(1 / 128, 14);
    expect(shift!.scale).toBeCloseTo(1 / 16, 14);
    expect(ask({ N: "infinite" }).theories[0]!.errors.every(({ scale }) => scale === 0)).toBe(true);
    const wide = ask({ N: "infinite", alphaA: 0.5, architecture: untrained(C2) }).theories[0]!.errors;
    expect(wide.map(({ scale }) => scale)).toEqual([1 / 8, 0]);
    expect(ask({}).headline).toBe("One attention block with responses: an error of order 1/N, here 0.063 times a constant.");
    expect(ask({ architecture: C1 }).headline).toBe("Closed map of the heads: exact at every N and H: no error from the sizes.");
  });
});

describe("warnings and answers", () => {
  test("each warning has its reason and its remedy, and appears where it should", () => {
    expect(warned(ask({ optimiser: { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-20 } } }))).toContain("adam");
    expect(warned(ask({ scheme: "standard" }))).toContain("standard-scheme");
    expect(warned(ask({ alphaA: 0.5, H: 2 }))).toContain("few-heads");
    expect(warned(ask({ alphaA: 0.5, H: 64 }))).not.toContain("few-heads");
    expect(warned(ask({ alphaA: 0.7 }))).toContain("between-the-ends");
    expect(warned(ask({}))).toContain("heads-collapse");
    expect(warned(ask({ architecture: C4, L: 8, alphaL: 0.5 }))).toContain("blocks-do-not-learn");
    expect(warned(ask({ eta0: 1, largestEigenvalue: 2.5 }))).toContain("steps-too-long");
    expect(warned(ask({ eta0: 0.5, largestEigenvalue: 2.5 }))).toContain("steps-near-the-edge");
    expect(warned(ask({ eta0: 0.1, largestEigenvalue: 2.5 })).some((id) => id.startsWith("steps"))).toBe(false);
    expect(warned(ask({ architecture: untrained(C2) }))).toEqual([]);
    for (const more of [{ optimiser: { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-20 } } }, { alphaA: 0.5, H: 2 }, { scheme: "standard" }] as const) {
      for (const { label, because, remedy } of ask(more).warnings) for (const text of [label, because, remedy]) expect(text.length).toBeGreaterThan(10);
    }
  });

  test("1/d or 1/sqrt d, and seven more; plain data, the same for the same question", () => {
    const { answers } = ask({ alphaA: 0.5 });
    expect(answers).toHaveLength(8);
    expect(answers[0]).toMatchObject({ question: "Divide logits by d or by sqrt d?", answer: expect.stringContaining("Here it is 1/sqrt d.") as string });
    expect(ask({}).answers[0]!.answer).toContain("Here it is 1/d.");
    expect(JSON.parse(JSON.stringify(ask({})))).toEqual(ask({}));
  });

  test("what is refused", () => {
    expect(() => ask({ alphaA: 0.3 })).toThrow("alphaA = 0.3");
    expect(() => ask({ alphaL: 2 })).toThrow("alphaL = 2");
    expect(() => ask({ N: 0 })).toThrow('N = 0: must be an integer of at least 1. Give an integer of at least 1, or "infinite".');
    expect(() => ask({ scheme: "mup" as "ntk" })).toThrow('scheme = "mup": must be mean-field, ntk or standard');
    expect(() => ask({ eta0: -1 })).toThrow("eta0 = -1");
    expect(() => ask({ optimiser: "adam" as never })).toThrow('optimiser = "adam": is not known');
    expect(() => ask({ optimiser: { momentum: Number.NaN } })).toThrow("momentum = NaN");
    expect(() => ask({ architecture: undefined as never })).toThrow("architecture = undefined: must be an architecture");
    expect(() => ask({ architecture: { ...C2, attention: "sigmoid" as never } })).toThrow('attention = "sigmoid"');
    expect(() => ask({ architecture: { ...C2, trained: ["mlpIn"] } })).toThrow('trained = "mlpIn": is no group of this network. It has query, key, value, output, readOut.');
  });
});
