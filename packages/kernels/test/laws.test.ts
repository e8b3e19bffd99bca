import { describe, expect, test } from "vitest";
import type { Backend } from "../src/index.js";
import { backendLaws, referenceBackend } from "../src/index.js";

describe("the reference backend keeps the laws of the seam", () => {
  for (const law of backendLaws) {
    test(law.name, async () => {
      const backend = referenceBackend();
      await expect(law.check(backend)).resolves.toBeUndefined();
      backend.close();
    });
  }
});

/** Names of the laws that a backend breaks. */
async function broken(make: () => Backend): Promise<string[]> {
  const names: string[] = [];
  for (const law of backendLaws) {
    const backend = make();
    await law.check(backend).catch(() => names.push(law.name));
  }
  return names;
}

/** A reference backend with one method replaced. */
function changed(change: (backend: Backend) => Partial<Backend>): () => Backend {
  return () => {
    const backend = referenceBackend();
    const next: Backend = { ...backend, ...change(backend) };
    return next;
  };
}

describe("backends that are wrong in one way are caught", () => {
  test("conjugated moments (the kernel of x + y in place of x - y)", async () => {
    const make = changed((backend) => ({
      read: async (tensor) => {
        const data = await backend.read(tensor);
        return tensor.shape.length === 3 && tensor.shape[2] === 2 ? data.map((value, at) => (at % 2 === 1 ? -value : value)) : data;
      },
    }));
    expect(await broken(make)).toContain(`"harmonic-moments" agrees with the reference within the derived bound, also for one token, one dimension, coincident and antipodal tokens`);
  });

  test("repeat ignored", async () => {
    const make = changed((backend) => ({
      submit: (plan, inputs, outputs) => {
        backend.submit(plan, inputs, outputs);
      },
    }));
    expect(await broken(make)).toContain("repeat = k writes the bytes of k submissions, in place or not");
  });

  test("one exponent in a thousand million too large", async () => {
    const make = changed((backend) => ({
      prepare: (kernel, parameters, dtype) => backend.prepare(kernel, "beta" in parameters ? { ...parameters, beta: parameters.beta * (1 + 1e-9) } : parameters, dtype),
    }));
    expect(await broken(make)).toHaveLength(3);
  });

  test("nothing written", async () => {
    const names = await broken(changed(() => ({ submit: () => undefined })));
    expect(names.length).toBeGreaterThan(6);
  });

  test("freed tensors still served", async () => {
    const names = await broken(changed(() => ({ free: () => undefined })));
    expect(names).toEqual(["freed and foreign handles are refused"]);
  });

  test("bytes that depend on the batch", async () => {
    const make = changed((backend) => ({
      read: async (tensor) => (await backend.read(tensor)).map((value) => value * (1 + tensor.shape[0]! * 2 ** -52)),
    }));
    expect(await broken(make)).toContain("a replica has the same bytes alone and in a batch");
  });
});
