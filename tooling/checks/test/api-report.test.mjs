import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, writeReports } from "../src/api-report.mjs";
import { goodPackage, workspaceWith } from "./small-workspace.mjs";

function withReport() {
  const root = workspaceWith(goodPackage("numerics"));
  const folder = join(root, "packages", "numerics");
  expect(writeReports(folder, join(folder, "api"))).toEqual([]);
  return { root, folder };
}

describe("api reports", () => {
  it("a fresh report passes and shows the declaration", async () => {
    const { root, folder } = withReport();
    expect(await check(root)).toEqual([]);
    expect(readFileSync(join(folder, "api", "numerics.api.md"), "utf8")).toContain("const answer: number");
  });

  it("a missing report is caught", async () => {
    const [finding] = await check(workspaceWith(goodPackage("numerics")));
    expect(finding).toContain("packages/numerics/api/numerics.api.md is missing");
  });

  it("a changed declaration is caught, with the line", async () => {
    const { root, folder } = withReport();
    writeFileSync(join(folder, "dist", "index.d.ts"), "/** What is asked for. */\nexport declare const answer: string;\n");
    const [finding] = await check(root);
    expect(finding).toContain("is out of date");
    expect(finding).toContain("answer: string");
  });

  it("a report of an entry that is gone is caught", async () => {
    const { root, folder } = withReport();
    writeFileSync(join(folder, "api", "numerics.gone.api.md"), "old");
    expect(await check(root)).toHaveLength(1);
  });

  it("a package that is not built is caught", async () => {
    const files = goodPackage("numerics");
    delete files["packages/numerics/dist/index.d.ts"];
    expect((await check(workspaceWith(files))).join("\n")).toContain("build the package first");
  });
});
