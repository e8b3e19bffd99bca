import { readFileSync } from "node:fs";
import type { KernelError, KernelName, KernelParameters } from "@mesoscope/kernels";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backendOn, wasmBackend, type WasmBackend } from "../../src/backend.js";
import { startCrew, type Crew, type CrewSetting } from "../../src/threads/crew.js";
import { kernelHashes } from "../bytes/hashes.js";
import { large, outputOf } from "./large.js";
import { scrambled } from "./scrambled.js";
import { until } from "./until.js";

const committed = JSON.parse(readFileSync(new URL("../fixtures/bytes.json", import.meta.url), "utf8")) as Record<string, string>;

/** Tasks that the calling thread did and that there were, over all jobs. */
const tasks = { own: 0, all: 0 };

/** A crew whose owner is slow to take a task, so that helpers come to theirs however small it is. */
function generous(setting: CrewSetting, lost: (error: KernelError) => void): Crew {
  const crew = startCrew(
    {
      ...setting,
      task: (index, thread) => {
        setting.task(index, thread);
        tasks.own += 1;
        const end = performance.now() + 0.02;
        while (performance.now() < end);
      },
    },
    lost,
  );
  return {
    ...crew,
    divide: (count) => {
      tasks.all += count;
      crew.divide(count);
    },
  };
}

const backends: Record<string, WasmBackend> = {
  "one thread that plays three": backendOn({ threads: 3, least: 0, start: scrambled }),
  "two threads": backendOn({ threads: 2, least: 0, start: generous }),
  "three threads": backendOn({ threads: 3, least: 0, start: generous }),
};
const one = wasmBackend();

beforeAll(() => until(() => Object.values(backends).every(({ threads }) => threads.running === threads.asked)));
afterAll(() => {
  for (const backend of Object.values(backends)) backend.close();
});

describe.each(Object.keys(backends))("%s", (name) => {
  test("the committed bytes of every kernel", async () => {
    expect(await kernelHashes(backends[name]!)).toEqual(committed);
  });

  test.each(Object.keys(large) as KernelName[])("%s at sizes that are divided", async (kernel) => {
    for (const parameters of large[kernel] as readonly KernelParameters[KernelName][]) {
      for (const dtype of ["f64", "f32"] as const) {
        const p = dtype === "f32" && "flow" in parameters && parameters.flow === "USA" && parameters.beta > 80 ? { ...parameters, beta: 40 } : parameters;
        expect(await outputOf(backends[name]!, kernel, p, dtype)).toEqual(await outputOf(one, kernel, p, dtype));
      }
    }
  });

  test("four hundred small submissions in a row", async () => {
    const parameters = { batch: 3, n: 70, d: 3, flow: "SA", beta: 3, dt: 0.01, tableau: { a: [[]], b: [1] } } as const;
    const run = async (backend: WasmBackend): Promise<Float64Array> => {
      const plan = await backend.prepare("attention-step", parameters);
      const x = backend.upload(Float64Array.from({ length: 630 }, (_, at) => ((at * 7919) % 31) / 10 - 1.5), [3, 70, 3]);
      for (let count = 0; count < 400; count += 1) backend.submit(plan, [x], [x]);
      return backend.read(x);
    };
    expect(await run(backends[name]!)).toEqual(await run(one));
  });
});

test.each(["two threads", "three threads"])("%s: the others took part", async (name) => {
  const before = { ...tasks };
  for (let count = 0; count < 30; count += 1) await outputOf(backends[name]!, "attention-drift", { batch: 1, n: 1500, d: 3, flow: "SA", beta: 1 }, "f64");
  const [own, all] = [tasks.own - before.own, tasks.all - before.all];
  expect(own).toBeGreaterThanOrEqual(60);
  expect(own).toBeLessThan(all);
});
