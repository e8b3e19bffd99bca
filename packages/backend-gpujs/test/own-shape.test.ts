import { expect, test } from "vitest";
import { backendOn } from "../src/backend.js";
import { machine } from "../src/machine.js";
import { inOtherShapes } from "./own-shape.js";

test.each(["webasm", "cpu"] as const)("a tensor is read and written in the shape of the plan, whatever its own, in mode %s", async (mode) => {
  const [first, ...others] = await inOtherShapes(backendOn(machine(mode)));
  const last = others.pop()!;
  for (const other of others) expect(other).toEqual(first);
  expect([...last]).toEqual(Array.from({ length: 12 }, () => 0));
});
