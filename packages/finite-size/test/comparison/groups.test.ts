import { describe, expect, it } from "vitest";
import type { Pair, Prediction } from "@mesoscope/contracts";
import { compare, runSerially, type Statement } from "../../src/index.js";
import { syntheticPair } from "../synthetic-pair.js";

const design = { axis: "n", sizes: [16, 64, 256], replicas: 400, block: 100 };
async function statementOf(pair: Pair): Promise<Statement> {
  return (await compare(pair, {}, design, { seed: "groups", tolerance: { relative: 0.05, absolute: 0.05 }, level: 0.05, confidence: 0.95, resamples: 199, runCells: runSerially({ [pair.id]: pair }) })).statements[0]!;
}
const told = (value: number): Omit<Prediction, "observable"> => ({ value: [value], numericalError: [0] });
/** A share of the runs goes to +1, the others to -1, with spread 0.15 and a bias that makes the mean fail. */
const split = (share: number, predicted: number): Pair => syntheticPair({ draw: (stream) => (stream.uniform() < share ? 1 : -1) + 0.15 * stream.normal(), predict: () => told(predicted) });

describe("replicas in groups", () => {
  it("a prediction between them fails by symmetry breaking, and the mean has no N*, though it is right on average", async () => {
    const statement = await statementOf(split(0.5, 0.3));
    expect(statement).toMatchObject({ outcome: "fails", reason: "symmetry-breaking", nStar: { fitted: { reached: false, reason: expect.stringMatching(/two groups, \d+ % around −\S+ and \d+ % around \S+: the mean speaks for neither/) as string } } });
    // Read off a density with a bandwidth of about 0.1.
    expect(Math.abs(statement.groups!.modes[0] + 1)).toBeLessThan(0.1);
    expect(Math.abs(statement.groups!.modes[1] - 1)).toBeLessThan(0.1);
    expect(statement.groups!.shares[0]).toBeCloseTo(0.5, 1);
  });

  it("a prediction in one of them fails by the escape of the others", async () => {
    expect(await statementOf(split(0.8, 1))).toMatchObject({ outcome: "fails", reason: "escape", because: expect.stringMatching(/a share of (19|20|21|22) % has left the state around the predicted 1$/) as string });
  });

  it("a prediction beside both is neither", async () => {
    expect((await statementOf(split(0.5, 3))).reason).toBe("unexplained");
  });

  it.each([
    ["a Gaussian", (n: number) => syntheticPair({ draw: (stream) => 0.3 + (0.2 / Math.sqrt(n)) * stream.normal(), predict: () => told(0) })],
    ["an exponential", () => syntheticPair({ draw: (stream) => stream.exponential(), predict: () => told(0) })],
    ["a binomial lattice", () => syntheticPair({ draw: (stream) => Array.from({ length: 12 }, () => stream.uniform()).filter((u) => u < 0.4).length / 12, predict: () => told(0) })],
    ["squares of a lattice", () => syntheticPair({ draw: (stream) => (Array.from({ length: 20 }, () => stream.uniform()).filter((u) => u < 0.5).length / 10 - 1) ** 2, predict: () => told(1) })],
  ])("is not said of %s", async (_, pair) => {
    expect(await statementOf(pair(1))).not.toHaveProperty("groups");
  });
});
