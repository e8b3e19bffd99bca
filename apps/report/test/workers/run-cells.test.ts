import { planCells, type Cell } from "@mesoscope/finite-size";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cellsInWorkers } from "../../src/workers/run-cells.js";
import { importPair } from "../../src/request/pair-module.js";
import { cellWorker, examplePair, fakeCatalogue, temporaryFolder } from "../fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

describe("cells in workers", () => {
  it("rejects with the first cell that fails, ends those that would never, and goes on to work", async () => {
    const module = join(folder.path, "pair.mjs");
    const line = 'if (N === 3) throw new TypeError("three"); if (N > 3) for (;;);';
    writeFileSync(module, readFileSync(examplePair, "utf8").replace("const { N } = size;", `const { N } = size; ${line}`));
    const setting = { cellWorker, workers: 2, signal: new AbortController().signal, setting: { catalogue: fakeCatalogue, backend: "reference", module: { path: module, sha256: (await importPair(module, module)).sha256 } } };
    const runner = cellsInWorkers(setting);
    const cells = (...sizes: readonly number[]): readonly Cell[] => planCells("curie-weiss", { K: 0.9, h: 0.1 }, { axis: "N", sizes, replicas: 4, block: 2 }, [1, 2]);
    await expect(runner.runCells(cells(3, 4, 5), {})).rejects.toThrow(/pair "curie-weiss" at N = 3, replicas (0 to 1|2 to 3): TypeError: three/);
    expect(await runner.runCells(cells(2), {})).toHaveLength(2);
    await runner.close();
  });
});
