import { describe, expect, it } from "vitest";
import { quantities } from "../src/index.js";

function ask(id: string, input: Record<string, unknown>): Record<string, unknown> {
  return quantities.find((one) => one.id === id)!.compute(input) as Record<string, unknown>;
}

describe("quantities", () => {
  it("have ids of their own, in the form that a command line takes", () => {
    const ids = quantities.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it.each(quantities.map((one) => [one.id, one] as const))("%s answers its own example with finite JSON of the promised shape", (_id, one) => {
    const answer = one.compute(one.example) as object;
    const promised = Object.keys((one.output as { properties: object }).properties);
    expect(Object.keys(answer).sort()).toEqual(promised.sort());
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    expect(JSON.stringify(answer)).not.toBe("{}");
  });

  it.each(quantities.map((one) => [one.id, one] as const))("%s names every input in its schema and gives an example for each required one", (_id, one) => {
    const schema = one.input as { properties: Record<string, unknown>; required: string[]; additionalProperties: boolean };
    expect(schema.additionalProperties).toBe(false);
    for (const name of schema.required) expect(Object.keys(one.example)).toContain(name);
    for (const name of Object.keys(one.example)) expect(Object.keys(schema.properties)).toContain(name);
  });

  it("agree with closed forms and published figures", () => {
    expect(ask("growth-rate", { flow: "USA", beta: 5, d: 2, k: 3 })["rate"]).toBeCloseTo(18.596, 3);
    expect(ask("dominant-degree", { beta: 7, d: 2 })["k"]).toBe(4);
    expect(ask("growth-transition", { k: 1, d: 2 })["beta"]).toBeCloseTo(1.04446, 5);
    expect(ask("circle-truncation", { beta: 5, epsilon: 1e-8 })["order"]).toBe(15);
    expect(ask("gegenbauer", { k: 2, d: 3, t: 0.5 })["value"]).toBeCloseTo(-0.125, 14);
    expect(ask("landau", { flow: "USA", beta: 5, d: 2, k: 3 })).toMatchObject({ g: 1 });
  });

  it("say so where a double cannot hold the answer, and give what it can hold", () => {
    expect(ask("bessel-i", { nu: 0, x: 800 })).toMatchObject({ value: null });
    expect(ask("growth-rate", { flow: "USA", beta: 800, d: 2, k: 3 })["rate"]).toBeNull();
    expect(ask("growth-rate", { flow: "USA", beta: 800, d: 2, k: 3 })["log"]).toBeGreaterThan(700);
  });
});
