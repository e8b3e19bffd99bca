import { describe, expect, test } from "vitest";
import type { Backend, KernelName } from "../src/index.js";
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

  test.each<[string, KernelName, (p: Record<string, unknown>) => Record<string, unknown>]>([
    ["products too large by 10^-9", "matmul", (p) => ({ ...p, scale: ((p["scale"] as number | undefined) ?? 1) * (1 + 1e-9) })],
    ["heads one after the other where they belong side by side", "matmul", (p) => ({ ...p, besideC: false })],
    ["a causal softmax that sees the future", "row-softmax", (p) => ({ ...p, causal: false })],
    ["a variance that is slightly larger", "row-normalise", (p) => ({ ...p, epsilon: (p["epsilon"] as number) * (1 + 1e-6) })],
    ["its gradient with that variance", "row-normalise-backward", (p) => ({ ...p, epsilon: (p["epsilon"] as number) * (1 + 1e-6) })],
    ["tanh in place of erf", "activation", (p) => (p["name"] === "erf" ? { ...p, name: "tanh" } : p)],
    ["the slope of tanh in place of that of erf", "activation-backward", (p) => (p["name"] === "erf" ? { ...p, name: "tanh" } : p)],
    ["a sum with a weight slightly off", "linear-combination", (p) => ({ ...p, a: (p["a"] as number) * (1 + 1e-12) })],
    ["a decay slightly off", "adam-step", (p) => ({ ...p, beta2: (p["beta2"] as number) * (1 - 1e-9) })],
    ["draws that begin one late", "normals", (p) => ({ ...p, first: ((p["first"] as number | undefined) ?? 0) + 1 })],
    ["one trial more", "binomials", (p) => ({ ...p, trials: (p["trials"] as number) + 1 })],
    ["a coefficient slightly off", "spherical-drift", (p) => ({ ...p, numerator: (p["numerator"] as number[]).map((a) => a * (1 + 1e-10)) })],
  ])("%s", async (_, kernel, wrong) => {
    const make = changed((backend) => ({
      prepare: (asked, parameters, dtype) => backend.prepare(asked, asked === kernel ? (wrong(parameters as unknown as Record<string, unknown>) as unknown as typeof parameters) : parameters, dtype),
    }));
    expect(await broken(make, new RegExp(`^"${kernel}"`))).toHaveLength(1);
  });

  test("the second output forgotten", async () => {
    const make = changed((backend) => ({
      submit: (plan, inputs, outputs, repeat) => {
        const spare = outputs.map((one, index) => (index === 0 ? one : backend.alloc(one.dtype, one.shape)));
        backend.submit(plan, inputs, spare, repeat);
      },
    }));
    expect(await broken(make, /^"adam-step"/)).toHaveLength(1);
  });

  test("a tensor written over that may not be", async () => {
    const make = changed((backend) => ({
      submit: (plan, inputs, outputs, repeat) => {
        if (outputs.some((one) => inputs.includes(one))) return;
        backend.submit(plan, inputs, outputs, repeat);
      },
    }));
    expect(await broken(make, /input and output where|in place of an input/)).toHaveLength(2);
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
