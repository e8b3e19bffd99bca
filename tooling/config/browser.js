import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the browser is: $CHROMIUM, or the place a Linux distribution puts it. */
export function chromiumPath() {
  const path = process.env.CHROMIUM || usual.find((candidate) => existsSync(candidate));
  if (path === undefined || !existsSync(path)) {
    throw new RangeError(
      `CHROMIUM = ${JSON.stringify(path ?? "")}: no Chromium there. Install one (Debian: apt-get install chromium) or set CHROMIUM to its path.`,
    );
  }
  return path;
}

/** A headless Chromium of the system, the same way in every test; the caller closes it. */
export function launchChromium(args = []) {
  return chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--force-color-profile=srgb", ...args],
  });
}
