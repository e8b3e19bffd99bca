import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, surfaceDigests } from "../src/announced.mjs";
import { goodPackage, workspaceWith } from "./small-workspace.mjs";

const changeset = (name, level = "minor", words = "A new function.") => `---\n"${name}": ${level}\n---\n\n${words}\n`;
const report = { "packages/numerics/api/numerics.api.md": "const answer: number;" };

describe("announced", () => {
  it("a surface never released needs a changeset that names it", () => {
    expect(check(workspaceWith({ ...goodPackage("numerics"), ...report }))).toEqual([
      expect.stringContaining("@mesoscope/numerics: its public surface differs from the last release and no changeset names it"),
    ]);
  });

  it("a changeset for another package does not help", () => {
    const root = workspaceWith({ ...goodPackage("numerics"), ...goodPackage("kernels"), ...report, ".changeset/one.md": changeset("@mesoscope/kernels") });
    expect(check(root)).toHaveLength(1);
  });

  it("a changeset that names it does", () => {
    expect(check(workspaceWith({ ...goodPackage("numerics"), ...report, ".changeset/one.md": changeset("@mesoscope/numerics") }))).toEqual([]);
  });

  it("after a release the same surface needs none, a changed or removed one does", () => {
    const root = workspaceWith({ ...goodPackage("numerics"), ...report });
    mkdirSync(join(root, ".changeset"));
    writeFileSync(join(root, ".changeset", "released-api.json"), JSON.stringify(surfaceDigests(root)));
    expect(check(root)).toEqual([]);
    writeFileSync(join(root, "packages/numerics/api/numerics.api.md"), "const answer: string;");
    expect(check(root)).toHaveLength(1);
    rmSync(join(root, "packages/numerics/api"), { recursive: true });
    expect(check(root)).toHaveLength(1);
  });

  it("a changeset that names no package, a wrong level, or says nothing is caught", () => {
    const root = workspaceWith({
      ...goodPackage("numerics"),
      ".changeset/a.md": changeset("@mesoscope/nunerics"),
      ".changeset/b.md": changeset("@mesoscope/numerics", "big"),
      ".changeset/c.md": changeset("@mesoscope/numerics", "patch", ""),
      ".changeset/d.md": "no front matter",
    });
    const findings = check(root).join("\n");
    for (const word of ["nunerics is no published package", "big: must be", "c.md: says nothing", "d.md: has no front matter"]) {
      expect(findings).toContain(word);
    }
  });
});
