/** @file Records full of hostile text in a real browser: shown as text, also where the program draws anew and reads values out. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { hostileTexts, poisonedRecord } from "../fixtures/poisoned.js";
import { makeReport, openAll, type Report } from "./opened.js";

let report: Report;
beforeAll(async () => {
  report = await makeReport(hostileTexts.map((text, i) => poisonedRecord(text, `hostile-${i}`)), hostileTexts.map((text) => ({ file: text, message: text })));
});
afterAll(() => report.close());

it.each(["index.html", ...hostileTexts.map((_, i) => `studies/hostile-${i}.html`)])("%s runs nothing, asks nothing, complains of nothing", async (path) => {
  const { page, complaints, requests } = await report.open(path);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); });
  await openAll(page);
  for (const button of await page.locator("button:not(:disabled):visible", { hasNotText: "Save" }).all()) await button.click();
  for (const box of await page.locator(".drawing:visible").all()) {
    await box.focus();
    await page.keyboard.press("Home");
    await box.hover();
  }
  expect(await page.evaluate(() => "taken" in globalThis)).toBe(false);
  expect(await page.evaluate(() => document.querySelectorAll("img, iframe, object, script:not([type]):not(body > script)").length)).toBe(0);
  expect(dialogs).toEqual([]);
  expect(complaints).toEqual([]);
  expect(requests).toEqual([report.url(path)]);
  await page.close();
});
