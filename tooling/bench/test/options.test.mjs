import { describe, expect, it } from "vitest";
import { optionsOf } from "../src/options.mjs";
import { sections } from "../src/sections.mjs";

const known = ["drift", "other"];

describe("the options", () => {
  it("run every section unless some are named, with or without the -- that pnpm hands on", () => {
    expect(optionsOf([], known).chosen).toEqual(known);
    expect(optionsOf(["--", "--only", "drift"], known).chosen).toEqual(["drift"]);
    expect(optionsOf(["--only", "other,drift"], known).chosen).toEqual(["other", "drift"]);
  });

  it("say what is wrong", () => {
    expect(() => optionsOf(["--only", "nothing"], known)).toThrow("--only nothing: there is no such section; there are drift, other");
    expect(() => optionsOf(["--quick", "--write"], known)).toThrow("quick figures are not written");
    expect(() => optionsOf(["--blocks", "none"], known)).toThrow("--blocks none: must be a positive number");
  });
});

describe("every section", () => {
  it.each(sections.map((section) => [section.id, section]))("%s has what the bench asks of it", (id, section) => {
    expect(id).toMatch(/^[a-z-]+$/);
    expect(typeof section.title).toBe("string");
    expect(typeof section.measure).toBe("function");
    expect(typeof section.text).toBe("function");
  });
});
