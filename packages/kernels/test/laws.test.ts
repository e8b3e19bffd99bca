import { describe, expect, test } from "vitest";
import type { Backend } from "../src/index.js";
import { backendLaws, kernelNames, referenceBackend } from "../src/index.js";

describe("the reference backend keeps the laws of the seam", () => {
  for (const law of backendLaws) {
    test(law.name, async () => {
      const backend = referenceBackend();
      await expect(law.check(backend)).resolves.toBeUndefined();
      backend.close();
    });
  }
});

/** Names of the laws that a backend breaks, among those whose name matches. */
async function broken(make: () => Backend, among = /./): Promise<string[]> {
  const names: string[] = [];
  for (const law of backendLaws.filter(({ name }) => among.test(name))) await law.check(make()).catch(() => names.push(law.name));
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
    expect(await broken(make, /"harmonic-moments"/)).toHaveLength(1);
  });

  test("repeat ignored", async () => {
    const make = changed((backend) => ({
      submit: (plan, inputs, outputs) => {
        backend.submit(plan, inputs, outputs);
      },
    }));
    expect(await broken(make, /^repeat/)).toHaveLength(1);
  });

  test("one exponent in a thousand million too large", async () => {
    const make = changed((backend) => ({
      prepare: (kernel, parameters, dtype) => backend.prepare(kernel, "beta" in parameters ? { ...parameters, beta: parameters.beta * (1 + 1e-9) } : parameters, dtype),
    }));
    expect(await broken(make, /^"(att|int)/)).toHaveLength(4);
  });

  test("nothing written", async () => {
    expect(await broken(changed(() => ({ submit: () => undefined })), /agrees/)).toHaveLength(kernelNames.length);
  });

  test("freed tensors still served", async () => {
    const names = await broken(changed(() => ({ free: () => undefined })), /refused/);
    expect(names).toEqual(["freed and foreign handles are refused"]);
  });

  test("bytes that depend on the batch", async () => {
    const make = changed((backend) => ({
      read: async (tensor) => (await backend.read(tensor)).map((value) => value * (1 + tensor.shape[0]! * 2 ** -52)),
    }));
    expect(await broken(make, /a batch/)).toHaveLength(1);
  });
});
