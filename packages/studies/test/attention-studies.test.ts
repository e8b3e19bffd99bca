import { describe, expect, it } from "vitest";
import type { MesoscopeRecord, Parameters } from "@mesoscope/contracts";
import type { RunCells } from "@mesoscope/finite-size";
import { studies } from "../src/index.js";
import { recordOf, runHere } from "./run.js";

const record = (id: string, options: Parameters, runCells: RunCells = runHere): Promise<MesoscopeRecord> => recordOf(studies.find((study) => study.id === id)!, options, { runCells });
const outcome = (found: MesoscopeRecord, id: string): string | undefined => found.verdicts.find((verdict) => verdict.id === id)?.outcome;

/** Networks of another power of N in the logits than the theory that they are held against. */
const atAnotherPower: RunCells = (cells, context) => runHere(cells.map((cell) => ({ ...cell, parameters: { ...cell.parameters, alphaA: cell.parameters["alphaA"] === 1 ? 0.5 : 1 } })), context);

describe("attention-kernels", () => {
  const few = { widths: [4, 16, 64, 256], headNumbers: [1, 2, 4, 8], exactWidths: [4, 16, 64], replicas: 1500, depths: [1, 2, 4], depthReplicas: 100, networks: 50 };
  const ids = ["one-block-square-mean-exact", "one-block-square-spread-exact", "half-block-square-spread-exact"];

  it("finds the exact moments of one block, and catches networks of another power of N", async () => {
    const [honest, wrong] = [await record("attention-kernels", few), await record("attention-kernels", few, atAnotherPower)];
    for (const id of ids) {
      expect([id, outcome(honest, id)]).toEqual([id, "holds"]);
      expect([id, outcome(wrong, id)]).toEqual([id, "fails"]);
    }
  });
});

describe("head-diversity", () => {
  const few = { widths: [1, 4, 16, 64], networks: 400, steps: 8, drawnHeads: 512, explicit: 50 };

  it("finds the powers of N in the variance over heads, and catches networks of another power", async () => {
    const [honest, wrong] = [await record("head-diversity", few), await record("head-diversity", few, atAnotherPower)];
    for (const id of ["one-variance-power-start", "one-variance-power-end", "half-variance-power-start"]) {
      expect([id, outcome(honest, id)]).toEqual([id, "holds"]);
      expect([id, outcome(wrong, id)]).toEqual([id, "fails"]);
    }
    expect(outcome(wrong, "one-variance-start-mean-exact")).toBe("fails");
    expect(outcome(honest, "one-narrow-not-gaussian")).toBe("holds");
  });
});
