/**
 * @file In Chromium, bundled, on its software adapter: the laws of the seam, how far each kernel is from its bound, and wrong devices that
 * are refused. The README's table is made from the same numbers: `CONFORMANCE=write npm run test:browser` writes it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@mesoscope/config/browser";
import { backendLaws, kernelNames, type BackendSupport } from "@mesoscope/kernels";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Fresh inputs each time where MESOSCOPE_FRESH is set; otherwise always the same. */
const seed = process.env["MESOSCOPE_FRESH"] ?? "conformance";

let browser: Awaited<ReturnType<typeof launchChromium>>;
let page: Awaited<ReturnType<typeof browser.newPage>>;
let supports: BackendSupport;

/** A function of page/on-gpu.ts with its arguments. */
const ask = <T>(name: string, ...rest: readonly string[]): Promise<T> => page.evaluate<T>(`${name}(${rest.map((one) => JSON.stringify(one)).join(", ")})`);

beforeAll(async () => {
  browser = await launchChromium(["--enable-unsafe-webgpu"]);
  const entry = fileURLToPath(new URL("page/on-gpu.ts", import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, format: "iife", write: false, logLevel: "warning" });
  page = await browser.newPage();
  await page.route("http://localhost/**", (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: outputFiles[0]!.text })
      : route.fulfill({ contentType: "text/html", body: '<!doctype html><script src="/gpu.js"></script>', headers: { "content-security-policy": "default-src 'none'; script-src 'self'" } }),
  );
  await page.goto("http://localhost/");
  const started = await ask<{ id: string; supports: BackendSupport }>("startGpu");
  expect(started, "Chromium's software adapter should start").toMatchObject({ id: "webgpu" });
  ({ supports } = started);
});
afterAll(() => browser.close());

describe("the webgpu backend keeps the laws of the seam", () => {
  // That each kernel is within its bound is measured below.
  test.each(backendLaws.map(({ name }) => name).filter((name) => !name.includes('agrees with the reference')))("%s", async (name) => {
    expect(await ask("law", name)).toBeUndefined();
  });
});

describe("errors against bounds", () => {
  const measured = new Map<string, string>();
  test("attention-drift for up to 8192 tokens, against docs/accuracy.md", async () => {
    const ratio = await ask<number>("worstDrift", seed);
    measured.set("`attention-drift`, compensated", ratio.toFixed(2));
    expect(ratio).toBeLessThanOrEqual(1);
  });
  test("every kernel, against its law; and the README's table", async () => {
    for (const kernel of kernelNames) {
      if (supports.kernels[kernel] === undefined) {
        measured.set(`\`${kernel}\``, "not offered");
        continue;
      }
      const ratio = await ask<number>("worstKernel", kernel);
      measured.set(`\`${kernel}\``, ratio.toFixed(2));
      expect(ratio, kernel).toBeLessThanOrEqual(1);
    }
    compareTable(measured);
  });
});

/** A driver may round otherwise on another processor, so figures may differ a little; kernels may not. */
function compareTable(measured: ReadonlyMap<string, string>): void {
  const order = ["`attention-drift`, compensated", ...kernelNames.map((kernel) => `\`${kernel}\``)];
  const file = new URL("../../README.md", import.meta.url);
  const readme = readFileSync(file, "utf8");
  const mark = /(<!-- conformance:[^>]*-->\n)([\s\S]*?)(\n\n)/;
  if (process.env["CONFORMANCE"] === "write") {
    const table = ["| kernel | webgpu f32 |", "| --- | ---: |", ...order.map((name) => `| ${name} | ${measured.get(name) ?? ""} |`)].join("\n");
    writeFileSync(file, readme.replace(mark, (_, start: string, __, end: string) => `${start}${table}${end}`));
    return;
  }
  const written = new Map([...(mark.exec(readme)?.[2] ?? "").matchAll(/^\| (`.*?) \| (.*?) \|$/gm)].map(([, name, figure]) => [name!, figure!]));
  expect([...written.keys()]).toEqual(order);
  for (const [name, figure] of measured) {
    if (figure === "not offered" || seed !== "conformance") continue;
    expect(Math.abs(Number(written.get(name)) - Number(figure)), `${name} is ${figure} now`).toBeLessThanOrEqual(0.02 + 0.25 * Number(figure));
  }
}

describe("a device that computes wrongly", () => {
  test("is refused at the start: sums of blocks cut off after two of them", async () => {
    const outcome = await ask("startChanged", "block < p.blocks; block", "block < min(p.blocks, 2u); block");
    expect(outcome).toMatchObject({ code: "unsupported", refused: expect.stringMatching(/the adapter changed: fails \d+ of \d+ checks .*harmonic-moments/) as string });
  });

  test.each([
    ["exp", "exponentials too large by ten in a million", "+ 1.0;\n  let i", "+ 1.00001;\n  let i"],
    ["interaction-sums", "the last key left out", "let last = end;", "let last = end - 1u;"],
    ["harmonic-moments", "angles reduced by a rounded pi / 2", "-4.837512969970703125e-4", "-4.8e-4"],
    ["row-softmax", "sums too large by one in ten thousand", "run += w;", "run += 1.0001 * w;"],
    ["matmul", "products too large by ten in a million", "p.scale * sum", "1.00001 * p.scale * sum"],
  ])("would be seen in %s: %s", async (kernel, _, pattern, replacement) => {
    const ratio = await ask<number | null>("worstChanged", kernel, pattern, replacement);
    expect(ratio ?? Infinity).toBeGreaterThan(1);
  });
});

test("a closed backend says so", async () => {
  expect(await ask("closeGpu")).toMatchObject({ reason: { kind: "closed" }, late: { code: "closed" } });
});
