import { expect, test } from "vitest";
import { wasmBackend } from "../../src/index.js";
import { outputOf } from "./large.js";

/** What `work` gives while a global has another value. */
async function without<T>(name: string, value: unknown, work: () => Promise<T>): Promise<T> {
  const global = globalThis as Record<string, unknown>;
  const before = Object.getOwnPropertyDescriptor(global, name);
  Object.defineProperty(global, name, { value, configurable: true, writable: true });
  try {
    return await work();
  } finally {
    if (before === undefined) Reflect.deleteProperty(global, name);
    else Object.defineProperty(global, name, before);
  }
}

test.each([
  ["crossOriginIsolated", false, /not cross-origin isolated: serve it with Cross-Origin-Opener-Policy: same-origin/],
  ["SharedArrayBuffer", undefined, /no shared memory/],
])("one thread where there can be no more (%s): the same bytes, and the reason is given", async (name, value, reason) => {
  const p = { batch: 1, n: 300, d: 3, flow: "SA", beta: 2 } as const;
  const truth = await outputOf(wasmBackend(), "attention-drift", p, "f64");
  await without(name, value, async () => {
    const backend = wasmBackend({ threads: 4 });
    expect(backend.threads).toMatchObject({ asked: 4, running: 1, reason: expect.stringMatching(reason) as string });
    expect(await outputOf(backend, "attention-drift", p, "f64")).toEqual(truth);
    backend.close();
  });
});

test("one thread is the default, and asks for nothing", () => {
  expect(wasmBackend().threads).toEqual({ asked: 1, running: 1 });
});

test.each([0, -1, 1.5, 257, Number.NaN])("threads = %d is refused", (threads) => {
  expect(() => wasmBackend({ threads })).toThrow(/threads/);
});
