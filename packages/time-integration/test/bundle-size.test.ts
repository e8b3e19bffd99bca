/**
 * @file What one imported function costs a page. `SIZES=write npx vitest run bundle-size` writes the table in the README anew.
 */
import { sizeChecks } from "@mesoscope/bench/size-suite";
import { describe, expect, it } from "vitest";
import * as all from "../src/index.js";

const checks = await sizeChecks({
  entry: new URL("../src/index.ts", import.meta.url),
  readme: new URL("../README.md", import.meta.url),
  names: Object.keys(all),
  // A pair, its dense output, step control and events come with it.
  larger: { integrateAdaptive: 13_600 },
});

describe("single-function imports", () => {
  it.each(checks.map(({ name, check }) => [name, check] as const))("%s", (_, check) => {
    expect(check).not.toThrow();
  });
});
