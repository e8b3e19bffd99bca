/**
 * @file What one imported function costs a page. `SIZES=write npx vitest run bundle-size` writes the table in the README anew.
 */
import { sizeChecks } from "@mesoscope/bench/size-suite";
import { describe, expect, it } from "vitest";
import * as all from "../src/index.js";

/** Several regimes, each to full accuracy: minified these need more. */
const larger = {
  ...{ logBesselI: 6300, besselIScaledSequence: 7100 },
  ...{ hypergeometric0F1: 7100, logHypergeometric0F1: 7050, hypergeometric2F1: 9750 },
};

const checks = await sizeChecks({
  entry: new URL("../src/index.ts", import.meta.url),
  readme: new URL("../README.md", import.meta.url),
  names: Object.keys(all),
  larger,
});

describe("single-function imports", () => {
  it.each(checks.map(({ name, check }) => [name, check] as const))("%s", (_, check) => {
    expect(check).not.toThrow();
  });
});
