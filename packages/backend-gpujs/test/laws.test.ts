import { backendLaws, type Backend } from "@mesoscope/kernels";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gpujsBackend } from "../src/index.js";

describe.each(["webasm", "cpu"] as const)("the gpujs backend keeps the laws of the seam in mode %s", (mode) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await gpujsBackend({ mode });
  });
  afterAll(() => {
    backend.close();
  });
  for (const law of backendLaws) {
    test(law.name, async () => {
      await expect(law.check(backend)).resolves.toBeUndefined();
    });
  }
});
