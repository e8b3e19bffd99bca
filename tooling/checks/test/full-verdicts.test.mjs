import { expect, it } from "vitest";
import { unmet } from "../src/full-verdicts.mjs";

const expected = [["study", /^mean-/, "holds"], ["study", /^race$/, "fails", "selection"]];
const record = (verdicts) => ({ study: { verdicts } });

it("finds nothing where every verdict is as expected", () => {
  expect(unmet(record([{ id: "mean-a", outcome: "holds" }, { id: "race", outcome: "fails", reason: "selection" }]), expected)).toEqual([]);
});

it.each([
  ["an undecided verdict", [{ id: "mean-a", outcome: "undecided", because: "few." }, { id: "race", outcome: "fails", reason: "selection" }], "mean-a: undecided instead of holds"],
  ["another reason", [{ id: "mean-a", outcome: "holds" }, { id: "race", outcome: "fails", reason: "unexplained", because: "?" }], "race: fails (unexplained) instead of fails"],
  ["a verdict that is not there", [{ id: "race", outcome: "fails", reason: "selection" }], "no verdict matches"],
])("names %s", (_words, verdicts, finding) => {
  expect(unmet(record(verdicts), expected).join("\n")).toContain(finding);
});
