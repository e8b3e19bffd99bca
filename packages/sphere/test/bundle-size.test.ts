/**
 * @file What one imported function costs a page. `SIZES=write npx vitest run bundle-size` writes the table in the README anew.
 */
import { sizeChecks } from "@mesoscope/bench/size-suite";
import { describe, expect, it } from "vitest";
import * as all from "../src/index.js";

/** What is made of the Bessel functions I brings them along: minified these need more. */
const larger = {
  ...{ logFunkHecke: 7000, vonMisesFisherLogDensity: 7250, zonalFunkHecke: 12_200 },
  ...{ circleTruncation: 7700, circleTruncationBound: 7400, circleKernelTruncation: 7750, circleKernelTruncationBound: 7450 },
  ...{ sphereDriftTruncation: 8000, sphereDriftTruncationBound: 7700, sphereTruncation: 7700, sphereTruncationBound: 7400, circleKernelSum: 11_100, sphereKernelSum: 10_200 },
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
