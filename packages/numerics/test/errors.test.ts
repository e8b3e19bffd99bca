import { describe, expect, it } from "vitest";
import { DomainError, isConverged, outcome, requireFinite, requireInRange, requireInteger, requireMemory, requirePositive } from "../src/index.js";

function caught(run: () => unknown): DomainError {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  expect.fail("no DomainError was thrown");
}

describe("DomainError", () => {
  it("names the value, the rule and the remedy", () => {
    const error = caught(() => requireFinite("beta", Infinity, "Give the inverse temperature as a finite number."));
    expect(error.message).toBe("beta = Infinity: must be finite. Give the inverse temperature as a finite number.");
    expect(error).toMatchObject({ name: "DomainError", quantity: "beta", value: Infinity, rule: "must be finite" });
    expect(error).toBeInstanceOf(RangeError);
  });

  it("describes values that would flood a message", () => {
    const parts = { name: "x", rule: "must be a number", remedy: "Give one." };
    expect(new DomainError({ ...parts, value: new Float64Array(1e6) }).message).toContain("Float64Array of length 1000000");
    expect(new DomainError({ ...parts, value: "y".repeat(1e6) }).message.length).toBeLessThan(200);
    expect(new DomainError({ ...parts, value: -0 }).message).toContain("x = -0:");
    expect(new DomainError({ ...parts, value: undefined }).message).toContain("x = undefined:");
    expect(new DomainError({ ...parts, value: { a: 1 } }).message).toContain("x = an object:");
  });
});

describe("the requirements", () => {
  it("return what they accept", () => {
    expect(requireFinite("x", -3.5)).toBe(-3.5);
    expect(requireInteger("n", 4, { min: 4, max: 4 })).toBe(4);
    expect(requirePositive("x", 5e-324)).toBe(5e-324);
    expect(requireInRange("x", 1, { min: 0, max: 1 })).toBe(1);
    expect(requireInRange("x", Infinity, { min: 0 })).toBe(Infinity);
  });

  it.each([NaN, Infinity, -Infinity])("refuse %s", (value) => {
    for (const run of [
      () => requireFinite("x", value),
      () => requireInteger("x", value),
      () => requirePositive("x", value),
      () => requireInRange("x", value, { min: -1, max: 1 }),
    ]) {
      expect(caught(run).value).toBe(value);
    }
  });

  it("refuse what lies just outside", () => {
    caught(() => requirePositive("x", 0));
    caught(() => requireInteger("n", 2 ** 53));
    caught(() => requireInteger("n", 0.5));
    caught(() => requireInRange("x", -Number.MIN_VALUE, { min: 0 }));
    expect(caught(() => requireInteger("n", 5, { min: 1, max: 4 })).message).toBe(
      "n = 5: must be an integer from 1 to 4. Give an integer from 1 to 4.",
    );
    expect(caught(() => requireInRange("x", 5, { max: 4 })).rule).toBe("must be a number of at most 4");
    expect(caught(() => requireInRange("x", 5, { min: 6 })).rule).toBe("must be a number of at least 6");
  });

  it("refuse memory beyond 4 GiB with its bytes, and what is no number of bytes", () => {
    requireMemory("two matrices", 2 ** 32, "Take one.");
    expect(caught(() => { requireMemory("two matrices", 2 ** 33, "Take one."); }).message).toBe("bytes of two matrices = 8589934592: must be at most 4294967296. Take one.");
    caught(() => { requireMemory("two matrices", Number.NaN, "Take one."); });
  });

  it("refuse a number in disguise, as untyped callers give it", () => {
    caught(() => requireInRange("x", "1" as unknown as number, { min: 0 }));
    caught(() => requirePositive("x", "1" as unknown as number));
  });
});

describe("outcomes", () => {
  it("are frozen and only one kind may be used", () => {
    const ending = outcome("stalled", "No progress.");
    expect(Object.isFrozen(ending)).toBe(true);
    expect(isConverged(ending)).toBe(false);
    expect(isConverged(outcome("converged", "Done."))).toBe(true);
  });
});
