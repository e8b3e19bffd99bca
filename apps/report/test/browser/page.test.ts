/** @file The pages in a real browser: nothing asked of the network, nothing in the console, nothing wider than the window, nothing axe finds. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealRecord } from "@mesoscope/contracts";
import { gallery, galleryBody, layerOf } from "../fixtures/records.js";
import { makeReport, openAll, type Look, type Page, type Report } from "./opened.js";

let report: Report;
beforeAll(async () => {
  report = await makeReport([gallery], [{ file: "records/x.record.json", message: "it is not JSON" }]);
});
afterAll(() => report.close());

const paths = ["index.html", "studies/gallery.html"] as const;
const looks: readonly (readonly [string, Look])[] = [
  ["light", { width: 1280, colorScheme: "light" }],
  ["dark", { width: 1280, colorScheme: "dark" }],
  ["narrow and light", { width: 320, colorScheme: "light" }],
  ["narrow and dark", { width: 320, colorScheme: "dark" }],
  ["printed", { width: 794, colorScheme: "light", media: "print" }],
  ["with little motion", { width: 800, colorScheme: "light", reducedMotion: "reduce" }],
];

describe.each(paths)("%s, opened from a file", (path) => {
  it.each(looks)("%s: asks nothing, complains of nothing, fits", async (_, look) => {
    const { page, complaints, requests } = await report.open(path, look);
    await openAll(page);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([report.url(path)]);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
    await page.close();
  });

  it.each([...looks, ["light, opened", looks[0]![1]], ["narrow, opened", looks[2]![1]], ["dark, opened", looks[1]![1]]] as const)("%s: axe finds nothing", async (name, look) => {
    const { page } = await report.open(path, look);
    if (name.includes("opened")) await openAll(page);
    expect(await axe(page)).toEqual([]);
    await page.close();
  });

  it("can be walked by keyboard: every link, disclosure, button, box and drawing, and nothing else", async () => {
    const { page } = await report.open(path);
    const wanted = await page.evaluate(
      () => [...document.querySelectorAll<HTMLElement>("a[href], summary, button:not(:disabled), input, [tabindex='0']")].filter((element) => element.checkVisibility() && element.closest("details:not([open]) > :not(summary)") === null).length,
    );
    const reached = new Set<string>();
    for (let step = 0; step < wanted + 5; step++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => (document.activeElement === null || document.activeElement === document.body ? "" : String([...document.querySelectorAll("*")].indexOf(document.activeElement))));
      if (focused !== "") reached.add(focused);
    }
    expect(reached.size).toBe(wanted);
    await page.close();
  });

  it("applies its style sheet under its own policy, and follows the colour scheme", async () => {
    const grounds: string[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      const { page } = await report.open(path, { width: 800, colorScheme });
      grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      await page.close();
    }
    expect(grounds).toEqual(["rgb(253, 253, 251)", "rgb(20, 22, 26)"]);
  });

  it("blocks what its policy does not allow", async () => {
    const { page, complaints } = await report.open(path);
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
});

it("sets each entry of a key in one line where there is room, and breaks the longest word where there is none", async () => {
  const long = await makeReport([sealRecord({ ...galleryBody, recordVersion: 1, id: "long", figures: [{ ...galleryBody.figures[0]!, panels: [{ title: "", layers: [{ ...layerOf.curve, label: "L".repeat(150) }] }] }] })]);
  const { page } = await report.open("studies/gallery.html");
  const heights = await page.locator(".key > li").evaluateAll((items) => items.map((item) => item.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThan(35);
  await page.close();
  const { page: narrow } = await long.open("studies/long.html", { width: 320, colorScheme: "light" });
  expect(await narrow.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await narrow.close();
  await long.close();
});

it("keeps 4.5:1 for text and 3:1 for series against the ground, in both themes", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page } = await report.open("studies/gallery.html", { width: 800, colorScheme });
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

/** What axe finds, one line a fault. It is run as a function of the test's own, past the policy of the page. */
async function axe(page: Page): Promise<readonly string[]> {
  const { source } = (await import("axe-core")).default;
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  });
}
