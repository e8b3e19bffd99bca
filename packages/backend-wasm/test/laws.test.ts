import { backendLaws } from "@mesoscope/kernels";
import { describe, expect, test } from "vitest";
import { backendOn } from "../src/backend.js";
import { until } from "./threads/until.js";

// Work is divided however small it is, so that every law is one of the threads, too.
describe.each([1, 2, 3])("the wasm backend keeps the laws of the seam on %d threads", (threads) => {
  for (const law of backendLaws) {
    test(law.name, async () => {
      const backend = backendOn({ threads, least: 0 });
      await until(() => backend.threads.running === threads);
      await expect(law.check(backend)).resolves.toBeUndefined();
      backend.close();
    });
  }
});
