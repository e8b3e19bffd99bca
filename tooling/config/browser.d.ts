import type { Browser } from "playwright-core";

/** Where the browser is: $CHROMIUM, or the place a Linux distribution puts it. Throws with the remedy if nowhere. */
export declare function chromiumPath(): string;

/** A headless Chromium of the system, the same way in every test; the caller closes it. */
export declare function launchChromium(args?: readonly string[]): Promise<Browser>;
