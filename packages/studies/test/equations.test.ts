import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseEquations, sourceOf } from "../scripts/equations.mjs";

const markdown = readFileSync(new URL("../../../docs/equations.md", import.meta.url), "utf8");
const written = readFileSync(new URL("../src/equations.ts", import.meta.url), "utf8");

describe("equations", () => {
  it("are those of docs/equations.md: run `pnpm --filter @mesoscope/studies equations` after editing it", () => {
    expect(written).toBe(sourceOf(parseEquations(markdown)));
  });

  it("would be found to differ", () => {
    expect(sourceOf(parseEquations(markdown.replace("e^{\\beta", "e^{-\\beta")))).not.toBe(written);
  });

  it("are refused without a label or without a formula", () => {
    expect(() => parseEquations("### [eq:a] A\n\nno formula")).toThrow(SyntaxError);
    expect(() => parseEquations("### A\n\n$$ x $$")).toThrow(SyntaxError);
  });
});
