import { agreement, cases, type KernelName } from "@mesoscope/kernels";
import { expect, test } from "vitest";
import { backendOn } from "../src/backend.js";
import { machine, type Held, type Machine } from "../src/machine.js";

test("launches and chunks as small as they get give the same numbers within their bound: many groups of keys, many chunks", async () => {
  const inner = machine("webasm");
  const backend = backendOn({ ...inner, limits: { array: inner.limits.array, chunk: 131 * 16, launch: 131 * 17 * 20 } });
  for (const kernel of ["attention-drift", "attention"] as const) {
    const large = cases[kernel]().filter(({ parameters }) => parameters.n > 60 && parameters.batch * parameters.n <= 131);
    expect(large.length).toBeGreaterThan(5);
    for (const one of large) expect((await agreement(backend, kernel, one as never, "f32")).ratio).toBeLessThanOrEqual(1);
  }
});

test("what a program makes on its way is given back, and what a plan keeps, when it is freed", async () => {
  const inner = machine("cpu");
  const alive = new Set<Held>();
  const counted = async (held: Promise<Held>): Promise<Held> => {
    alive.add(await held);
    return held;
  };
  const counting: Machine = {
    ...inner,
    run: (...given) => counted(inner.run(...given)),
    upload: (...given) => counted(inner.upload(...given)),
    release: (held) => {
      expect(alive.delete(held)).toBe(true);
      inner.release(held);
    },
  };
  const backend = backendOn(counting);
  for (const kernel of Object.keys(backend.supports.kernels) as KernelName[]) {
    const all = cases[kernel]();
    for (const one of [all[0]!, all.at(-1)!]) await agreement(backend, kernel, one as never, "f32");
    await backend.flush();
    expect(alive.size, kernel).toBe(0);
  }
});
