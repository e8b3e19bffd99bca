/**
 * @file Every kernel against what it must give, the reference backend beside the wasm backend, in both precisions. The README's table is
 * made from the same numbers: `CONFORMANCE=write npx vitest run conformance` writes it, a test fails while it differs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { agreement, cases, kernelNames, referenceBackend, type Backend, type Dtype } from "@mesoscope/kernels";
import { driftRatio, flows, sizes, tokens } from "@mesoscope/kernels/conformance";
import { beforeAll, describe, expect, test } from "vitest";
import { wasmBackend } from "../src/index.js";

const columns: readonly (readonly [title: string, backend: Backend, dtype: Dtype])[] = [
  ["wasm f64", wasmBackend(), "f64"],
  ["wasm f32", wasmBackend(), "f32"],
  ["reference f64", referenceBackend(), "f64"],
];

/** Fresh inputs each time where MESOSCOPE_FRESH is set; otherwise always the same. */
const seed = process.env["MESOSCOPE_FRESH"] ?? "conformance";

async function worstDrift(backend: Backend, dtype: Dtype): Promise<number> {
  let worst = 0;
  for (const [n, d, placement] of sizes) {
    // The plain form of large beta costs the reference minutes at the largest size.
    if (n > 2000 && backend.id === "reference") continue;
    const x = tokens(n, d, placement, seed, dtype);
    const some = n > 1000 ? flows.filter((_, index) => index % 5 === 0) : flows;
    for (const flow of some) worst = Math.max(worst, await driftRatio(backend, { batch: 1, n, d, ...flow }, x, dtype, n > 100 ? 3 : 8));
  }
  return worst;
}

async function worstKernel(backend: Backend, kernel: (typeof kernelNames)[number], dtype: Dtype): Promise<number> {
  let worst = 0;
  for (const one of cases[kernel]()) worst = Math.max(worst, (await agreement(backend, kernel, one, dtype)).ratio);
  return worst;
}

const measured = new Map<string, number[]>();
beforeAll(async () => {
  const compensated: number[] = [];
  for (const [, backend, dtype] of columns) compensated.push(await worstDrift(backend, dtype));
  measured.set("`attention-drift`, compensated", compensated);
  for (const kernel of kernelNames) {
    const row: number[] = [];
    for (const [, backend, dtype] of columns) row.push(await worstKernel(backend, kernel, dtype));
    measured.set(`\`${kernel}\``, row);
  }
});

test.each(["`attention-drift`, compensated", ...kernelNames.map((kernel) => `\`${kernel}\``)])("%s stays within its bound", (name) => {
  for (const ratio of measured.get(name)!) expect(ratio).toBeLessThanOrEqual(1);
});

describe("a drift that is slightly wrong is caught", () => {
  const [n, d] = [257, 3];
  const x = tokens(n, d, "random", seed, "f64");
  const wrong = (change: Partial<Backend>): Backend => ({ ...wasmBackend(), ...change });

  test("exponents too large by 10^-12", async () => {
    const backend = wasmBackend();
    const other = wrong({ ...backend, prepare: (kernel, p, dtype) => backend.prepare(kernel, "beta" in p ? { ...p, beta: p.beta * (1 + 1e-12) } : p, dtype) });
    expect(await driftRatio(other, { batch: 1, n, d, flow: "USA", beta: 5 }, x, "f64")).toBeGreaterThan(1);
  });

  test("the last token left out", async () => {
    const backend = wasmBackend();
    const other = wrong({ ...backend, read: async (tensor) => (await backend.read(tensor)).map((value) => value * (1 - 1 / n)) });
    expect(await driftRatio(other, { batch: 1, n, d, flow: "SA", beta: 5 }, x, "f64")).toBeGreaterThan(1);
  });

  test("nothing written", async () => {
    const backend = wasmBackend();
    expect(await driftRatio(wrong({ ...backend, submit: () => undefined }), { batch: 1, n, d, flow: "SA", beta: 5 }, x, "f64")).toBe(Infinity);
  });
});

test("the table in the README is up to date", () => {
  const head = `| kernel | ${columns.map(([title]) => title).join(" | ")} |\n| --- |${" ---: |".repeat(columns.length)}`;
  const rows = [...measured].map(([name, ratios]) => `| ${name} | ${ratios.map((ratio) => ratio.toFixed(3)).join(" | ")} |`);
  const table = [head, ...rows].join("\n");
  const file = new URL("../README.md", import.meta.url);
  const readme = readFileSync(file, "utf8");
  const next = readme.replace(/(<!-- conformance:[^>]*-->\n)[\s\S]*?(\n\n)/, (_, mark: string, end: string) => `${mark}${table}${end}`);
  if (process.env["CONFORMANCE"] === "write") writeFileSync(file, next);
  else if (seed === "conformance") expect(readme).toBe(next);
});
