import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { forgetResults, packageLine, packageTotals, packagesWith, sumTotals } from "../src/test-totals.mjs";

const root = mkdtempSync(join(tmpdir(), "totals-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function packageThatLeft(name, content) {
  const result = join(root, name, "test-results", "unit.json");
  mkdirSync(dirname(result), { recursive: true });
  if (content !== undefined) writeFileSync(result, typeof content === "string" ? content : JSON.stringify(content));
  return { name, result };
}

const good = { success: true, numPassedTests: 5, numFailedTests: 0, startTime: 0, testResults: [{ status: "passed", endTime: 2000 }] };

describe("totals", () => {
  it("add up", () => {
    const two = [packageThatLeft("a", good), packageThatLeft("b", { ...good, success: false, numPassedTests: 3, numFailedTests: 2 })];
    expect(sumTotals(two, 1)).toEqual({ passed: 8, failed: 2 });
  });

  it.each([
    ["no result", undefined],
    ["a torn result", '{"success":'],
    ["no test at all", { success: true, numPassedTests: 0, numFailedTests: 0, testResults: [] }],
    ["a failure that no test owns", { ...good, success: false }],
    ["a file that could not be loaded", { ...good, success: false, testResults: [{ status: "failed", assertionResults: [] }] }],
  ])("%s is a failure", (name, content) => {
    expect(packageTotals(packageThatLeft(name, content)).failed).toBe(1);
  });

  it("a failed run that no package owns up to is a failure", () => {
    expect(sumTotals([packageThatLeft("a", good)], 1)).toEqual({ passed: 5, failed: 1 });
    expect(sumTotals([packageThatLeft("a", good)], 0)).toEqual({ passed: 5, failed: 0 });
  });

  it("results of an earlier run are forgotten", () => {
    const one = packageThatLeft("a", good);
    forgetResults([one]);
    expect(packageTotals(one)).toMatchObject({ passed: 0, failed: 1, crashed: true });
    expect(packageLine(one)).toBeUndefined();
  });

  it("only packages with the script count", () => {
    const workspace = join(root, "workspace");
    for (const [name, scripts] of [["with", { test: "x" }], ["without", {}]]) {
      mkdirSync(join(workspace, "packages", name), { recursive: true });
      writeFileSync(join(workspace, "packages", name, "package.json"), JSON.stringify({ name, scripts }));
    }
    expect(packagesWith(workspace, "test", "unit").map(({ name }) => name)).toEqual(["with"]);
  });
});
