import { describe, expect, it } from "vitest";
import { ContractError, sealRecord, type Pair, type RecordBody } from "@mesoscope/contracts";
import { DomainError, keyFromWords } from "@mesoscope/numerics";
import { compare, runSerially, toVerdicts, type CompareOptions, type Comparison, type Design, type Statement } from "../../src/index.js";
import { normalQuantile } from "../../src/distributions/normal.js";
import { biasedGaussian, syntheticPair } from "../synthetic-pair.js";

const design: Design = { axis: "n", sizes: [8, 16, 32, 64, 128], replicas: 400, block: 100 };
const options: Omit<CompareOptions, "runCells"> = { seed: "compare", tolerance: { relative: 0.05, spread: 0.2 }, level: 0.05, confidence: 0.95, resamples: 399 };

async function run(pair: Pair, change: Partial<CompareOptions> = {}, d: Design = design): Promise<Comparison> {
  return compare(pair, {}, d, { ...options, runCells: runSerially({ [pair.id]: pair }), ...change });
}
function meanOf(comparison: Comparison): Statement {
  return comparison.statements.find(({ quantity }) => quantity === "mean")!;
}

describe("verdicts on pairs whose truth is known", () => {
  it("holds: no bias, spread as predicted only if the theory says so", async () => {
    const comparison = await run(biasedGaussian(0, 0.3, { spread: [0.3] }));
    expect(meanOf(comparison)).toMatchObject({ outcome: "holds", nStar: { certified: { reached: true } } });
    const spread = comparison.statements.find(({ quantity }) => quantity === "spread")!;
    // The theory says 0.3 at every size; the truth is 0.3 / sqrt n.
    expect(spread.outcome).toBe("fails");
    expect(comparison.spreadExponents["y"]!.interval[0]).toBeLessThan(0.5);
    expect(comparison.spreadExponents["y"]!.interval[1]).toBeGreaterThan(0.5);
    expect(comparison.joint.outcome).toBe("fails");
  });

  it("holds from N* on, fails below it as a finite-size effect: bias 1 / n, tolerance 5 %, so N* = 20", async () => {
    const statement = meanOf(await run(biasedGaussian(1, 0.3)));
    expect(statement.bySize.map(({ outcome }) => outcome)).toEqual(["fails", "fails", "holds", "holds", "holds"]);
    expect(statement).toMatchObject({ outcome: "holds", reason: "finite-size", nStar: { certified: { reached: true, value: 32 } } });
    expect(statement.exponent!.interval[0]).toBeLessThan(1);
    expect(statement.exponent!.interval[1]).toBeGreaterThan(1);
    const fitted = statement.nStar!.fitted;
    expect(fitted.reached && [fitted.interval[0] < 20, fitted.interval[1]! > 20, Math.abs(fitted.value - 20) < 3]).toEqual([true, true, true]);
  });

  it("fails as a finite-size effect where even the largest size is too small", async () => {
    expect(meanOf(await run(biasedGaussian(20, 0.3)))).toMatchObject({ outcome: "fails", reason: "finite-size", nStar: { certified: { reached: false } } });
  });

  it("fails unexplained where the bias does not fall", async () => {
    const pair = syntheticPair({ draw: (stream, n) => 1.2 + (0.3 / Math.sqrt(n)) * stream.normal(), predict: () => ({ value: [1], numericalError: [0], exponents: { bias: 1 } }) });
    const statement = meanOf(await run(pair));
    expect(statement).toMatchObject({ outcome: "fails", reason: "unexplained", nStar: { fitted: { reached: false } } });
    expect(statement.because).toMatch(/does not fall as a finite-size effect would: as n\^−p with p = −?0\.0\d/);
  });

  it("falls, but not as predicted: not a finite-size effect of this theory", async () => {
    const pair = syntheticPair({ draw: (stream, n) => 1 + 1.5 / Math.sqrt(n) + 0.03 * stream.normal(), predict: () => ({ value: [1], numericalError: [0], exponents: { bias: 1 } }) });
    expect(meanOf(await run(pair, { corrections: false }))).toMatchObject({ outcome: "fails", reason: "unexplained" });
  });

  it("undecided: too few replicas for the tolerance", async () => {
    expect(meanOf(await run(biasedGaussian(0, 3), {}, { ...design, replicas: 20 })).outcome).toBe("undecided");
  });

  it("numerical: the theory's own error is as large as the tolerance", async () => {
    expect(meanOf(await run(biasedGaussian(20, 0.3, { numericalError: [0.04] })))).toMatchObject({ outcome: "fails", reason: "numerical" });
  });

  it("no-limit: the theory speaks about no size, and says why and what to do", async () => {
    const pair = syntheticPair({ draw: (stream) => stream.normal(), predict: () => ({ value: [0], numericalError: [0] }), applies: () => false });
    expect(meanOf(await run(pair))).toMatchObject({ outcome: "fails", reason: "no-limit", because: "No limit exists. Use another scaling." });
  });

  it("asks the caller's rules for the reason before its own last ones", async () => {
    const reasons: CompareOptions["reasons"] = [({ quantity }) => (quantity === "mean" ? { reason: "selection", because: "another mode wins" } : undefined)];
    expect(meanOf(await run(biasedGaussian(20, 0.3), { reasons }))).toMatchObject({ reason: "selection", because: expect.stringContaining("another mode wins") as string });
  });
});

describe("a prediction of exactly zero", () => {
  /** Three entries: 1 with a bias of 1 / n, 0 with noise, 1 without bias. */
  const series = (offset = 0): Pair => {
    const pair = biasedGaussian(0, 1);
    return {
      ...pair,
      at: () => ({
        observables: [{ id: "y", symbol: "y", meaning: "known series", unit: "m", kind: "series", grid: { symbol: "t", meaning: "time", unit: "1", values: [0, 1, 2] } }],
        sample: ({ n }, { key: words, from, count }) => {
          const y = new Float64Array(3 * count);
          for (let r = 0; r < count; r++) {
            const stream = keyFromWords(words).fold(from + r).stream();
            for (let i = 0; i < 3; i++) y[3 * r + i] = [1 + 1 / n! + offset, 0.01, 1][i]! + (0.3 / Math.sqrt(n!)) * stream.normal();
          }
          return Promise.resolve({ outcomes: Array.from({ length: count }, () => ({ kind: "completed" as const })), values: { y } });
        },
        theories: [{ ...pair.at({}).theories[0]!, predict: () => Promise.resolve([{ observable: "y", value: [1, 0, 1], numericalError: [1e-15, 1e-15, 1e-15] }]) }],
      }),
    };
  };
  it("leaves that entry undecided, says what to do, and judges and fits the others", async () => {
    const comparison = await run(series());
    const statement = meanOf(comparison);
    const last = statement.bySize.at(-1)!;
    expect(last.entries.map(({ outcome }) => outcome)).toEqual(["holds", "undecided", "holds"]);
    expect(last).toMatchObject({ outcome: "undecided", worst: 1, caveat: "1 of 3 predictions are zero, and a share of zero is zero: give an absolute tolerance" });
    expect(statement.bySize[0]).toMatchObject({ outcome: "fails", worst: 0 });
    expect(statement.outcome).toBe("undecided");
    expect(statement.because).toMatch(/^At n = 128 the largest of 3 deviations is 0\.01\S* \[.*\] \(fails at 8, 16\); 1 of 3 predictions are zero, and a share of zero is zero: give an absolute tolerance/);
    expect(statement).not.toHaveProperty("certifiedFrom");
    expect(statement.exponent!.fit.exponent).toBeCloseTo(1, 0);
    expect(statement.exponent!.fit.amplitudes).toHaveLength(2);
    const verdicts = toVerdicts(comparison);
    // The second entry of the largest size is the worst one.
    expect(verdicts[0]).toMatchObject({ outcome: "undecided", unit: "m", at: `n = 128, ${comparison.observables[0]!.grid!.symbol} = ${comparison.observables[0]!.grid!.values[1]!}` });
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });
  it("is no numerical failure of the other entries, and hides none of them", async () => {
    expect(meanOf(await run(series(0.2)))).toMatchObject({ outcome: "fails", reason: "unexplained", because: expect.stringContaining("tolerance ±5 %") as string });
  });
  it("is judged with an absolute tolerance, and one too small to divide by does not break the fit", async () => {
    expect(meanOf(await run(series(), { tolerance: { relative: 0.05, absolute: 0.05 } })).outcome).toBe("holds");
    expect(meanOf(await run(series(), { tolerance: { relative: 0.05, absolute: Number.MIN_VALUE } }))).toMatchObject({ outcome: "fails", exponent: { fit: { amplitudes: [expect.any(Number), expect.any(Number)] } } });
  });
  it("of a scalar, the only entry: undecided with its reason", async () => {
    const pair = syntheticPair({ draw: (stream) => stream.normal(), predict: () => ({ value: [0], numericalError: [0] }) });
    expect(meanOf(await run(pair))).toMatchObject({ outcome: "undecided", nStar: { fitted: { reached: false } }, because: expect.stringContaining("the prediction is zero, and a share of zero is zero") as string });
  });
  it("of the mean is no reason why a spread fails", async () => {
    const pair = syntheticPair({ draw: (stream) => 3 * stream.normal(), predict: () => ({ value: [0], numericalError: [1e-15], spread: [1] }) });
    expect((await run(pair)).statements.find(({ quantity }) => quantity === "spread")).toMatchObject({ outcome: "fails", reason: "unexplained" });
  });
});

it("every quantity says from which size on it holds", async () => {
  const probabilities = [0.1, 0.3, 0.5, 0.7, 0.9];
  const pair = syntheticPair({
    draw: (stream, n) => 1 + (n < 32 ? 3 : 1) * 0.1 * stream.normal(),
    predict: () => ({ value: [1], numericalError: [0], spread: [0.1], law: { probabilities, quantiles: probabilities.map((p) => 1 + 0.1 * normalQuantile(p)) } }),
  });
  const { statements } = await run(pair, { tolerance: { relative: 0.05, spread: 0.3, law: 0.15 } });
  expect(statements.map(({ quantity, certifiedFrom }) => [quantity, certifiedFrom])).toEqual([["mean", 8], ["spread", 32], ["law", 32]]);
  expect(statements[0]!.nStar!.certified).toEqual({ reached: true, value: 8, interval: [null, 8] });
});

describe("replicas that did not end plainly", () => {
  const diverging = syntheticPair({
    draw: (stream) => 1 + 0.1 * stream.normal(),
    predict: () => ({ value: [1], numericalError: [0] }),
    outcome: (stream) => (stream.uniform() < 0.1 ? { kind: "diverged", message: "overflow" } : { kind: "completed" }),
  });
  it("forbid 'holds' when too many diverged, and are counted", async () => {
    const comparison = await run(diverging);
    expect(meanOf(comparison).outcome).toBe("undecided");
    expect(meanOf(comparison).because).toMatch(/replicas diverged, more than 1 %/);
    expect(comparison.tally.diverged).toBeGreaterThan(100);
    expect(comparison.tally.completed + comparison.tally.diverged).toBe(2000);
    expect(comparison.tally.notes[0]).toMatchObject({ where: "n = 8", message: "overflow" });
    expect(meanOf(await run(diverging, { allowedDiverged: 0.2 })).outcome).toBe("holds");
  });
  it("all diverged: undecided, not a number", async () => {
    const pair = syntheticPair({ draw: () => Number.NaN, predict: () => ({ value: [1], numericalError: [0] }) });
    const comparison = await run(pair, {}, { ...design, replicas: 20 });
    expect(comparison.tally).toMatchObject({ completed: 0, diverged: 100 });
    expect(meanOf(comparison)).toMatchObject({ outcome: "undecided", because: expect.stringContaining("only 0 of 20 replicas completed") as string });
  });
  it("censored means can only show that the truth is too large", async () => {
    const censored = (told: number): Pair => syntheticPair({ draw: (stream) => 1 + 0.1 * stream.normal(), predict: () => ({ value: [told], numericalError: [0] }), censoredAbove: 1.15 });
    const comparison = await run(censored(1));
    expect(meanOf(comparison)).toMatchObject({ outcome: "undecided", because: expect.stringContaining("only a lower bound") as string });
    expect(comparison.tally.censored).toBeGreaterThan(50);
    expect(meanOf(await run(censored(0.5))).outcome).toBe("fails");
    expect(meanOf(await run(censored(2))).outcome).toBe("undecided");
  });
});

describe("whole laws", () => {
  const probabilities = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
  const law = (rate: number): Pair =>
    syntheticPair({
      draw: (stream) => stream.exponential(),
      predict: () => ({ value: [1 / rate], numericalError: [0], law: { probabilities, quantiles: probabilities.map((p) => -Math.log(1 - p) / rate) } }),
    });
  const tolerance = { relative: 0.2, law: 0.15 };
  const verdict = async (rate: number, change: Partial<CompareOptions> = {}): Promise<Statement> => (await run(law(rate), { tolerance, ...change })).statements.find(({ quantity }) => quantity === "law")!;
  it("hold within the tolerance of the distance, fail beyond, are not judged without one", async () => {
    expect((await verdict(1)).outcome).toBe("holds");
    expect((await verdict(3)).outcome).toBe("fails");
    expect(await verdict(1, { tolerance: { relative: 0.2 } })).toMatchObject({ judged: false, outcome: "undecided" });
  });
});

describe("what must not matter", () => {
  const pair = biasedGaussian(1, 0.3, { spread: [0.3] });
  it("blocks, and the order in which cells are run", async () => {
    const reference = await run(pair);
    const backwards: CompareOptions["runCells"] = async (cells, context) => (await runSerially({ [pair.id]: pair })(cells.toReversed(), context)).toReversed();
    const other = await run(pair, { runCells: backwards }, { ...design, block: 33 });
    expect(JSON.stringify({ ...other, design })).toBe(JSON.stringify({ ...reference, design }));
  });
  it("the other sizes of the design, for the numbers of one size", async () => {
    const whole = await run(pair);
    const part = await run(pair, {}, { ...design, sizes: [32, 64] });
    expect(part.sizes[0]).toEqual(whole.sizes[2]);
  });
});

it("other seeds give other ensembles", async () => {
  const means = await Promise.all([1, 2].map(async (seed) => (await run(biasedGaussian(0, 1), { seed })).sizes[0]!.estimates["y"]!.mean.value[0]));
  expect(means[0]).not.toBe(means[1]);
});

describe("bad input is refused with value, rule and remedy", () => {
  const pair = biasedGaussian(0, 1);
  it.each<[string, Partial<CompareOptions>, RegExp]>([
    ["level in percent", { level: 5 }, /level = 5/],
    ["confidence in percent", { confidence: 95 }, /confidence = 95/],
    ["no such observable", { observables: ["z"] }, /observable = "z": must be one of y/],
    ["tolerance of no such observable", { tolerances: { z: { relative: 0.1 } } }, /observable = "z"/],
    ["no margin", { tolerance: {} }, /must leave a margin/],
    ["a NaN tolerance", { tolerance: { relative: Number.NaN } }, /tolerance\.relative = NaN/],
  ])("%s", async (_, change, message) => {
    await expect(run(pair, change)).rejects.toThrow(DomainError);
    await expect(run(pair, change)).rejects.toThrow(message);
  });
  it("a size that the pair does not have", async () => {
    await expect(run(pair, {}, { ...design, axis: "m" })).rejects.toThrow(/size names "m"; the axes are n/);
  });
  it("a theory that predicts a NaN, or too few numbers", async () => {
    for (const value of [[Number.NaN], []]) await expect(run(biasedGaussian(0, 1, { value }))).rejects.toThrow(ContractError);
  });
});

it("verdicts are fit for a record: ids, reasons, intervals", async () => {
  const comparison = await run(biasedGaussian(1, 0.3, { spread: [0.3] }));
  const verdicts = toVerdicts(comparison, { id: "A study, with β!", subject: "known truth" });
  expect(verdicts.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["a-study-with-y-mean-limit", "holds"],
    ["a-study-with-y-spread-limit", "fails"],
  ]);
  expect(verdicts[0]!.at).toBe("n = 128");
  expect(verdicts[0]!.because).toMatch(/^Within tolerance from n = 32 to 128 \(fails at 8, 16\); at n = 128 the deviation is .* %, tolerance ±5 %; the deviation of the mean falls as n\^−p with p = .*, as predicted \(p = 1\)\.$/);
  const body: RecordBody = {
    recordVersion: 1, id: "study", title: "t", question: "q", narrative: { headline: "h", paragraphs: [] }, level: "quick", seed: "1", parameters: [],
    verdicts, tables: [], figures: [], equations: [], outcomes: comparison.tally, reproduce: { command: "c" }, versions: {}, backend: { id: "none", deterministic: true }, references: [],
  };
  expect(sealRecord(body).verdicts).toHaveLength(2);
});
