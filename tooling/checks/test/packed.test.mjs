import { afterAll, describe, expect, it } from "vitest";
import { check as attw, resolveTarball } from "../src/attw.mjs";
import { packed, removePacked } from "../src/packed.mjs";
import { check as publint } from "../src/publint.mjs";
import { check as examples, firstExample } from "../src/readme-examples.mjs";
import { check as stale } from "../src/stale-output.mjs";
import { goodPackage, workspaceWith } from "./small-workspace.mjs";

afterAll(removePacked);

const fence = "```";
const timeout = 240_000;

describe("stale output", () => {
  it("a compiled file without a source is caught, one with a source passes", () => {
    const good = goodPackage("numerics");
    expect(stale(workspaceWith(good))).toEqual([]);
    expect(stale(workspaceWith({ ...good, "packages/numerics/dist/deep/old.js": "" }))).toEqual([
      expect.stringContaining("packages/numerics/dist/deep/old.js has no source"),
    ]);
  });
});

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

  it("what only works inside the workspace is caught outside, each fault by its check", { timeout }, async () => {
    const root = workspaceWith({
      // Not in `files`: there in the workspace, absent from the tarball.
      ...goodPackage("numerics"),
      "packages/numerics/dist/index.js": 'export { answer } from "../table.js";\n',
      "packages/numerics/table.js": "export const answer = 42;\n",
      // Silent, and without an example.
      ...goodPackage("sphere"),
      "packages/sphere/README.md": `${fence}js\nimport "@mesoscope/sphere";\n${fence}\n`,
      ...goodPackage("finite-size", { tag: "engine" }),
      "packages/finite-size/README.md": "# Nothing to run\n",
      // An entry that is not there, and one without types.
      ...goodPackage("kernels", { manifest: { exports: { ".": { types: "./dist/index.d.ts", default: "./dist/gone.js" } } } }),
      ...goodPackage("studies", { manifest: { exports: { ".": "./dist/index.mjs" } } }),
      "packages/studies/dist/index.mjs": "export const answer = 42;\n",
    });
    const run = (await examples(root)).join("\n");
    expect(run).toMatch(/packages\/numerics\/README\.md: its first example fails \(exit 1\)[\s\S]*table\.js/);
    expect(run).toContain("packages/sphere/README.md: its first example prints nothing");
    expect(run).toContain("packages/finite-size/README.md has no example");
    expect((await publint(root)).join("\n")).toMatch(/packages\/kernels.*gone\.js/);
    const studies = (await packed(root)).find(({ name }) => name === "@mesoscope/studies");
    expect((await resolveTarball(studies)).join("\n")).toContain("packages/studies");
  });

  it("the first example is the first js block, else the first shell block that does more than install", () => {
    const js = `${fence}sh\nnpm install x\n${fence}\n${fence}js\nconsole.log(1);\n${fence}\n`;
    expect(firstExample(js)).toEqual({ language: "js", code: "console.log(1);\n" });
    const sh = `${fence}sh\nnpm install x\n${fence}\n${fence}sh\nx --version\n${fence}\n`;
    expect(firstExample(sh)).toEqual({ language: "sh", code: "x --version\n" });
    expect(firstExample(`${fence}sh\nnpm install x\n${fence}\n`)).toBeUndefined();
  });
});
