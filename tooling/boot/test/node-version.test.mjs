import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { leastNode, nodeProblem } from "../src/node-version.mjs";

it("the least Node is what package.json says", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(engines.node).toBe(`>=${leastNode.join(".")}`);
});

it.each(["18.20.4", "20.18.3", "4.9.1"])("Node %s gets a sentence with the remedy", (version) => {
  expect(nodeProblem(version)).toContain(`Node ${version} is too old`);
  expect(nodeProblem(version)).toContain("Install");
});

it.each(["20.19.0", "22.0.0", "24.21.0", "26.1.0-nightly"])("Node %s will do", (version) => {
  expect(nodeProblem(version)).toBe("");
});
