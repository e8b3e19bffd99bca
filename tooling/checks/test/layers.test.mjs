import { describe, expect, it } from "vitest";
import { check } from "../src/layers.mjs";
import { goodPackage, workspaceWith } from "./small-workspace.mjs";

/** A package that depends on another one and imports it. */
function arrow([from, fromTag], [to, toTag]) {
  return {
    ...goodPackage(to, { tag: toTag }),
    ...goodPackage(from, {
      tag: fromTag,
      dependencies: { [`@mesoscope/${to}`]: "workspace:^" },
      source: `export { answer } from "@mesoscope/${to}";\n`,
    }),
  };
}

const forbidden = [
  [["numerics", "numerics"], ["contracts", "contracts"]],
  [["contracts", "contracts"], ["numerics", "numerics"]],
  [["kernels", "kernels"], ["particle-flow", "finite"]],
  [["backend-a", "backend"], ["backend-b", "backend"]],
  [["backend-a", "backend"], ["particle-flow", "finite"]],
  [["particle-flow", "finite"], ["transformer", "finite"]],
  [["particle-flow", "finite"], ["mean-field-pde", "limit"]],
  [["mean-field-pde", "limit"], ["dmft", "limit"]],
  [["finite-size", "engine"], ["particle-flow", "finite"]],
  [["studies", "studies"], ["backend-a", "backend"]],
  [["studies", "studies"], ["report", "app"]],
];
const allowed = [
  [["particle-flow", "finite"], ["kernels", "kernels"]],
  [["mean-field-pde", "limit"], ["particle-flow", "finite"]],
  [["finite-size", "engine"], ["contracts", "contracts"]],
  [["report", "app"], ["backend-a", "backend"]],
];

describe("layers", () => {
  it.each(forbidden)("%s must not reach %s", async (from, to) => {
    expect((await check(workspaceWith(arrow(from, to)))).join("\n")).toContain(`@mesoscope/${from[0]}`);
  });

  it.each(allowed)("%s may reach %s", async (from, to) => {
    expect(await check(workspaceWith(arrow(from, to)))).toEqual([]);
  });

  it("an import that package.json does not declare is caught, of values and of types", async () => {
    const both = { ...goodPackage("numerics"), ...goodPackage("kernels", { source: 'export type { answer } from "@mesoscope/numerics";\n' }) };
    expect((await check(workspaceWith(both))).join("\n")).toContain("@mesoscope/numerics");
  });

  it("a relative path into another package is caught", async () => {
    const both = { ...goodPackage("numerics"), ...goodPackage("kernels", { source: 'export { answer } from "../../numerics/src/index.js";\n' }) };
    expect((await check(workspaceWith(both))).join("\n")).toContain("leaves the package");
  });

  it("a package without a tag is caught, for it would go unchecked", async () => {
    const findings = await check(workspaceWith({ ...goodPackage("numerics"), "packages/numerics/turbo.json": { extends: ["//"] } }));
    expect(findings.join("\n")).toContain("packages/numerics/turbo.json: tags = []: must be exactly one of");
  });
});
