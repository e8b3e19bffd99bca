import { join } from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { workspaceWith } from "./small-workspace.mjs";

const faults = {
  "src/chance.ts": ["export const a: number = Math.random();", "no-restricted-properties"],
  "src/inexact.ts": ["export const f = (x: number): number => Math.exp(x);", "no-restricted-properties"],
  "src/power.ts": ["export const f = (x: number): number => x ** 0.5;", "no-restricted-syntax"],
  "src/inheritance.ts": ["class A { a = 1; }\nexport class B extends A { b = 2; }", "no-restricted-syntax"],
  "src/bare-error.ts": ['export function f(): never { throw new Error("bad"); }', "no-restricted-syntax"],
  "src/development.ts": ['import * as kit from "kit-for-tests";\nexport const a: unknown = kit;', "n/no-unpublished-import"],
  "src/undeclared.ts": ['import * as x from "not-declared";\nexport const a: unknown = x;', "n/no-extraneous-import"],
  "src/static-backend.ts": ['import * as b from "@mesoscope/backend-any";\nexport const a: unknown = b;', "no-restricted-imports"],
  "src/page/physics.ts": ['import type { T } from "@mesoscope/sphere";\nexport type U = T;', "house/page-imports"],
  "src/page/own-code.ts": ['export { a } from "../good.js";', "house/page-imports"],
  "src/page/dynamic.ts": ['export const load = (): Promise<unknown> => import("../good.js");', "house/page-imports"],
  "src/floating.ts": ["export function f(): void { Promise.resolve(1); }", "@typescript-eslint/no-floating-promises"],
  "src/any.ts": ["export const f = (x: any): number => x.y;", "@typescript-eslint/no-explicit-any"],
  "test/chance.ts": ["export const a: number = Math.random();", "no-restricted-properties"],
  "src/long.ts": [Array.from({ length: 360 }, (_, i) => `export const a${i} = ${i};`).join("\n"), "max-lines"],
};

const good = {
  "src/good.ts": "export class OddError extends RangeError {}\nexport const a: number = 2 ** 52 * Math.sqrt(2);",
  "src/page/good.ts": 'import { section } from "./section.js";\nexport const page: string = section;',
  "src/page/section.ts": 'export const section = "one";',
  "test/good.ts": "export const a: number = Math.exp(1);",
};

async function rulesBroken() {
  const root = workspaceWith({
    "packages/bad/package.json": {
      name: "@mesoscope/bad",
      type: "module",
      files: ["src"],
      dependencies: { "@mesoscope/backend-any": "workspace:^", "@mesoscope/sphere": "workspace:^" },
      devDependencies: { "kit-for-tests": "1.0.0" },
    },
    "packages/bad/tsconfig.json": {
      extends: "@mesoscope/config/tsconfig.base.json",
      compilerOptions: { types: [] },
      include: ["src", "test"],
    },
    "packages/bad/eslint.config.js":
      'import { packageConfig } from "@mesoscope/config/eslint";\nexport default packageConfig(import.meta.dirname);\n',
    ...Object.fromEntries(
      ["kit-for-tests", "not-declared", "@mesoscope/backend-any", "@mesoscope/sphere"].flatMap((name) => [
        [`packages/bad/node_modules/${name}/package.json`, { name, version: "1.0.0", type: "module", main: "index.js", types: "index.d.ts" }],
        [`packages/bad/node_modules/${name}/index.js`, "export const T = 1;"],
        [`packages/bad/node_modules/${name}/index.d.ts`, "export type T = 1;"],
      ]),
    ),
    ...Object.fromEntries(Object.entries(faults).map(([path, [code]]) => [`packages/bad/${path}`, `${code}\n`])),
    ...Object.fromEntries(Object.entries(good).map(([path, code]) => [`packages/bad/${path}`, `${code}\n`])),
  });
  const folder = join(root, "packages", "bad");
  const eslint = new ESLint({ cwd: folder });
  const results = await eslint.lintFiles(["src", "test"]);
  return new Map(results.map(({ filePath, messages }) => [filePath.slice(folder.length + 1), messages.map(({ ruleId }) => ruleId)]));
}

describe("lint", async () => {
  const broken = await rulesBroken();
  it.each(Object.entries(faults))("%s is caught", (path, [, rule]) => {
    expect(broken.get(path)).toContain(rule);
  });
  it.each(Object.keys(good))("%s passes", (path) => {
    expect(broken.get(path)).toEqual([]);
  });
});
