/** @file Threads come late, die, are ended, and hold nothing back. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { backendOn, wasmBackend, type WasmBackend } from "../../src/backend.js";
import { BROKEN, BUSY, stateOf, TURN } from "../../src/threads/board.js";
import { startCrew } from "../../src/threads/crew.js";
import { startHelper } from "../../src/threads/start.js";
import type { WasmMemory } from "../../src/web-assembly.js";
import { outputOf } from "./large.js";
import { until } from "./until.js";

const DRIFT = { batch: 1, n: 700, d: 3, flow: "SA", beta: 2 } as const;
const drift = (backend: WasmBackend): Promise<Float64Array> => outputOf(backend, "attention-drift", DRIFT, "f64");
const one = wasmBackend();

test("before the others are up the calling thread does their part", async () => {
  const backend = backendOn({ threads: 3, least: 0 });
  expect(backend.threads).toEqual({ asked: 3, running: 1 });
  expect(await drift(backend)).toEqual(await drift(one));
  await until(() => backend.threads.running === 3);
  backend.close();
});

test("a process with threads that wait ends by itself", async () => {
  const built = new URL("../../dist/index.js", import.meta.url).href;
  const program = `
    import { wasmBackend } from ${JSON.stringify(built)};
    const backend = wasmBackend({ threads: 3 });
    while (backend.threads.running < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    const plan = await backend.prepare("exp", { batch: 1, n: 300000 });
    const x = backend.upload(new Float64Array(300000), [1, 300000]);
    const y = backend.alloc("f64", [1, 300000]);
    backend.submit(plan, [x], [y]);
    console.log((await backend.read(y)).every((value) => value === 1));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], { timeout: 15_000 });
  expect([stdout, stderr]).toEqual(["true\n", ""]);
}, 20_000);

test("close ends the threads", async () => {
  const reasons: string[] = [];
  const backend = backendOn({ threads: 3, start: (setting, lost) => startCrew(setting, lost, (orders) => startHelper(orders, (why) => reasons.push(why))) });
  await until(() => backend.threads.running === 3);
  backend.close();
  await until(() => reasons.length === 2);
  expect(reasons).toEqual(["a thread has ended", "a thread has ended"]);
});

test("a thread that ends between submissions is missed, but not needed", async () => {
  const ends: (() => void)[] = [];
  const backend = backendOn({
    threads: 3,
    least: 0,
    start: (setting, lost) =>
      startCrew(setting, lost, (orders, gone) => {
        const helper = startHelper(orders, gone);
        ends.push(helper.end);
        return helper;
      }),
  });
  await until(() => backend.threads.running === 3);
  ends[0]!();
  await until(() => backend.threads.running === 2);
  expect(backend.threads).toEqual({ asked: 3, running: 2, reason: "a thread has ended" });
  expect(await drift(backend)).toEqual(await drift(one));
  backend.close();
});

test("threads that are ended while they work: the right bytes, or a rejection that says so; never a hang", async () => {
  for (let count = 0; count < 8; count += 1) {
    const ends: (() => void)[] = [];
    const backend = backendOn({
      threads: 3,
      least: 0,
      start: (setting, lost) =>
        startCrew({ ...setting, task: (index, thread) => {
          setting.task(index, thread);
          if (index === count) ends.forEach((end) => { end(); });
        } }, lost, (orders, gone) => {
          const helper = startHelper(orders, gone);
          ends.push(helper.end);
          return helper;
        }),
    });
    await until(() => backend.threads.running === 3);
    const outcome = await outputOf(backend, "attention-drift", { ...DRIFT, n: 3000 }, "f64").catch((error: unknown) => error);
    if (outcome instanceof Float64Array) expect(outcome).toEqual(await outputOf(one, "attention-drift", { ...DRIFT, n: 3000 }, "f64"));
    else expect(outcome).toMatchObject({ code: "lost" });
    backend.close();
  }
});

test("an error in the caller's own task reaches the caller, and leaves no turn open", async () => {
  let words: Int32Array = new Int32Array();
  let fail = true;
  const backend = backendOn({
    threads: 2,
    least: 0,
    start: (setting, lost) => {
      words = new Int32Array(setting.memory.buffer, setting.board);
      return startCrew({ ...setting, task: (index, thread) => {
        if (fail) throw new RangeError("the stack is full");
        setting.task(index, thread);
      } }, lost);
    },
  });
  await until(() => backend.threads.running === 2);
  await expect(drift(backend)).rejects.toThrow("the stack is full");
  expect(Atomics.load(words, TURN) % 2).toBe(0);
  fail = false;
  expect(await drift(backend)).toEqual(await drift(one));
  backend.close();
});

test.each([
  ["ended in the middle of its work", BUSY, true],
  ["failed in its work", BROKEN, false],
])("a thread that %s: reads are rejected, and lost says why", async (what, state, stopped) => {
  const backend = backendOn({
    threads: 2,
    least: 0,
    start: (setting, lost) =>
      startCrew(setting, lost, (orders) => {
        Atomics.store(new Int32Array((orders.memory as WasmMemory).buffer, orders.board), stateOf(1), state);
        return { stopped: () => stopped, end: () => undefined };
      }),
  });
  await expect(drift(backend)).rejects.toThrow(`the wasm backend: was lost: a thread ${what}. Make a new one with wasmBackend() and compute again; with one thread if it happens again.`);
  await expect(backend.flush()).rejects.toMatchObject({ code: "lost" });
  expect(await backend.lost).toMatchObject({ kind: "device-lost", message: expect.stringContaining(what) as string });
});
