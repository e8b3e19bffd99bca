/**
 * @file Every kernel against what it must give, in the modes of Node. The README's table is made from the same numbers: `CONFORMANCE=write npx vitest run
 * conformance` writes them, a test fails while they differ. MESOSCOPE_FRESH names other inputs, and has larger sizes, too.
 */
import { kernelNames, type Backend } from "@mesoscope/kernels";
import { driftRatio, tokens } from "@mesoscope/kernels/conformance";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gpujsBackend } from "../src/index.js";
import { worstRatios } from "./conformance/measure.js";
import { writeColumn, writtenColumn } from "./conformance/table.js";

const fresh = process.env["MESOSCOPE_FRESH"];
const seed = fresh ?? "conformance";

/** gpu.js's cpu mode needs seconds for what its webasm mode does in one. */
const modes = [
  { mode: "webasm", most: fresh === undefined ? 1025 : 8192 },
  { mode: "cpu", most: fresh === undefined ? 257 : 1025 },
] as const;

describe.each(modes)("mode $mode", ({ mode, most }) => {
  let backend: Backend;
  let rows: [name: string, ratio: number][];
  beforeAll(async () => {
    backend = await gpujsBackend({ mode });
    rows = await worstRatios(backend, { seed, most, few: 200 });
    if (process.env["CONFORMANCE"] === "write") writeColumn(mode, rows);
  });
  afterAll(() => {
    backend.close();
  });

  test("every kernel stays within its bound", () => {
    expect(rows.length).toBe(1 + kernelNames.filter((kernel) => backend.supports.kernels[kernel] !== undefined).length);
    for (const [name, ratio] of rows) expect(ratio, name).toBeLessThanOrEqual(1);
  });

  test.runIf(fresh === undefined)("the table in the README is up to date", () => {
    const written = writtenColumn(mode);
    for (const [name, ratio] of rows) expect(written.get(name), name).toBe(ratio.toFixed(3));
  });
});

describe("a drift that is slightly wrong is caught", () => {
  const [n, d] = [257, 3];
  const x = tokens(n, d, "random", seed, "f32");
  let backend: Backend;
  beforeAll(async () => {
    backend = await gpujsBackend({ mode: "webasm" });
  });

  test("exponents too large by 10^-4", async () => {
    const other: Backend = { ...backend, prepare: (kernel, p, dtype) => backend.prepare(kernel, "beta" in p ? { ...p, beta: p.beta * (1 + 1e-4) } : p, dtype) };
    expect(await driftRatio(other, { batch: 1, n, d, flow: "USA", beta: 5 }, x, "f32")).toBeGreaterThan(1);
  });

  test("the last token left out", async () => {
    const other: Backend = { ...backend, read: async (tensor) => (await backend.read(tensor)).map((value) => value * (1 - 1 / n)) };
    expect(await driftRatio(other, { batch: 1, n, d, flow: "SA", beta: 5 }, x, "f32")).toBeGreaterThan(1);
  });
});
