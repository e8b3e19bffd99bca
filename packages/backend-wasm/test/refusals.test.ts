import { expect, test } from "vitest";
import { bytesOfBase64 } from "../src/base64.js";
import { wasmBackend } from "../src/index.js";

test("weights that only a double can hold are refused in f32, with two ways out", async () => {
  const backend = wasmBackend();
  const p = { batch: 1, n: 4, d: 3, flow: "USA", beta: 100 } as const;
  await expect(backend.prepare("attention-drift", p, "f32")).rejects.toThrow(/beta = 100 in f32: the sum of 4 weights .* overflows a float for shift = 0\. .*give shift = sign\(beta\); or compute in f64/);
  await expect(backend.prepare("attention-drift", { ...p, shift: 1 }, "f32")).resolves.toBeDefined();
  await expect(backend.prepare("attention-drift", p, "f64")).resolves.toBeDefined();
  await expect(backend.prepare("interaction-sums", { batch: 1, n: 4, d: 3, beta: -100 }, "f32")).rejects.toMatchObject({ code: "unsupported" });
});

test("an engine without WebAssembly, or a page that forbids it, is told what to do", () => {
  const global = globalThis as { WebAssembly?: unknown };
  const original = global.WebAssembly;
  try {
    global.WebAssembly = undefined;
    expect(() => wasmBackend()).toThrow(/this engine has none\. .*'wasm-unsafe-eval'; or take the reference backend/);
  } finally {
    global.WebAssembly = original;
  }
});

test("a closed backend computes no more, and says so", async () => {
  const backend = wasmBackend();
  backend.close();
  expect(() => backend.alloc("f64", [1])).toThrow("the wasm backend: has been closed. Make a new one with wasmBackend().");
  await expect(backend.lost).resolves.toMatchObject({ kind: "closed" });
});

test("base64 of every length", () => {
  for (let length = 0; length < 20; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 67 + length) % 256);
    expect([...bytesOfBase64(Buffer.from(bytes).toString("base64"))]).toEqual([...bytes]);
  }
});
