import { describe, expect, it } from "vitest";
import { pairLaws } from "../../src/index.js";
import { coinPair } from "../coin.js";

const size = { n: 40 };

describe("pair laws", () => {
  it("a halved step is the same system: other observables are caught", async () => {
    const law = (halvedStep: () => object): ReturnType<typeof pairLaws>[number] => {
      const coin = coinPair();
      const [only] = coin.at({}).observables;
      const twoFaced = { ...coin, halvedStep, at: (given: object) => ("fine" in given ? { ...coin.at({}), observables: [{ ...only!, id: "other" }] } : coin.at({})) };
      return pairLaws(twoFaced as typeof coin, {}, size).find(({ name }) => name === "halved step")!;
    };
    await expect(law(() => ({})).check()).resolves.toBeUndefined();
    await expect(law(() => ({ fine: 1 })).check()).rejects.toThrow("it has other observables");
  });

  it.each(pairLaws(coinPair(), {}, size).map((law) => [law.name, law] as const))("an honest pair keeps: %s", async (_name, law) => {
    await expect(law.check()).resolves.toBeUndefined();
  });

  /** Each law is broken by exactly the pair that was built to break it. */
  it.each([
    ["shape", { nan: true }, "NaN"],
    ["replica alone or in a batch", { sharedState: true }, "in one call and"],
    ["order of replicas", { sharedState: true }, "in one call and"],
    ["another key, other replicas", { ignoresKey: true }, "the same four replicas"],
    ["pure predictions", { impure: true }, "predicted twice, differently"],
    ["complete predictions", { short: true }, "gives 0 values"],
    ["refusal of impossible sizes", { anySize: true }, "n = 0 was sampled"],
  ])("law %s catches %o", async (name, fault, message) => {
    const law = pairLaws(coinPair(fault), {}, size).find((candidate) => candidate.name === name);
    await expect(law?.check()).rejects.toThrow(message);
  });
});
