import { pairLaws } from "@mesoscope/contracts";
import { keyFromWords } from "@mesoscope/numerics";
import { C4, ensemble, network } from "@mesoscope/transformer";
import { describe, expect, it } from "vitest";
import { adviceFor, attentionSaturationPair, coordinateMovementPair, coordinatesOf, movementSetting, promisedPower, RESIDUAL_TASK_NAMES, residualTask } from "../../../src/transformer/index.js";
import { entriesOf } from "../../../src/transformer/pairs/coordinate-movement/coordinates.js";

const key = [3, 4] as const;
const small = { N: 3, H: 2, L: 2 };

describe.each([
  ["coordinate-movement", coordinateMovementPair(), { steps: 2 }],
  ["coordinate-movement, Adam with perceptrons and positions", coordinateMovementPair(), { steps: 2, optimiser: "adam", mlp: "gelu", positions: "learned", task: "retrieval" }],
  ["coordinate-movement, NTK scheme", coordinateMovementPair(), { steps: 1, scheme: "ntk", task: "iris" }],
  ["attention-saturation", attentionSaturationPair(), { times: [0, 2, 3] }],
  ["attention-saturation at alphaA = 1/2", attentionSaturationPair(), { times: [1], alphaA: 0.5, eta0: 0.4 }],
])("the pair %s", (_, pair, parameters) => {
  for (const law of pairLaws(pair, parameters, small)) it(`keeps the law: ${law.name}`, () => law.check());
});

describe("what is measured", () => {
  it("of movement is what networks record, blocks put together, the same in any block of replicas", async () => {
    const pair = coordinateMovementPair().at({ steps: 3, eta0: 0.3 });
    const batch = await pair.sample(small, { key, from: 2, count: 3 }, {});
    const setting = movementSetting({ steps: 3, eta0: 0.3 });
    const networks = await ensemble({ ...setting, ...setting.task, sizes: small, replicas: { key: keyFromWords(key), from: 2, count: 3 }, observe: ["movement"] });
    const { snapshots } = await networks.train({ steps: 3, at: [3] });
    const movement = snapshots[0]!.values.movement!;
    const each = movement.length / 3;
    const coordinates = coordinatesOf(setting.architecture);
    expect(pair.observables.map(({ id }) => id)).toEqual(coordinates.map(({ id }) => id));
    for (const [c, entries] of entriesOf(coordinates, networks.network).entries()) {
      expect(entries.every((i) => i >= 0)).toBe(true);
      for (const r of [0, 1, 2]) expect(batch.values[coordinates[c]!.id]![r]).toBeCloseTo(entries.reduce((sum, i) => sum + movement[r * each + i]! ** 2, 0) / entries.length, 14);
    }
  });

  it("of attention begins at rest: no movement, and the entropy of nearly uniform attention at alphaA = 1", async () => {
    const { values } = await attentionSaturationPair().at({ times: [0, 1] }).sample({ N: 64, H: 1, L: 1 }, { key, from: 0, count: 4 }, {});
    for (const r of [0, 1, 2, 3]) {
      expect(values["logits"]![2 * r]).toBe(0);
      expect(values["logits"]![2 * r + 1]).toBeGreaterThan(0);
      expect(values["entropy"]![2 * r]).toBeGreaterThan(0.9 * Math.log(2));
      expect(values["entropy"]![2 * r]).toBeLessThanOrEqual(Math.log(2));
    }
  });

  it("of a network that diverges is its outcome, with the step, and stays out of the values", async () => {
    const { outcomes, values } = await coordinateMovementPair().at({ steps: 200, eta0: 50 }).sample(small, { key, from: 0, count: 4 }, {});
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: "diverged", message: expect.stringMatching(/^(not finite after \d+ steps?|beyond 10¹⁰⁰ within 200 steps)$/) as string });
    expect(Object.values(values).flatMap((all) => [...all]).every((value) => !Number.isNaN(value))).toBe(true);
  });

  it("of a run that is aborted says so", async () => {
    const { outcomes } = await attentionSaturationPair().at({}).sample(small, { key, from: 0, count: 2 }, { signal: { aborted: true } });
    expect(outcomes.map((one) => (one.kind === "diverged" ? one.message : one.kind))).toEqual(["not sampled: the run was aborted", "not sampled: the run was aborted"]);
  });

  it("is learned from tasks with targets that do not cancel, by name", () => {
    for (const name of RESIDUAL_TASK_NAMES) expect(() => network({ architecture: C4, parameterisation: movementSetting({}).parameterisation, sizes: small, tokens: residualTask(name).tokens.tokens, features: residualTask(name).tokens.features })).not.toThrow();
    expect(residualTask("two-inputs").targets.reduce((sum, y) => sum + y, 0)).not.toBe(0);
  });
});

describe("promised powers", () => {
  const all = coordinatesOf({ ...C4, mlp: "tanh", positions: true });
  const power = (id: string, parameters: Parameters<typeof movementSetting>[0], axis: "N" | "H" | "L"): number | undefined => promisedPower(all.find((one) => one.id === id)!, movementSetting(parameters), axis).power;

  it("of the mean-field scheme are 0 for everything that is not a weight, along every size", () => {
    for (const optimiser of ["sgd", "adam"]) {
      for (const axis of ["N", "H", "L"] as const) {
        for (const { id, kind } of all) if (kind !== "weights") expect(power(id, { optimiser }, axis), `${id} along ${axis}`).toBe(0);
      }
    }
  });

  it("of weights follow their multipliers: what they do to activations is of order one", () => {
    expect(["readin", "positions", "query", "value", "mlpout", "readout"].map((id) => power(`weights-${id}`, {}, "N"))).toEqual([0, 0, -0.5, -0.5, -0.5, 0]);
    expect(["readin", "query", "readout"].map((id) => power(`weights-${id}`, { optimiser: "adam" }, "H"))).toEqual([-0.5, -0.5, -0.5]);
    expect(["readin", "query", "readout"].map((id) => power(`weights-${id}`, { alphaL: 0.5 }, "L"))).toEqual([0, -0.5, 0]);
    expect(["readin", "query", "readout"].map((id) => power(`weights-${id}`, { alphaL: 1 }, "L"))).toEqual([0.5, 0, 0.5]);
    expect(["readin", "query"].map((id) => power(`weights-${id}`, { alphaL: 0.5, optimiser: "adam" }, "L"))).toEqual([-0.5, -0.5]);
  });

  it("of the NTK scheme are those of the kernel regime", () => {
    expect(["stream", "logits", "output", "features", "weights-query", "weights-value", "weights-readin"].map((id) => power(id, { scheme: "ntk" }, "N"))).toEqual([-0.5, -1, 0, -1, -1.5, -1, -0.5]);
    expect(["logits", "weights-query"].map((id) => power(id, { scheme: "ntk", alphaA: 0.5 }, "H"))).toEqual([-0.5, -1]);
  });

  it("are not made up where two powers compete, or no limit is", () => {
    for (const [parameters, axis, id] of [[{ alphaA: 0.5 }, "N", "stream"], [{ alphaL: 0.5 }, "L", "logits"], [{ scheme: "standard" }, "N", "stream"], [{ scheme: "ntk" }, "L", "stream"], [{ scheme: "ntk", alphaA: 0.5 }, "N", "stream"]] as const) {
      const promise = promisedPower(all.find((one) => one.id === id)!, movementSetting(parameters), axis);
      expect(promise.power).toBeUndefined();
      expect(promise).toHaveProperty("reason");
    }
  });
});

describe("the limit", () => {
  it("does not speak, and says why in the words of the advisor: none below alphaA = 1, known but not solved at 1", () => {
    const at = (alphaA: number): ReturnType<ReturnType<ReturnType<typeof attentionSaturationPair>["at"]>["theories"][0]["applies"]> => attentionSaturationPair().at({ alphaA }).theories[0]!.applies({ N: 64, H: 1, L: 1 });
    expect(at(0.5)).toMatchObject({ applies: false, reason: expect.stringContaining("No limit of wide heads in training") as string, remedy: expect.stringContaining("alphaA = 1") as string });
    expect(at(1)).toMatchObject({ applies: false, reason: expect.stringContaining("does not solve it yet") as string });
    expect(adviceFor(movementSetting({ alphaA: 0.5 }), { N: 64, H: 1, L: 1 }).warnings.map(({ id }) => id)).toContain("no-wide-limit");
    expect(adviceFor(movementSetting({}), { N: 64, H: 1, L: 1 }).warnings.map(({ id }) => id)).not.toContain("no-wide-limit");
    expect(coordinateMovementPair().at({ optimiser: "adam" }).theories[0]!.applies(small)).toMatchObject({ applies: false, reason: expect.stringContaining("Adam") as string });
  });
});

describe("bad input", () => {
  it("is refused by name", () => {
    expect(() => coordinateMovementPair().at({ alphaA: 0.4 })).toThrow(/alphaA/);
    expect(() => coordinateMovementPair().at({ task: "mnist" })).toThrow(/task/);
    expect(() => coordinateMovementPair().at({ steps: 0 })).toThrow(/steps/);
    expect(() => attentionSaturationPair().at({ scheme: "ntk" })).toThrow(/must be known/);
    expect(() => attentionSaturationPair().at({ times: [0, 2, 2] })).toThrow(/times\[2\]/);
  });
});
