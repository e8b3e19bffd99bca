import { describe, expect, it } from "vitest";
import { check as citation, citationProblems } from "../src/citation.mjs";
import { check as equations } from "../src/equations.mjs";
import { check as links } from "../src/links.mjs";
import { check as manifests } from "../src/manifests.mjs";
import { check as privateTraces, traces } from "../src/private-traces.mjs";
import { goodPackage, workspaceWith } from "./small-workspace.mjs";

describe("links", () => {
  const good = {
    "README.md": "# Top\n\n[a](docs/a.md) [b](docs/a.md#two-words) [c](#top) [d](https://example.org/x)\n\nSee `docs/a.md`; not `docs/<name>.md`.\n",
    "docs/a.md": "# A\n\n## Two words\n\n[back](../README.md)\n\n$[x](y)$\n",
    "packages/numerics/src/index.ts": "/** As in docs/a.md. */\nexport const a = 1;\n",
  };
  it("live ones pass", () => {
    expect(links(workspaceWith(good))).toEqual([]);
  });
  it.each([
    ["a dead link", { "docs/a.md": "# A\n\n## Two words\n\n[x](b.md)\n" }, "docs/a.md:5: link to b.md: no such file"],
    ["a dead anchor", { "docs/a.md": "# A\n\n## Three words\n" }, "README.md:3: link to docs/a.md#two-words: no such heading"],
    ["a link out of the repository", { "docs/a.md": "# A\n## Two words\n[x](../../etc/passwd)\n" }, "no such file"],
    ["a dead path in a code span", { "docs/a.md": "# A\n## Two words\n`packages/nowhere`\n" }, "docs/a.md:3: names packages/nowhere"],
    ["a dead path in a tree", { "docs/a.md": "# A\n## Two words\n\n    packages/nowhere   words\n" }, "docs/a.md:4: names packages/nowhere"],
    ["a dead path in a docstring", { "packages/numerics/src/index.ts": "/**\n * See docs/b.md.\n */\nexport const a = 1;\n" }, "packages/numerics/src/index.ts:2: names docs/b.md"],
  ])("%s is caught", (_, fault, finding) => {
    expect(links(workspaceWith({ ...good, ...fault })).join("\n")).toContain(finding);
  });
});

describe("equations", () => {
  const book = { "docs/equations.md": "# Equations, cited as [eq:label]\n\n### [eq:usa] One flow\n\n### [eq:sa] Another\n" };
  it("labels that a test makes up are data, what its comments cite is not", () => {
    const test = (text) => equations(workspaceWith({ ...book, "packages/a/test/x.test.ts": text }));
    expect(test('const a = "[eq:made-up]";\n')).toEqual([]);
    expect(test("/** Against [eq:made-up]. */\n")).toHaveLength(1);
  });
  it("defined labels pass", () => {
    expect(equations(workspaceWith({ ...book, "packages/a/src/x.ts": "/** [eq:usa], [eq:sa, eq:usa] */\n" }))).toEqual([]);
  });
  it.each([
    ["an undefined label in a docstring", { "packages/a/src/x.ts": "/**\n * [eq:usaa]\n */\n" }, "packages/a/src/x.ts:2: [eq:usaa] is not defined"],
    ["an undefined label in a list", { "packages/a/src/x.ts": "// [eq:sa, eq:nothing]\n" }, "[eq:nothing]"],
    ["an undefined label in a README", { "packages/a/README.md": "By [eq:nothing].\n" }, "packages/a/README.md:1: [eq:nothing]"],
    ["a label defined twice", { "docs/equations.md": "### [eq:sa] A\n### [eq:sa] B\n" }, "[eq:sa] is defined more than once"],
  ])("%s is caught", (_, fault, finding) => {
    expect(equations(workspaceWith({ ...book, ...fault })).join("\n")).toContain(finding);
  });
  it("a missing book is caught", () => {
    expect(equations(workspaceWith({}))).toHaveLength(1);
  });
});

describe("citation", () => {
  const good = 'cff-version: 1.2.0\nmessage: m\ntitle: t\ntype: software\nlicense: MIT\nauthors:\n  - name: The authors\n';
  it("a whole one passes", () => {
    expect(citationProblems(good)).toEqual([]);
  });
  it.each([
    ["no version", good.replace("cff-version: 1.2.0\n", ""), "cff-version"],
    ["no title", good.replace("title: t\n", ""), "title is missing"],
    ["no authors", good.replace(/authors:[\s\S]*/, ""), "authors must be a list"],
    ["a nameless author", good.replace("name: The", "alias: The"), "authors[0] must have a name"],
    ["another licence", good.replace("MIT", "GPL-3.0-only"), "license"],
    ["a malformed arXiv id", `${good}references:\n  - type: article\n    title: t\n    authors: [{ name: n }]\n    identifiers: [{ type: other, value: "arXiv:24" }]\n`, "arXiv:YYMM"],
    ["a reference without title", `${good}references:\n  - type: article\n    authors: [{ name: n }]\n`, "references[0].title is missing"],
    ["broken YAML", "a: [", "is not YAML"],
  ])("%s is caught", (_, text, finding) => {
    expect(citationProblems(text).join("\n")).toContain(finding);
  });
  it("a missing file is caught", () => {
    expect(citation(workspaceWith({}))).toEqual(["CITATION.cff is missing"]);
  });
});

describe("manifests", () => {
  it("the house's form passes", () => {
    expect(manifests(workspaceWith(goodPackage("numerics")))).toEqual([]);
  });
  it.each([
    ["another licence", { license: "ISC" }, "license must be MIT"],
    ["a missing engine", { engines: undefined }, "engines.node must be"],
    ["a fixed version inside the workspace", { dependencies: { "@mesoscope/sphere": "^0.1.0" } }, "must be workspace:^"],
    ["types that come second", { exports: { ".": { default: "./dist/index.js", types: "./dist/index.d.ts" } } }, "must name types first"],
    ["no api script", { scripts: { build: "true" } }, "scripts must have"],
  ])("%s is caught", (_, manifest, finding) => {
    expect(manifests(workspaceWith(goodPackage("numerics", { manifest }))).join("\n")).toContain(finding);
  });
});

describe("private traces", () => {
  const slash = "/";
  it.each([
    ["a home", "a.ts", `const a = "${slash}home${slash}ada/x";`],
    ["a work folder", "a.md", `see ${slash}work${slash}main.`],
    ["the superuser's home", "a.md", `(${slash}root${slash}.npmrc)`],
    ["a Windows home", "a.md", `C:${"\\"}Users${"\\"}ada`],
    ["a registry's host", "a.md", `https:${slash}${slash}registry.example.org/x`],
    ["an address in a lockfile", "pnpm-lock.yaml", `    resolution: {tarball: https:${slash}${slash}example.org/a.tgz}`],
    ["a registry setting", ".npmrc", "registry=somewhere"],
  ])("%s is caught", (_, path, text) => {
    expect(traces(path, text)).not.toEqual([]);
    expect(privateTraces(workspaceWith({ [path]: `${text}\n` }))).not.toEqual([]);
  });
  it.each([
    ["a system path", "a.ts", 'const chromium = "/usr/bin/chromium";'],
    ["a path inside the repository", "a.md", "packages/builds/home.ts, docs/root/x.md"],
    ["an address of the literature", "a.md", "https://arxiv.org/abs/2410.23228"],
  ])("%s passes", (_, path, text) => {
    expect(traces(path, text)).toEqual([]);
  });
});
