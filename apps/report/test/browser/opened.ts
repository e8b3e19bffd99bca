/** @file A report in a real browser, opened from its files, with everything that it complains of and asks for. */
import { launchChromium } from "@mesoscope/config/browser";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { MesoscopeRecord } from "@mesoscope/contracts";
import { pageTools } from "../../src/output/write-page.js";
import { renderIndex, type Unreadable } from "../../src/page/index-page.js";
import { renderStudyPage } from "../../src/page/study-page.js";

export type Browser = Awaited<ReturnType<typeof launchChromium>>;
export type Page = Awaited<ReturnType<Browser["newPage"]>>;

export interface Look {
  readonly width: number;
  readonly colorScheme: "light" | "dark";
  readonly media?: "screen" | "print";
  readonly reducedMotion?: "reduce" | "no-preference";
}

export interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

/** A report on the disk and a browser that opens it. */
export interface Report {
  readonly folder: string;
  url(path: string): string;
  open(path: string, look?: Look): Promise<Opened>;
  close(): Promise<void>;
}

export async function makeReport(records: readonly MesoscopeRecord[], unreadable: readonly Unreadable[] = []): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "mesoscope-page-"));
  const tools = await pageTools();
  mkdirSync(join(folder, "studies"));
  writeFileSync(join(folder, "index.html"), renderIndex(records, tools, unreadable));
  for (const record of records) writeFileSync(join(folder, "studies", `${record.id}.html`), renderStudyPage(record, tools));
  const browser = await launchChromium(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
  const url = (path: string): string => pathToFileURL(join(folder, path)).href;
  return {
    folder,
    url,
    async open(path, { width, colorScheme, media = "screen", reducedMotion = "no-preference" } = { width: 1280, colorScheme: "light" }) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion });
      await page.emulateMedia({ media, colorScheme, reducedMotion });
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(url(path));
      await page.waitForSelector("html[data-ready]", { state: "attached" });
      return { page, complaints, requests };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens every disclosure of a page, as a reader would one after the other. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}
