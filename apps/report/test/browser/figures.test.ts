/** @file Figures that answer: to a pointer, to keys, to each other; and numbers that can be saved. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { figureCsv } from "../../src/page/data/figure-csv.js";
import { gallery, galleryFigures, layerOf } from "../fixtures/records.js";
import { makeReport, type Opened, type Page, type Report } from "./opened.js";

let report: Report;
beforeAll(async () => {
  report = await makeReport([gallery]);
});
afterAll(() => report.close());

const open = (width = 1280): Promise<Opened> => report.open("studies/gallery.html", { width, colorScheme: "light" });
const drawing = (page: Page, figure: string): ReturnType<Page["locator"]> => page.locator(`#gallery-${figure} .drawing:visible`).first();
const saying = (page: Page, figure: string): Promise<string> => page.locator(`#gallery-${figure} .reading:visible`).first().textContent().then((text) => text ?? "");

/** Moves the pointer to where a value stands: the places of symbols are in the markup. */
async function hoverSymbol(page: Page, which: number): Promise<void> {
  const symbol = page.locator("#gallery-departure .wide .s0.dot.simulation circle").nth(which);
  const box = (await symbol.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height / 2 + 1);
}

describe("a figure under a pointer", () => {
  it("says the value of the nearest point, and rings it", async () => {
    const { page, complaints } = await open();
    await drawing(page, "departure").scrollIntoViewIfNeeded();
    for (const [which, x] of layerOf.points.x.entries()) {
      await hoverSymbol(page, which);
      const text = await saying(page, "departure");
      expect(text).toContain(`SA (simulation): n = ${x}, T = `);
      expect(Number(/T = ([\d.]+)/.exec(text)![1])).toBeCloseTo(layerOf.points.y[which]!, 1);
    }
    expect(await page.locator("#gallery-departure .ring").count()).toBe(1);
    await page.mouse.move(2, 2);
    expect(await page.locator("#gallery-departure .ring").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(["map", "law", "portrait", "spectrum", "cloud"])("%s: says something wherever the pointer is", async (figure) => {
    const { page } = await open();
    await drawing(page, figure).scrollIntoViewIfNeeded();
    const box = (await drawing(page, figure).boundingBox())!;
    for (const [right, down] of [[0.2, 0.3], [0.5, 0.5], [0.8, 0.7]] as const) {
      await page.mouse.move(box.x + right * box.width, box.y + down * box.height);
      expect(await saying(page, figure)).toMatch(/.+: .+ = .+, .+ = /);
    }
    await page.close();
  });

  it("shows a part when it is dragged over, more of it with a button, and the whole again", async () => {
    const { page } = await open();
    const labels = (): Promise<readonly string[]> => page.locator("#gallery-departure .wide .plot text").allTextContents();
    const before = await labels();
    await drawing(page, "departure").scrollIntoViewIfNeeded();
    const box = (await drawing(page, "departure").boundingBox())!;
    await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.3 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.6 * box.height, { steps: 5 });
    await page.mouse.up();
    expect(await page.locator("#gallery-departure .wide .plot.part").count()).toBe(1);
    const part = await labels();
    expect(part).not.toEqual(before);
    await page.getByRole("button", { name: /^Reduce Departure/ }).click();
    expect(await labels()).not.toEqual(part);
    await page.getByRole("button", { name: /^Whole figure: Departure/ }).click();
    expect(await labels()).toEqual(before);
    expect(await page.getByRole("button", { name: /^Whole figure: Departure/ }).isDisabled()).toBe(true);
    await page.close();
  });

  it("draws the whole as the page first showed it", async () => {
    const { page } = await open();
    const markup = (): Promise<string> => page.locator("#gallery-departure .wide .plot").evaluate((svg) => svg.outerHTML);
    const first = await markup();
    await page.getByRole("button", { name: /^Enlarge Departure/ }).click();
    expect(await markup()).not.toBe(first);
    await page.getByRole("button", { name: /^Whole figure: Departure/ }).click();

    expect(await markup()).toBe(first);
    await page.close();
  });

  it("switches the layers of a key's entry off and on", async () => {
    const { page } = await open();
    const lines = (): Promise<number> => page.locator("#gallery-departure .wide .s0.line").count();
    const entry = page.locator("#gallery-departure .key button", { hasText: "tint" });
    expect(await lines()).toBe(1);
    await entry.click();
    expect(await entry.getAttribute("aria-pressed")).toBe("false");
    expect(await lines()).toBe(0);
    expect(await page.locator("#gallery-departure .wide .s1.line").count()).toBe(1);
    await entry.click();
    expect(await lines()).toBe(1);
    await page.close();
  });

  it("shows where a pointer is in every drawing over the same axis, and in no other", async () => {
    const { page } = await open();
    await drawing(page, "departure").scrollIntoViewIfNeeded();
    await hoverSymbol(page, 2);
    const cursors = (figure: string): Promise<number> => page.locator(`#gallery-${figure} .cursor`).count();
    expect(await cursors("panels")).toBe(4);
    expect(await cursors("law")).toBe(0);
    await page.mouse.move(2, 2);
    expect(await cursors("panels")).toBe(0);
    await page.close();
  });
});

describe("a figure under the keys", () => {
  it("walks along a layer and from layer to layer, enlarges, and shows the whole", async () => {
    const { page } = await open();
    await drawing(page, "departure").focus();
    const said: string[] = [];
    for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowUp"]) {
      await page.keyboard.press(key);
      said.push(await saying(page, "departure"));
    }
    expect(said.map((text) => /n = (\d+)/.exec(text)?.[1])).toEqual(["256", "512", "1024", "512", "4096", "4096"]);
    expect(said[5]).not.toBe(said[4]);
    await page.keyboard.press("+");
    expect(await page.locator("#gallery-departure .wide .plot.part").count()).toBe(1);
    await page.keyboard.press("0");
    expect(await page.locator("#gallery-departure .wide .plot.part").count()).toBe(0);
    await page.close();
  });
});

describe("panels that move", () => {
  it("stand still until they are played, stop when they are paused, and are stills on paper", async () => {
    const { page } = await open();
    const time = (): Promise<string | null> => page.locator(".player output").textContent();
    const player = page.locator(".player");
    await player.scrollIntoViewIfNeeded();
    expect(await time()).toBe("time 0");
    await page.waitForTimeout(400);
    expect(await time()).toBe("time 0");
    await page.getByRole("button", { name: /^Play/ }).click();
    await expect.poll(time).not.toBe("time 0");
    await page.getByRole("button", { name: /^Pause/ }).click();
    const stopped = await time();
    await page.waitForTimeout(600);
    expect(await time()).toBe(stopped);
    await page.locator(".player input").focus();
    await page.keyboard.press("End");
    expect(await time()).toBe("time 4");
    expect(await page.locator(".stills").isVisible()).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".stills").isVisible()).toBe(true);
    expect(await player.isVisible()).toBe(false);
    await page.close();
  });
});

describe("numbers to take along", () => {
  it.each([
    ["CSV", "figure-departure.csv", (): string => figureCsv(galleryFigures[0]!)],
    ["JSON", "figure-departure.json", undefined],
  ] as const)("%s of a figure, as the command exports it", async (format, name, expected) => {
    const { page } = await open();
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: `Save ${format}: Numbers of Departure times follow the law as ${format}` }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(name);
    const text = readFileSync((await download.path()), "utf8");
    if (expected === undefined) expect(JSON.parse(text)).toEqual({ figure: JSON.parse(JSON.stringify(galleryFigures[0])) as unknown });
    else expect(text).toBe(expected());
    await page.close();
  });

  it("of every table", async () => {
    const { page } = await open();
    const waiting = page.waitForEvent("download");
    await page.locator(".table button", { hasText: "Save CSV" }).first().click();
    const text = readFileSync((await (await waiting).path()), "utf8");
    expect(text.split("\r\n")[0]!.split(",").length).toBe(gallery.tables[0]!.columns.length);
    await page.close();
  });
});
