/**
 * @file The GPU mode in Chromium (SwiftShader where there is no GPU), from a minified bundle: laws, conformance, elementary functions, long arrays, a worker, a
 * strict policy, a lost context, no memory. `CONFORMANCE=write npm run test:browser` writes the README's column; MESOSCOPE_FRESH takes other and larger inputs.
 */
import { fileURLToPath } from "node:url";
import { launchChromium } from "@mesoscope/config/browser";
import { backendLaws } from "@mesoscope/kernels";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Errors } from "../arithmetic/measure.js";
import { writeColumn, writtenColumn } from "../conformance/table.js";

const STRICT = "default-src 'none'; script-src 'self'; worker-src 'self'";
const fresh = process.env["MESOSCOPE_FRESH"];

type Browser = Awaited<ReturnType<typeof launchChromium>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;
let browser: Browser;
let script: string;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  const entry = fileURLToPath(new URL("page/here.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, format: "iife", write: false, logLevel: "warning" });
  script = outputFiles[0]!.text;
  page = await opened();
});
afterAll(() => browser.close());

async function opened(): Promise<Page> {
  const one = await browser.newPage();
  await one.route("http://localhost/**", (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: script, headers: { "content-security-policy": STRICT } })
      : route.fulfill({ contentType: "text/html", body: '<!doctype html><script src="/here.js"></script>', headers: { "content-security-policy": STRICT } }),
  );
  await one.goto("http://localhost/");
  return one;
}

test("auto takes the GPU of a page, under a policy that forbids to make code; it closes when told", async () => {
  expect(await page.evaluate<unknown>("start()")).toEqual({ id: "gpujs", lost: "closed" });
});

/** What a worker of the page says of that mode; unlike the page, no tool of the test lifts its policy. */
function inWorker(mode: string): Promise<unknown> {
  const message = `(worker) => { worker.postMessage("${mode}"); return worker; }`;
  return page.evaluate<unknown>(`new Promise((resolve, reject) => { const worker = (${message})(new Worker("/here.js")); worker.onmessage = ({ data }) => resolve(data); worker.onerror = ({ message }) => reject(message); })`);
}

test("a worker", async () => {
  expect(await inWorker("auto")).toEqual({ id: "gpujs", lost: "closed" });
});

test.each(["cpu", "webasm"])("mode %s makes code, which that policy forbids: it is refused", async (mode) => {
  const { refused } = (await inWorker(mode)) as { refused: string };
  expect(refused).toMatch(new RegExp(`gpu.js in mode ${mode} on this device: fails .* must allow script-src '.*unsafe-eval'`));
});

describe("laws", () => {
  let said: Map<string, string>;
  beforeAll(async () => {
    said = new Map(await page.evaluate<[string, string][]>("laws()"));
  });
  test.each(backendLaws.map(({ name }) => name))("%s", (name) => {
    expect(said.get(name)).toBe("");
  });
});

describe("conformance", () => {
  const extent = { seed: fresh ?? "conformance", most: fresh === undefined ? 257 : 8192, few: 200 };

  test("every kernel stays within its bound, as the README's table has it", async () => {
    const rows = await page.evaluate<[string, number][]>(`ratios(${JSON.stringify(extent)})`);
    if (process.env["CONFORMANCE"] === "write") writeColumn("webgl2", rows);
    const written = writtenColumn("webgl2");
    for (const [name, ratio] of rows) {
      expect(ratio, name).toBeLessThanOrEqual(1);
      // Another GPU rounds otherwise; what is far from the table deserves a look.
      if (fresh === undefined) expect(Math.abs(ratio - Number(written.get(name))), name).toBeLessThan(0.15);
    }
  });

  test("exp within the ulps that the backend names, tanh within 4, the circle within 2e-7", async () => {
    const { exp, tanh, near, far } = await page.evaluate<Errors>("elementary(20001)");
    expect(exp).toBeLessThan(2);
    expect(tanh).toBeLessThan(4);
    expect(near).toBeLessThan(2e-7);
    expect(far).toBeLessThan(2e-7);
  });

  test("arrays longer than the side of a texture", async () => {
    expect(await page.evaluate<number>("longRows()")).toBeLessThanOrEqual(1);
  });
});

test("a tensor is read and written in the shape of the plan, whatever its own", async () => {
  const [first, ...others] = await page.evaluate<number[][]>("shapes()");
  const last = others.pop();
  for (const other of others) expect(other).toEqual(first);
  expect(last).toEqual(Array.from({ length: 12 }, () => 0));
});

describe("when the device goes away", () => {
  test("a lost context: the answer is refused and lost says so", async () => {
    expect(await (await opened()).evaluate<unknown>("astray('lost')")).toMatchObject({ answer: { code: "lost" }, lost: "device-lost" });
  });

  test("no memory: the answer is refused and lost says so", async () => {
    expect(await (await opened()).evaluate<unknown>("astray('memory')")).toMatchObject({ answer: { code: "lost" }, lost: "out-of-memory" });
  });
});
