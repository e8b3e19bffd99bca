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

const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

async function ask(policy: string, question: string, more: Record<string, string> = {}): Promise<unknown> {
  const page = await browser.newPage();
  const headers = { "content-security-policy": policy, ...more };
  try {
    await page.route("http://localhost/**", (route) =>
      route.request().url().endsWith(".js")
        ? route.fulfill({ contentType: "text/javascript", body: script, headers })
        : route.fulfill({ contentType: "text/html", body: '<!doctype html><script src="/hashes.js"></script>', headers }),
    );
    await page.goto("http://localhost/");
    return await page.evaluate<unknown>(question);
  } finally {
    await page.close();
  }
}

const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
const WITH_BLOBS = `${STRICT} blob:`;

/** What a worker of the page answers when it is asked for so many threads. */
function inWorker(threads: number): string {
  return `new Promise((resolve, reject) => { const worker = new Worker('/hashes.js'); worker.onmessage = ({ data }) => resolve(data); worker.onerror = ({ message }) => reject(message); worker.postMessage(${threads}); })`;
}

test("a page", async () => {
  expect(await ask(STRICT, "hashesHere()")).toEqual(committed);
});

test("a worker", async () => {
  expect(await ask(STRICT, inWorker(0))).toEqual(committed);
});

test("a policy that forbids it", async () => {
  const { refused } = (await ask("default-src 'none'; script-src 'self'", "hashesHere()")) as { refused: string };
  expect(refused).toMatch(/WebAssembly with SIMD: is needed by the wasm backend: .*allow script-src 'wasm-unsafe-eval'; or take the reference backend/);
});

test("threads of an isolated page, which may not sleep", async () => {
  expect(await ask(WITH_BLOBS, "threadsHere(2)", ISOLATED)).toEqual({ hashes: committed, use: { asked: 2, running: 2 }, othersTookPart: true });
});

test("threads of a worker in an isolated page, which may", async () => {
  expect(await ask(WITH_BLOBS, inWorker(2), ISOLATED)).toEqual({ hashes: committed, use: { asked: 2, running: 2 }, othersTookPart: true });
});

test("a page that is not isolated: one thread, and why", async () => {
  const use = { asked: 2, running: 1, reason: expect.stringContaining("not cross-origin isolated") as string };
  expect(await ask(WITH_BLOBS, "threadsHere(2)")).toEqual({ hashes: committed, use, othersTookPart: false });
});

test("a policy without workers from blobs: one thread, and why", async () => {
  const use = { asked: 2, running: 1, reason: expect.stringContaining("worker-src blob:") as string };
  expect(await ask(STRICT, "threadsHere(2)", ISOLATED)).toEqual({ hashes: committed, use, othersTookPart: false });
});
