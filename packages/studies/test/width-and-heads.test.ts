import type { MesoscopeRecord, Parameters } from "@mesoscope/contracts";
import type { RunCells } from "@mesoscope/finite-size";
import { describe, expect, it } from "vitest";
import { studies } from "../src/index.js";
import { sumInWords } from "../src/width-and-heads/words.js";
import { recordOf, runHere } from "./run.js";

const study = studies.find(({ id }) => id === "width-and-heads")!;
const small: Parameters = { widths: [8, 32, 128, 512], heads: [2, 4, 6, 8], headNetworks: 256, blockWidths: [2, 3, 4, 6], blockHeads: [1, 2, 3, 4], blockNetworks: 256, lineHeads: [2, 4, 8], lineNetworks: 48, lineBlocks: 48, drawnHeads: 256, steps: 8 };
const record = (options: Parameters = {}, runCells: RunCells = runHere): Promise<MesoscopeRecord> => recordOf(study, { ...small, ...options }, { runCells });
const outcome = (found: MesoscopeRecord, id: string): string | undefined => found.verdicts.find((verdict) => verdict.id === id)?.outcome;

describe("width-and-heads", () => {
  it("tells the mean, and that wide heads make networks alike at alphaA = 1 only", async () => {
    const found = await record();
    for (const id of ["heads-one", "heads-half"]) expect(outcome(found, `${id}-output-1-mean-limit`)).toBe("holds");
    const power = (id: string): number => found.verdicts.find((verdict) => verdict.id === id)!.value!;
    // Powers of 512 heads at each point are known to about 0.1.
    expect(Math.abs(power("heads-one-output-variance-n") - 1)).toBeLessThan(0.4);
    expect(Math.abs(power("heads-half-output-variance-n"))).toBeLessThan(0.4);
    expect(found.narrative.headline).toMatch(/^After 8 training steps the limit of infinitely many wide heads holds within/);
    expect(found.outcomes.diverged).toBe(0);
  });

  it("does not take networks of another rate for its own", async () => {
    const wrong = await record({}, (cells, context) => runHere(cells.map((cell) => ({ ...cell, parameters: { ...cell.parameters, eta0: 0.6 } })), context));
    expect(outcome(wrong, "heads-one-output-1-mean-limit")).toBe("fails");
    expect(outcome(wrong, "heads-half-line-output-1-mean-corrected")).toBe("fails");
  });

  it("counts networks that diverge, and lets nothing hold then", async () => {
    const diverging = await record({}, async (cells, context) => (await runHere(cells, context)).map((batch) => ({ ...batch, outcomes: batch.outcomes.map((one, r) => (r % 8 === 7 ? { kind: "diverged" as const, message: "not finite" } : one)) })));
    expect(diverging.outcomes.diverged).toBeGreaterThan(0);
    for (const { id, outcome: how } of diverging.verdicts) if (id.includes("variance")) expect(how).not.toBe("holds");
  });

  it("writes sums with their signs", () => {
    expect(sumInWords([0.34, -0.24], ["N", "H"])).toBe("0.34/N − 0.24/H");
    expect(sumInWords([-1, 2], ["N", "H"])).toBe("−1/N + 2/H");
  });
});
