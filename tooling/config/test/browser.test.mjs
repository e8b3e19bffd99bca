import { afterEach, expect, it, vi } from "vitest";
import { chromiumPath } from "../browser.js";

afterEach(() => vi.unstubAllEnvs());

it("$CHROMIUM decides where the browser is", () => {
  vi.stubEnv("CHROMIUM", process.execPath);
  expect(chromiumPath()).toBe(process.execPath);
});

it("a path that leads nowhere is refused with value, rule and remedy", () => {
  vi.stubEnv("CHROMIUM", "/nowhere/chromium");
  expect(chromiumPath).toThrow('CHROMIUM = "/nowhere/chromium": no Chromium there. Install one');
});
