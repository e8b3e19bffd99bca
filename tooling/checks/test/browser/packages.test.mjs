/** @file Every pure package in a page of a real browser: its README's first example prints there what it prints in Node. */
import { rmSync } from "node:fs";
import { launchChromium } from "@mesoscope/config/browser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packed, removePacked } from "../../src/packed.mjs";
import { differences, pagePackages, runInNode, runInPage } from "../../src/page-examples.mjs";
import { serve } from "../../src/page-server.mjs";
import { emptyProjectWith } from "../../src/readme-examples.mjs";
import { projectWith, repository } from "../small-workspace.mjs";

const closers = [removePacked];
let browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await browser?.close();
});

/** Serves an installed project until the tests are over. */
async function served(project, packages) {
  closers.push(() => rmSync(project, { recursive: true, force: true }));
  const server = await serve(project, packages);
  closers.push(server.close);
  return server;
}

describe("the packages of this workspace, packed and installed in an empty project", () => {
  const packages = pagePackages(repository);
  let project;
  let server;
  beforeAll(async () => {
    const names = new Set(packages.map(({ name }) => name));
    const tarballs = (await packed(repository)).filter(({ name }) => names.has(name)).map(({ tarball }) => tarball);
    const empty = await emptyProjectWith(tarballs);
    expect(empty.problem).toBeUndefined();
    project = empty.project;
    server = await served(project, packages);
  });

  it.each(packages.map((one) => [one.name, one]))("%s prints in a page what it prints in Node", async (_, one) => {
    const [inNode, inPage] = await Promise.all([runInNode(project, one), runInPage(browser, server, one)]);
    expect(differences(one, inNode, inPage)).toEqual([]);
  });
});

describe("what a page does not have, or does otherwise", () => {
  const inPage = "typeof document === 'object'";
  /** Packages that all print the same in Node, with one fault each. */
  const sources = {
    good: 'import { inner } from "dependency/deep/value.js";\nexport const answer = inner;',
    "needs-process": "export const answer = process.argv.length > 0 ? [42, 0.3, 0] : [];",
    "needs-node": 'import { sep } from "node:path";\nexport const answer = sep ? [42, 0.3, 0] : [];',
    "makes-code": 'export const answer = new Function("return [42, 0.3, 0]")();',
    "tries-to-make-code": "let answer = [42, 0.3, 0];\ntry {\n  answer = eval('[42, 0.3, 0]');\n} catch {\n  // Goes on without.\n}\nexport { answer };",
    "differs-in-the-last-bit": `export const answer = [42, ${inPage} ? 0.1 + 0.2 : 0.3, 0];`,
    "differs-in-a-sign": `export const answer = [42, 0.3, ${inPage} ? -0 : 0];`,
    "says-more": `if (${inPage}) console.warn("slow");\nexport const answer = [42, 0.3, 0];`,
    "asks-the-network": `if (${inPage}) await fetch("/elsewhere").catch(() => 0);\nexport const answer = [42, 0.3, 0];`,
    "does-not-declare": 'export { answer } from "good";',
    "never-ends": `if (${inPage}) await new Promise(() => {});\nexport const answer = [42, 0.3, 0];`,
  };
  const packages = Object.keys(sources).map((name) => ({ name, path: name, code: `import { answer } from "${name}";\nconsole.log("answer", { answer });\n` }));
  const good = packages[0];
  let server;
  let inNode;
  beforeAll(async () => {
    const project = projectWith({
      ...Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, { files: { "index.js": source } }])),
      good: { files: { "index.js": sources.good }, manifest: { dependencies: { dependency: "1" } } },
      dependency: { files: { "deep/value.js": "export const inner = [42, 0.3, 0];" }, manifest: { exports: { "./deep/*": "./deep/*" } } },
    });
    server = await served(project, packages);
    inNode = await runInNode(project, good);
  });

  it("a package that keeps to what pages have passes", async () => {
    expect(inNode.printed).toEqual([["log", "answer", { kind: "Object", fields: { answer: [42, 0.3, 0] } }]]);
    expect(differences(good, inNode, await runInPage(browser, server, good))).toEqual([]);
  });

  it.each([
    ["needs-process", "ReferenceError: process is not defined"],
    ["needs-node", "node:path"],
    ["makes-code", "EvalError: Evaluating a string as JavaScript violates"],
    ["tries-to-make-code", "/node_modules/tries-to-make-code/index.js:3: eval refused"],
    ["differs-in-the-last-bit", "[42,0.3,0]}}] in Node and [\"log\",\"answer\",{\"kind\":\"Object\",\"fields\":{\"answer\":[42,0.30000000000000004,0]}}] in a page"],
    ["differs-in-a-sign", '[42,0.3,{"number":"-0"}]}}] in a page'],
    ["says-more", "prints as line 2 nothing in Node"],
    ["asks-the-network", "/elsewhere"],
    ["does-not-declare", 'Failed to resolve module specifier "good"'],
  ])("%s: is found", async (name, sentence) => {
    const one = packages.find((candidate) => candidate.name === name);
    expect(differences(one, inNode, await runInPage(browser, server, one)).join("\n")).toContain(sentence);
  });

  it("an example that does not come to its end is found, and one that fails or is silent in Node", async () => {
    const one = packages.find(({ name }) => name === "never-ends");
    const page = await runInPage(browser, server, one, 1_500);
    expect(differences(one, { printed: [], complaints: ["exit 1"] }, page)).toEqual([
      "never-ends/README.md: its first example fails in Node: exit 1",
      "never-ends/README.md: its first example in a page: not at its end after 1.5 s",
      "never-ends/README.md: its first example prints nothing",
    ]);
  });
});
