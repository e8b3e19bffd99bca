/**
 * @file In Chromium, bundled, under a strict policy: the same bytes as in Node, in a page and in a worker; and a clear refusal where the
 * policy forbids WebAssembly.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@mesoscope/config/browser";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const committed = JSON.parse(readFileSync(new URL("../fixtures/bytes.json", import.meta.url), "utf8")) as Record<string, string>;
let browser: Awaited<ReturnType<typeof launchChromium>>;
let script: string;

beforeAll(async () => {
  browser = await launchChromium();
  const entry = fileURLToPath(new URL("page/hashes-here.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, format: "iife", write: false, logLevel: "warning" });
  script = outputFiles[0]!.text;
});
afterAll(() => browser.close());

async function ask(policy: string, question: string): Promise<unknown> {
  const page = await browser.newPage();
  try {
    await page.route("http://localhost/**", (route) =>
      route.request().url().endsWith(".js")
        ? route.fulfill({ contentType: "text/javascript", body: script, headers: { "content-security-policy": policy } })
        : route.fulfill({ contentType: "text/html", body: '<!doctype html><script src="/hashes.js"></script>', headers: { "content-security-policy": policy } }),
    );
    await page.goto("http://localhost/");
    return await page.evaluate<unknown>(question);
  } finally {
    await page.close();
  }
}

const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";

test("a page", async () => {
  expect(await ask(STRICT, "hashesHere()")).toEqual(committed);
});

test("a worker", async () => {
  const question = "new Promise((resolve, reject) => { const worker = new Worker('/hashes.js'); worker.onmessage = ({ data }) => resolve(data); worker.onerror = ({ message }) => reject(message); })";
  expect(await ask(STRICT, question)).toEqual(committed);
});

test("a policy that forbids it", async () => {
  const { refused } = (await ask("default-src 'none'; script-src 'self'", "hashesHere()")) as { refused: string };
  expect(refused).toMatch(/WebAssembly with SIMD: is needed by the wasm backend: .*allow script-src 'wasm-unsafe-eval'; or take the reference backend/);
});
