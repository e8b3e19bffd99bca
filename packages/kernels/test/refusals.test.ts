import { describe, expect, test } from "vitest";
import type { KernelError } from "../src/index.js";
import { catalogue, kernelNames, referenceBackend } from "../src/index.js";

describe("messages say the thing, its value, the rule and the remedy", () => {
  test("wrong shape", async () => {
    const backend = referenceBackend();
    const plan = await backend.prepare("harmonic-moments", { batch: 2, n: 5, order: 1 });
    const z = backend.alloc("f64", [2, 2, 2]);
    const x = backend.upload(new Float64Array(6), [2, 3]);
    expect(() => {
      backend.submit(plan, [x], [z]);
    }).toThrow('input 0 of "harmonic-moments" has shape (2, 3), 6 numbers: the plan was prepared for (2, 5), 10 numbers. Prepare a plan for this size.');
  });

  test("a frozen list, checked before, is checked again once something was freed", async () => {
    const backend = referenceBackend();
    const plan = await backend.prepare("harmonic-moments", { batch: 1, n: 3, order: 1 });
    const [x, other] = [backend.upload(new Float64Array(3), [1, 3]), backend.upload(new Float64Array(3), [1, 3])];
    const [inputs, outputs] = [Object.freeze([x]), Object.freeze([backend.alloc("f64", [1, 2, 2])])];
    const submit = (): void => {
      backend.submit(plan, inputs, outputs);
    };
    submit();
    backend.free(other);
    expect(submit).not.toThrow();
    expect(() => {
      backend.submit(plan, inputs, outputs, 2);
    }).toThrow(/does not iterate/);
    backend.free(x);
    expect(submit).toThrow(/has been freed/);
    const open = Object.freeze([backend.upload(new Float64Array(3), [1, 3])]);
    const again = (): void => {
      backend.submit(plan, open, outputs);
    };
    again();
    backend.close();
    expect(again).toThrow(/has been closed/);
  });

  test("a parameter no device could serve", async () => {
    const backend = referenceBackend();
    const size = { batch: 1, n: 2, d: 3 };
    await expect(backend.prepare("attention-drift", { ...size, flow: "USA", beta: 800 })).rejects.toThrow("beta = 800: exp(beta (<x, y> - shift)) overflows for shift = 0. Measure time in units of e^{-|beta|}: give shift = sign(beta).");
    await expect(backend.prepare("attention-drift", { ...size, flow: "SA", beta: 1, shift: 1 })).rejects.toThrow(/shift = 1/);
    await expect(backend.prepare("attention-drift", { ...size, flow: "SB" as "SA", beta: 1 })).rejects.toThrow(/flow = "SB"/);
    await expect(backend.prepare("harmonic-drift", { batch: 1, n: 2, numerator: [1, Number.NaN] })).rejects.toThrow(/numerator\[1\] = NaN/);
    const implicit = { a: [[0.5]], b: [1] };
    await expect(backend.prepare("harmonic-step", { batch: 1, n: 2, numerator: [1], dt: 1, tableau: implicit })).rejects.toThrow(/explicit method/);
  });

  test("f32 and closed backends", async () => {
    const backend = referenceBackend();
    expect(() => backend.alloc("f32", [1])).toThrow(/computes in f64 only/);
    backend.close();
    expect(() => backend.alloc("f64", [1])).toThrow(/has been closed/);
    await expect(backend.flush()).rejects.toMatchObject({ code: "closed" } satisfies Partial<KernelError>);
    await expect(backend.lost).resolves.toMatchObject({ kind: "closed" });
  });

  test("a plan keeps its parameters when the caller changes the array", async () => {
    const backend = referenceBackend();
    const numerator = [1];
    const plan = await backend.prepare("harmonic-drift", { batch: 1, n: 2, numerator });
    numerator[0] = 100;
    const v = backend.alloc("f64", [1, 2]);
    backend.submit(plan, [backend.upload([0, 1], [1, 2])], [v]);
    expect((await backend.read(v))[0]).toBeCloseTo(Math.sin(1) / 2, 15);
  });
});

test("every kernel of the catalogue says what it means", () => {
  for (const name of kernelNames) expect(catalogue[name].meaning.length).toBeGreaterThan(60);
});

test.each([
  [{ batch: 5, heads: 2 }, /batch = 5: must be a multiple of the 2 heads\. The batch counts the matrices of all heads/],
  [{ batch: 4, heads: 2, shareB: true, besideB: true }, /besideB = true: contradicts shareB/],
  [{ batch: 4, heads: 0 }, /heads = 0/],
])("heads of a product: %o", async (form, message) => {
  await expect(referenceBackend().prepare("matmul", { m: 2, k: 2, n: 2, ...form })).rejects.toThrow(message);
});
