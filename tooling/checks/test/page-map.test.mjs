import { describe, expect, it } from "vitest";
import { pagePackages } from "../src/page-examples.mjs";
import { importMap } from "../src/page-map.mjs";
import { goodPackage, projectWith, repository, workspaceWith } from "./small-workspace.mjs";

describe("the import map of an installed package", () => {
  const project = projectWith({
    "@here/outer": {
      files: { "dist/index.js": "", "dist/inside.js": "" },
      manifest: { exports: { ".": { types: "./dist/index.d.ts", node: "./no.js", default: "./dist/index.js" }, "./package.json": "./package.json" }, dependencies: { inner: "2" } },
    },
    "@here/outer/node_modules/inner": {
      files: { "deep/a.js": "", "deep/b.js": "", "deep/b.txt": "", "closed/c.js": "" },
      manifest: { exports: { "./of/*": { browser: { import: "./deep/*.js" } }, "./closed/*": null }, dependencies: { deepest: "1" } },
    },
    inner: { files: { "index.js": "" } },
    deepest: { files: { "main.js": "" }, manifest: { exports: undefined, main: "main.js" } },
    stranger: { files: { "index.js": "" } },
  });
  const { imports, scopes } = importMap(project, "@here/outer");
  const outer = "/node_modules/@here/outer";

  it("gives the package's entries and its own version of a dependency, by the conditions of a page", () => {
    expect(imports).toEqual({
      "@here/outer": `${outer}/dist/index.js`,
      "inner/of/a": `${outer}/node_modules/inner/deep/a.js`,
      "inner/of/b": `${outer}/node_modules/inner/deep/b.js`,
    });
  });

  it("gives each package what it depends on itself, wherever npm put it, and nothing else", () => {
    expect(Object.keys(scopes)).toEqual([`${outer}/`, `${outer}/node_modules/inner/`, "/node_modules/deepest/"]);
    expect(scopes[`${outer}/node_modules/inner/`]).toMatchObject({ deepest: "/node_modules/deepest/main.js" });
    expect(JSON.stringify(imports)).not.toContain("deepest");
    expect(JSON.stringify({ imports, scopes })).not.toMatch(/stranger|closed|inside|"\/node_modules\/inner/);
  });
});

describe("which packages are meant for pages", () => {
  it("all libraries, but those whose build names Node's types", () => {
    const library = (name, types) => ({ ...goodPackage(name), [`packages/${name}/tsconfig.build.json`]: { compilerOptions: { types } } });
    const root = workspaceWith({ ...library("numerics", []), ...library("studies", ["node"]), ...goodPackage("kernels") });
    expect(pagePackages(root).map(({ name }) => name)).toEqual(["@mesoscope/kernels", "@mesoscope/numerics"]);
  });

  it("in this workspace the mathematics is, and whatever is has an example", () => {
    const packages = pagePackages(repository);
    const mathematics = ["numerics", "special-functions", "sphere", "time-integration"].map((name) => `@mesoscope/${name}`);
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(mathematics));
    expect(packages.filter(({ code }) => code === undefined)).toEqual([]);
  });
});
