import shared from "@mesoscope/config/vitest";
import { mergeConfig } from "vitest/config";

// The tests are pure: one load of the sources and of fast-check serves all files, which halves the time.
export default mergeConfig(shared, { test: { isolate: false } });
