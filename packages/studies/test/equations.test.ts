import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { referenceBackend } from "@mesoscope/kernels";
import { carriers, parseEquations, sourceOf } from "@mesoscope/equations";
import { bundledPairs } from "../src/index.js";

const root = new URL("../../../", import.meta.url);
const markdown = readFileSync(new URL("docs/equations.md", root), "utf8");
const all = parseEquations(markdown);

describe("equations", () => {
  it.each(carriers.map(({ file, labels }) => [file, labels] as const))("of %s are those of docs/equations.md: run `npm run equations` after editing it", (file, labels) => {
    expect(readFileSync(new URL(file, root), "utf8")).toBe(sourceOf(all, labels));
  });

  it("would be found to differ", () => {
    const { file, labels } = carriers[0]!;
    expect(sourceOf(parseEquations(markdown.replace("e^{\\beta", "e^{-\\beta")), labels)).not.toBe(readFileSync(new URL(file, root), "utf8"));
  });

  it("are refused without a label or without a formula", () => {
    expect(() => parseEquations("### [eq:a] A\n\nno formula")).toThrow(SyntaxError);
    expect(() => parseEquations("### A\n\n$$ x $$")).toThrow(SyntaxError);
  });

  it("of the bundled pairs are all in docs, and every theory cites equations of its own pair", () => {
    for (const pair of Object.values(bundledPairs({ backend: referenceBackend() }))) {
      const labels = pair.equations.map(({ label }) => label);
      for (const { label, tex } of pair.equations) expect(all[label]?.tex, `${pair.id}: ${label}`).toBe(tex);
      for (const theory of pair.at({}).theories) for (const label of theory.equations) expect(labels, `${pair.id}, ${theory.id}`).toContain(label);
    }
  });
});
