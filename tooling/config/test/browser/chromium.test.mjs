import { expect, it } from "vitest";
import { launchChromium } from "../../browser.js";

it("the system's Chromium starts, lays out a page and runs its script", async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.setContent('<p id="p" style="width: 50vw; margin: 0"></p><script>p.textContent = 6 * 7; nowhere();</script>');
    expect(await page.textContent("#p")).toBe("42");
    expect(await page.locator("#p").boundingBox()).toMatchObject({ width: 160 });
    expect(errors).toEqual([expect.stringContaining("nowhere")]);
  } finally {
    await browser.close();
  }
});
