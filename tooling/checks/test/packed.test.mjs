import { describe, expect, it } from "vitest";
import { check as attw } from "../src/attw.mjs";
import { check as publint } from "../src/publint.mjs";
import { check as examples, firstExample } from "../src/readme-examples.mjs";
import { goodPackage, workspaceWith } from "./small-workspace.mjs";

const fence = "```";
const timeout = 240_000;

describe("the packed packages", () => {
  const pair = {
    ...goodPackage("numerics"),
    ...goodPackage("kernels", { dependencies: { "@mesoscope/numerics": "workspace:^" } }),
    "packages/kernels/dist/index.js": 'export { answer } from "@mesoscope/numerics";\n',
  };

  it("good ones pass publint, attw and the run of their READMEs, one importing the other", { timeout }, async () => {
    const root = workspaceWith(pair);
    expect(await publint(root)).toEqual([]);
    expect(await attw(root)).toEqual([]);
    expect(await examples(root)).toEqual([]);
  });

  it("what only works inside the workspace is caught outside", { timeout }, async () => {
    const root = workspaceWith({
      ...pair,
      // Not in `files`: there in the workspace, absent from the tarball.
      "packages/numerics/dist/index.js": 'export { answer } from "../table.js";\n',
      "packages/numerics/table.js": "export const answer = 42;\n",
      // Silent, failing, and without an example.
      ...goodPackage("sphere"),
      "packages/sphere/README.md": `${fence}js\nimport "@mesoscope/sphere";\n${fence}\n`,
      ...goodPackage("finite-size", { tag: "engine" }),
      "packages/finite-size/README.md": "# Nothing to run\n",
    });
    const findings = (await examples(root)).join("\n");
    expect(findings).toMatch(/packages\/numerics\/README\.md: its first example fails \(exit 1\)[\s\S]*table\.js/);
    expect(findings).toContain("packages/sphere/README.md: its first example prints nothing");
    expect(findings).toContain("packages/finite-size/README.md has no example");
  });

  it("publint catches an entry that is not packed, attw one without types", { timeout }, async () => {
    const root = workspaceWith({
      ...goodPackage("numerics", { manifest: { exports: { ".": { types: "./dist/index.d.ts", default: "./dist/gone.js" } } } }),
      ...goodPackage("sphere", { manifest: { exports: { ".": "./dist/index.mjs" } } }),
      "packages/sphere/dist/index.mjs": "export const answer = 42;\n",
    });
    expect((await publint(root)).join("\n")).toContain("gone.js");
    expect((await attw(root)).join("\n")).toContain("packages/sphere");
  });

  it("the first example is the first js block, else the first shell block that does more than install", () => {
    const js = `${fence}sh\nnpm install x\n${fence}\n${fence}js\nconsole.log(1);\n${fence}\n`;
    expect(firstExample(js)).toEqual({ language: "js", code: "console.log(1);\n" });
    const sh = `${fence}sh\nnpm install x\n${fence}\n${fence}sh\nx --version\n${fence}\n`;
    expect(firstExample(sh)).toEqual({ language: "sh", code: "x --version\n" });
    expect(firstExample(`${fence}sh\nnpm install x\n${fence}\n`)).toBeUndefined();
  });
});
