import { backendLaws } from "@mesoscope/kernels";
import { describe, expect, test } from "vitest";
import { wasmBackend } from "../src/index.js";

describe("the wasm backend keeps the laws of the seam", () => {
  for (const law of backendLaws) {
    test(law.name, async () => {
      const backend = wasmBackend();
      await expect(law.check(backend)).resolves.toBeUndefined();
      backend.close();
    });
  }
});
