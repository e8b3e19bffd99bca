import { describe, expect, test } from "vitest";
import { whichLimit } from "../../../src/transformer/index.js";
import type { LimitQuestion } from "../../../src/transformer/index.js";

const base: LimitQuestion = { N: 16, H: 8, L: 1, alphaA: 1, alphaL: 1, architecture: "block", scheme: "mean-field", optimiser: "sgd", trained: ["queries-keys", "values", "output-projection", "read-out"] };
const ask = (more: Partial<LimitQuestion>): ReturnType<typeof whichLimit> => whichLimit({ ...base, ...more });
const applying = (advice: ReturnType<typeof whichLimit>): string[] => advice.theories.filter(({ applies }) => applies === "yes").map(({ id }) => id);
const warned = (advice: ReturnType<typeof whichLimit>): string[] => advice.warnings.map(({ id }) => id);
const orders = (advice: ReturnType<typeof whichLimit>, id: string): string[] => advice.theories.find((each) => each.id === id)!.errors.map(({ kind, order }) => `${kind} ${order}`);

describe("which theory", () => {
  test.each<[string, Partial<LimitQuestion>, string[]]>([
    ["a block, wide heads", {}, ["one-block"]],
    ["heads read out directly, finite: the map itself and its limit", { architecture: "heads" }, ["head-map", "head-map-limit"]],
    ["heads read out directly, infinitely many", { architecture: "heads", H: "infinite", alphaA: 0.5 }, ["head-map-limit"]],
    ["nothing trained", { trained: [] }, ["kernels-at-initialisation"]],
    ["deep and untrained, alphaL = 1/2", { trained: [], architecture: "residual", L: 32, alphaL: 0.5 }, ["kernels-at-initialisation", "depth-equation"]],
    ["deep and untrained, alphaL = 1", { trained: [], architecture: "residual", L: 32 }, ["kernels-at-initialisation"]],
    ["the NTK scheme", { scheme: "ntk", architecture: "residual", L: 2 }, ["tangent-kernel"]],
    ["a small gamma0", { gamma0: 0.01 }, ["tangent-kernel", "one-block"]],
    ["Adam", { optimiser: "adam" }, []],
    ["momentum", { optimiser: "momentum" }, []],
    ["the standard scheme", { scheme: "standard" }, []],
    ["residual, alphaA = 1", { architecture: "residual", L: 2, trained: ["embedding", "values"] }, []],
  ])("%s", (_, more, expected) => {
    expect(applying(ask(more))).toEqual(expected);
  });

  test("alphaA = 1/2 with trained layers below the attention: no theory, a warning, a remedy; alphaA = 1 or a frozen embedding are fine", () => {
    const everything = [...base.trained, "embedding"] as const;
    const advice = ask({ architecture: "residual", L: 2, alphaA: 0.5, trained: everything });
    expect(applying(advice)).toEqual([]);
    expect(warned(advice)[0]).toBe("no-wide-limit");
    expect(advice.warnings[0]!.because).toContain("N^1");
    expect(advice.headline).toBe("No theory here applies: no limit of wide heads in training.");
    expect(warned(ask({ architecture: "residual", L: 2, alphaA: 1, trained: everything }))).not.toContain("no-wide-limit");
    expect(warned(ask({ architecture: "residual", L: 1, alphaA: 0.5, trained: base.trained }))).not.toContain("no-wide-limit");
    // A second block stands on a first, whatever the embedding does.
    expect(warned(ask({ architecture: "residual", L: 2, alphaA: 0.5, trained: ["values"] }))).toContain("no-wide-limit");
    expect(warned(ask({ architecture: "block", alphaA: 0.5, trained: everything }))).toContain("no-wide-limit");
    expect(warned(ask({ alphaA: 0.5 }))).not.toContain("no-wide-limit");
  });
});

describe("errors", () => {
  test("leading orders: 1/H at alphaA = 1/2 whatever N, 1/(N H) at 1, 1/L with depth", () => {
    expect(orders(ask({}), "one-block")).toEqual(["spread 1/(N H)", "shift 1/N"]);
    expect(orders(ask({ alphaA: 0.5, architecture: "heads" }), "head-map-limit")).toEqual(["spread 1/H", "shift 1/H"]);
    expect(orders(ask({ alphaA: 0.5, trained: [] }), "kernels-at-initialisation")).toEqual(["spread 1/H", "shift 1/N"]);
    expect(orders(ask({ alphaA: 0.75, trained: [] }), "kernels-at-initialisation")).toEqual(["spread N^-0.5/H", "shift N^-0.5"]);
    expect(orders(ask({ trained: [], architecture: "residual", L: 32, alphaL: 0.5 }), "depth-equation")).toEqual(["discretisation 1/L", "spread 1/(N H)"]);
    expect(orders(ask({ architecture: "heads" }), "head-map")).toEqual([]);
  });

  test("scales are those powers at the sizes asked about, and none in the limit itself", () => {
    const [spread, shift] = ask({}).theories[0]!.errors;
    expect(spread!.scale).toBeCloseTo(1 / 128, 14);
    expect(shift!.scale).toBeCloseTo(1 / 16, 14);
    expect(ask({ N: "infinite" }).theories[0]!.errors.every(({ scale }) => scale === 0)).toBe(true);
    const wide = ask({ N: "infinite", alphaA: 0.5, trained: [] }).theories[0]!.errors;
    expect(wide.map(({ scale }) => scale)).toEqual([1 / 8, 0]);
    expect(ask({}).headline).toBe("One attention block with responses: an error of order 1/N, here 0.063 times a constant.");
    expect(ask({ architecture: "heads" }).headline).toBe("Closed map of the heads: exact at every N and H: no error from the sizes.");
  });
});

describe("warnings and answers", () => {
  test("each warning has its reason and its remedy, and appears where it should", () => {
    expect(warned(ask({ optimiser: "adam" }))).toContain("adam");
    expect(warned(ask({ scheme: "standard" }))).toContain("standard-scheme");
    expect(warned(ask({ alphaA: 0.5, H: 2 }))).toContain("few-heads");
    expect(warned(ask({ alphaA: 0.5, H: 64 }))).not.toContain("few-heads");
    expect(warned(ask({ alphaA: 0.7 }))).toContain("between-the-ends");
    expect(warned(ask({}))).toContain("heads-collapse");
    expect(warned(ask({ architecture: "residual", L: 8, alphaL: 0.5 }))).toContain("blocks-do-not-learn");
    expect(warned(ask({ eta0: 1, largestEigenvalue: 2.5 }))).toContain("steps-too-long");
    expect(warned(ask({ eta0: 0.5, largestEigenvalue: 2.5 }))).toContain("steps-near-the-edge");
    expect(warned(ask({ eta0: 0.1, largestEigenvalue: 2.5 })).some((id) => id.startsWith("steps"))).toBe(false);
    expect(warned(ask({ trained: [] }))).toEqual([]);
    for (const more of [{ optimiser: "adam" }, { alphaA: 0.5, H: 2 }, { scheme: "standard" }] as const) {
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
    expect(() => ask({ L: 3 })).toThrow('L = 3: must be 1 for the architecture "block"');
    expect(() => ask({ trained: ["layer norm" as "values"] })).toThrow('trained = "layer norm": must be one of embedding');
    expect(() => ask({ eta0: -1 })).toThrow("eta0 = -1");
  });
});
