import { describe, expect, it } from "vitest";
import type { Catalogue } from "../src/catalogue.js";
import * as composition from "../src/composition.js";

// The compiler holds the composition to the interface here: the command only sees it through a dynamic import.
const catalogue: Catalogue = composition;

describe("the composition root", () => {
  it("loads the default backend, with which every bundled pair is made", async () => {
    const backend = await catalogue.loadBackend(catalogue.backendNames[0]!);
    expect(backend.supports.deterministic).toBe(true);
    for (const [id, pair] of Object.entries(catalogue.bundledPairs({ backend }))) expect(pair.id).toBe(id);
    backend.close();
  });

  it("refuses a backend that it does not know", async () => {
    await expect(catalogue.loadBackend("__proto__")).rejects.toThrow('backend "__proto__": there is none of this name. There are wasm, gpujs, webgpu, reference.');
  });

  it("refuses threads where a backend has none", async () => {
    await expect(catalogue.loadBackend("reference", { threads: 2 })).rejects.toThrow("--threads 2: the reference backend has no threads.");
  });

  it("names every study and quantity once", () => {
    for (const list of [catalogue.studies, catalogue.quantities]) {
      const ids = list.map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});
