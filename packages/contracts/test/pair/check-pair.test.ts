import { describe, expect, it } from "vitest";
import { checkInstance, checkPair, checkSize, ContractError, PAIR_VERSION } from "../../src/index.js";
import { coinPair } from "../coin.js";

const pair = coinPair();

describe("checkPair", () => {
  it("takes a pair as it is", () => {
    expect(checkPair(pair)).toBe(pair);
  });

  it.each([
    [undefined, "it is undefined"],
    [null, "it is null"],
    [{ ...pair, pairVersion: undefined }, "pairVersion is missing"],
    [{ ...pair, pairVersion: "1" }, 'pairVersion is "1"'],
    [{ ...pair, pairVersion: PAIR_VERSION + 1 }, `Install a Mesoscope that runs version ${PAIR_VERSION + 1}`],
    [{ ...pair, id: "" }, "`id` is empty"],
    [{ ...pair, id: "../escape" }, "an id names files"],
    [{ ...pair, at: undefined }, "`at` is missing"],
    [{ ...pair, axes: [] }, "`axes` is empty"],
    [{ ...pair, axes: [{ ...pair.axes[0], least: 0 }] }, "least is 0"],
    [{ ...pair, parameters: null }, "`parameters` is object"],
  ])("refuses %o", (candidate, message) => {
    expect(() => checkPair(candidate)).toThrow(ContractError);
    expect(() => checkPair(candidate)).toThrow(message);
  });

  it("refuses a series without a grid", () => {
    const instance = pair.at({});
    const series = { ...instance, observables: [{ ...instance.observables[0]!, kind: "series" as const }] };
    expect(() => checkInstance(series, "pair")).toThrow("a series has one number per grid value");
  });
});

describe("checkSize", () => {
  const axes = [{ name: "N", symbol: "N", meaning: "width", least: 4, divisibleBy: 4 }];
  it("takes a size that exists", () => {
    expect(() => {
      checkSize(axes, { N: 8 }, "pair");
    }).not.toThrow();
  });
  it.each([[{ N: 3 }], [{ N: 6 }], [{ N: -8 }], [{ N: 8.5 }], [{ N: Number.POSITIVE_INFINITY }], [{}], [{ N: 8, M: 1 }]])("refuses %o", (size) => {
    expect(() => {
      checkSize(axes, size, "pair");
    }).toThrow(ContractError);
  });
});
