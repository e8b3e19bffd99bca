/**
 * @file Pictures of a report, to be looked at: its index and every study, light, dark, 320 pixels wide, and as printed.
 *
 *   npm run screenshots -- reports [pictures]
 *
 * Ends with a status other than 0 if a page complains, asks the network for something, or is wider than its window.
 */
/* global document, window -- what is evaluated in the page */
import { launchChromium } from "@mesoscope/config/browser";
import { mkdirSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const states = [
  { name: "light", width: 1280, colorScheme: "light", media: "screen" },
  { name: "dark", width: 1280, colorScheme: "dark", media: "screen" },
  { name: "narrow", width: 320, colorScheme: "light", media: "screen" },
  { name: "print", width: 794, colorScheme: "light", media: "print" },
];

// npm runs this in the package; the words are those of the folder in which it was typed.
const from = process.env.INIT_CWD ?? process.cwd();
const [report = "reports", pictures = "screenshots"] = process.argv.slice(2).map((word) => resolve(from, word));
const pages = [join(report, "index.html"), ...readdirSync(join(report, "studies")).filter((name) => name.endsWith(".html")).map((name) => join(report, "studies", name))];
mkdirSync(pictures, { recursive: true });

const browser = await launchChromium();
let faults = 0;
for (const path of pages) {
  for (const state of states) {
    const complaints = await picture(path, state);
    for (const complaint of complaints) console.error(`${basename(path)}, ${state.name}: ${complaint}`);
    faults += complaints.length;
  }
}
await browser.close();
console.log(`${pages.length * states.length} pictures in ${pictures}, ${faults} complaints`);
process.exitCode = faults === 0 ? 0 : 1;

async function picture(path, { name, width, colorScheme, media }) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== pathToFileURL(path).href) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector("html[data-ready]", { timeout: 10_000, state: "attached" }).catch(() => complaints.push("its program did not come to its end"));
  await page.emulateMedia({ media, colorScheme });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) complaints.push(`is ${wide} pixels wider than its window`);
  await page.screenshot({ path: join(pictures, `${basename(path, ".html")}-${name}.png`), fullPage: true });
  await page.close();
  return complaints;
}
