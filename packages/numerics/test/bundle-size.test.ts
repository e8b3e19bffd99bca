/**
 * @file What one imported function costs a page. `SIZES=write npx vitest run bundle-size` writes the table in the README anew.
 */
import { sizeChecks } from "@mesoscope/bench/size-suite";
import { describe, expect, it } from "vitest";
import * as all from "../src/index.js";

/** A stream carries the normal law with its logarithm, and a multinomial the binomial with its short cuts: minified they need more. */
const larger = { drawMultinomial: 6200, key: 6550, keyFromWords: 6600 };

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
