import { expect, test } from "vitest";
import { backendOn } from "../src/backend.js";
import { machine, type Machine } from "../src/machine.js";
import type { Source } from "../src/sources/source.js";
import { loopLine, quickCheck, requireRight } from "../src/start-up.js";

/** A device that stops each thread after `most` iterations, without a word. */
function truncating(most: number): Machine {
  const inner = machine("webasm");
  const cut = ({ parameters, body }: Source): Source => {
    let loops = 0;
    const guarded = body.replaceAll(/for \([^{]*\{/g, (head) => {
      loops += 1;
      return `${head}\n  if (spent >= ${most}) { break; }\n  spent = spent + 1.0;`;
    });
    return loops === 0 ? { parameters, body } : { parameters, body: `let spent = 0.0;\n${guarded}` };
  };
  return { ...inner, run: (source, extent, ...given) => inner.run(cut(source), extent, ...given) };
}

test("a driver that stops after 65,535 iterations does not touch our kernels", async () => {
  const device = truncating(65_535);
  const check = await backendOn(device).selfCheck();
  expect(check.lines.filter((line) => !line.passed)).toEqual([]);
});

test("one that stops after 30,000 is seen, and refused with what is wrong and what to do", async () => {
  const device = truncating(30_000);
  const line = await loopLine(device);
  expect(line).toMatchObject({ passed: false });
  expect(line.message).toMatch(/a loop of 36000 iterations made \d+: the driver cuts loops short/);
  const check = await quickCheck(device, backendOn(device));
  expect(() => {
    requireRight(check, "webgl2");
  }).toThrow(/gpu\.js in mode webgl2 on this device: fails 1 of \d+ checks: a loop of 36000 .* Update the graphics driver/);
});

test("one that stops after 500 gives wrong drifts, too, and those are seen by themselves", async () => {
  const device = truncating(500);
  const check = await quickCheck(device, backendOn(device));
  const wrong = check.lines.filter((line) => !line.passed).map(({ name }) => name);
  expect(wrong).toContain("two chunks of keys");
});

test("a device that rounds to sixteen bits is seen", async () => {
  const inner = machine("webasm");
  const coarse: Machine = { ...inner, read: async (held) => (await inner.read(held)).map((value) => Math.round(value * 4096) / 4096) };
  const check = await quickCheck(coarse, backendOn(coarse));
  expect(check.passed).toBe(false);
});
