import { key } from "@mesoscope/numerics";
import { expect, test } from "vitest";
import { heap, type Block } from "../src/heap.js";
import { wasmBackend } from "../src/index.js";
import { webAssembly } from "../src/web-assembly.js";

function memory() {
  return new (webAssembly()!.Memory)({ initial: 1, maximum: 65536, shared: false });
}

test("blocks never overlap, keep what is in them while others come and go, and are joined again", () => {
  const space = memory();
  const blocks = heap(space, 1000);
  const stream = key(5).stream();
  const held: { block: Block; mark: number }[] = [];
  for (let turn = 0; turn < 3000; turn += 1) {
    if (held.length > 0 && stream.uniform() < 0.5) {
      const [gone] = held.splice(stream.integer(held.length), 1);
      expect(blocks.view("f64", gone!.block.at, gone!.block.size / 8).every((value) => value === gone!.mark)).toBe(true);
      blocks.give(gone!.block);
    } else {
      const block = blocks.take(1 + stream.integer(20_000));
      expect(block.at % 64).toBe(0);
      blocks.view("f64", block.at, block.size / 8).fill(turn);
      held.push({ block, mark: turn });
    }
  }
  for (const { block } of held) blocks.give(block);
  expect(blocks.used()).toBe(0);
  const before = space.buffer.byteLength;
  blocks.take(before - 2048);
  expect(space.buffer.byteLength).toBe(before);
});

test("what no memory can hold is refused with a remedy, and nothing is lost by it", async () => {
  const backend = wasmBackend();
  const x = backend.upload([1, 2], [1, 2]);
  expect(() => backend.alloc("f64", [1 << 20, 1 << 20])).toThrow(/more than the memory of the wasm backend.*Free what is no longer needed/);
  expect([...(await backend.read(x))]).toEqual([1, 2]);
  await expect(backend.prepare("attention-drift", { batch: 1, n: 1 << 24, d: 64, flow: "SA", beta: 1 })).rejects.toMatchObject({ code: "memory" });
});

test("a plan needs memory in proportion to n, and gives it back", async () => {
  const grown: number[] = [];
  for (const n of [4096, 8192]) {
    const space = memory();
    const original = webAssembly()!;
    const taken: (typeof space)[] = [];
    const global = globalThis as { WebAssembly?: unknown };
    // Seen from outside: the memory that the backend makes.
    global.WebAssembly = { ...original, Module: original.Module, Instance: original.Instance, Memory: function Memory() { taken.push(space); return space; } };
    try {
      const backend = wasmBackend();
      for (let count = 0; count < 20; count += 1) {
        const plan = await backend.prepare("attention-drift", { batch: 1, n, d: 3, flow: "SA", beta: 1 });
        const [x, v] = [backend.upload(new Float64Array(3 * n).fill(1), [1, n, 3]), backend.alloc("f64", [1, n, 3])];
        for (const handle of [plan, x, v]) backend.free(handle);
      }
    } finally {
      global.WebAssembly = original;
    }
    expect(taken).toHaveLength(1);
    grown.push(space.buffer.byteLength);
  }
  expect(grown[1]! / grown[0]!).toBeLessThan(2.1);
  // Eight shares of three components and a sum; tokens, results; and what else has n numbers.
  expect(grown[1]).toBeLessThan(8192 * 8 * (8 * 4 + 4 * 3 + 4));
});
