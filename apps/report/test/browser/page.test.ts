/** @file The page in a real browser: nothing asked of the network, nothing in the console, nothing wider than the window. */
import { launchChromium } from "@mesoscope/config/browser";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderPage } from "../../src/page/page.js";
import { gallery } from "../fixtures/records.js";

type Browser = Awaited<ReturnType<typeof launchChromium>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

const sha256Base64 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");

/** Where the pictures go: a folder named in SCREENSHOTS to look at them, or one that is removed. */
const kept = process.env["SCREENSHOTS"];
const folder = mkdtempSync(join(tmpdir(), "mesoscope-page-"));
const pictures = kept ?? join(folder, "pictures");
const file = join(folder, "index.html");

let browser: Browser;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  writeFileSync(file, renderPage([gallery], { sha256Base64, unreadable: [{ file: "records/x.record.json", message: "it is not JSON" }] }));
  browser = await launchChromium(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

async function open(width: number, colorScheme: "light" | "dark"): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, complaints, requests };
}

describe("the page, opened from a file", () => {
  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 320],
    ["dark", 320],
  ] as const)("%s, %d pixels wide: asks nothing, complains of nothing, fits", async (scheme, width) => {
    const { page, complaints, requests } = await open(width, scheme);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    expect(complaints).toEqual([]);
    expect(requests).toEqual([pathToFileURL(file).href]);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths[0]).toBe(widths[1]);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = false;
    });
    await page.screenshot({ path: join(pictures, `${scheme}-${width}.png`), fullPage: true });
    await page.close();
  });

  it("applies its style sheet under its own policy, and follows the colour scheme", async () => {
    const grounds: string[] = [];
    for (const scheme of ["light", "dark"] as const) {
      const { page } = await open(800, scheme);
      grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      await page.close();
    }
    expect(grounds).toEqual(["rgb(253, 253, 251)", "rgb(20, 22, 26)"]);
  });

  it("keeps 4.5:1 for text and 3:1 for series against the ground, in both themes", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const { page } = await open(800, scheme);
      const ratios = await page.evaluate(() => {
        const root = getComputedStyle(document.documentElement);
        const light = (name: string): number => {
          const hex = root.getPropertyValue(name).trim();
          const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4)));
          return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
        };
        const against = (name: string, ground: string): number => {
          const [low, high] = [light(name), light(ground)].sort((a, b) => a - b);
          return (high! + 0.05) / (low! + 0.05);
        };
        return {
          text: ["--ink", "--soft", "--link", "--holds", "--fails", "--undecided"].map((name) => Math.min(against(name, "--ground"), against(name, "--raised"))),
          series: Array.from({ length: 8 }, (_, k) => against(`--s${k}`, "--ground")),
        };
      });
      expect(Math.min(...ratios.text)).toBeGreaterThan(4.5);
      expect(Math.min(...ratios.series)).toBeGreaterThan(3);
      await page.close();
    }
  });

  it("can be walked by keyboard: every link, disclosure and scrolling box", async () => {
    const { page } = await open(1280, "light");
    const wanted = await page.evaluate(() => document.querySelectorAll("a[href], summary, [tabindex='0']").length - document.querySelectorAll("details:not([open]) [tabindex='0']").length);
    const reached = new Set<string>();
    for (let step = 0; step < wanted + 5; step++) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate(() => {
          const focused = document.activeElement;
          return focused === null || focused === document.body ? "" : String([...document.querySelectorAll("*")].indexOf(focused));
        }),
      );
    }
    reached.delete("");
    expect(reached.size).toBe(wanted);
    await page.close();
  });

  it("blocks what its policy does not allow", async () => {
    const { page, complaints } = await open(800, "light");
    const refused: (string | undefined)[] = [];
    page.on("requestfailed", (request) => refused.push(request.failure()?.errorText));
    await page.evaluate(() => {
      const image = document.createElement("img");
      image.src = "http://localhost:9/x.png";
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken'";
      document.body.append(image, script);
    });
    await page.waitForTimeout(200);
    expect(await page.title()).toContain("Mesoscope");
    expect(complaints.filter((text) => text.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(2);
    expect(refused).toEqual(["csp"]);
    await page.close();
  });

  it("prints, with every drawing", async () => {
    const { page } = await open(1280, "dark");
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    const paper = await page.pdf({ format: "A4" });
    expect(paper.length).toBeGreaterThan(50_000);
    writeFileSync(join(pictures, "print.pdf"), paper);
    await page.close();
  });

  it("has left pictures to look at", () => {
    expect(readdirSync(pictures).filter((name) => name.endsWith(".png")).length).toBe(4);
  });
});
