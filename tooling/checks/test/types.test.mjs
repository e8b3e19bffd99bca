import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../src/command.mjs";
import { check } from "../src/types.mjs";
import { goodPackage, workspaceWith } from "./small-workspace.mjs";

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

const faults = {
  "src/plain.ts": ['export const a: number = "one";', "TS2322"],
  "src/unchecked-index.ts": ["export const f = (x: readonly number[]): number => x[0];", "TS2322"],
  "src/optional.ts": ["export const a: { b?: number } = { b: undefined };", "TS2375"],
  "src/enumeration.ts": ["export enum Colour { Red }", "TS1294"],
  "src/property.ts": ["export class A { constructor(readonly a: number) {} }", "TS1294"],
  "src/type-import.ts": ['import { A } from "./other.js";\nexport const a: A = 1;', "TS1484"],
  "src/unused.ts": ["const a = 1;\nexport {};", "TS6133"],
};

describe("types", () => {
  it("the strictest settings are in force, each fault by its own number", { timeout: 120_000 }, async () => {
    const root = workspaceWith({
      "tsconfig.json": { extends: "@mesoscope/config/tsconfig.base.json", compilerOptions: { types: [] }, include: ["src"] },
      "src/other.ts": "export type A = number;\n",
      ...Object.fromEntries(Object.entries(faults).map(([path, [code]]) => [path, `${code}\n`])),
    });
    const { code, output } = await run(process.execPath, [tsc, "-p", "tsconfig.json", "--pretty", "false"], { cwd: root });
    expect(code).not.toBe(0);
    for (const [path, [, number]] of Object.entries(faults)) {
      expect(output.split("\n").filter((line) => line.startsWith(path)).join("\n")).toContain(number);
    }
    expect(output).not.toContain("src/other.ts");
  });

  it("a task that fails in one package is a finding with what the package said", { timeout: 120_000 }, async () => {
    const scripts = (typecheck) => ({ manifest: { scripts: { build: "true", typecheck } } });
    const bad = workspaceWith({
      ...goodPackage("numerics", scripts("true")),
      ...goodPackage("contracts", scripts("echo one-is-not-two; exit 3")),
    });
    const findings = await check(bad);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain("one-is-not-two");
    expect(await check(workspaceWith(goodPackage("numerics", scripts("true"))))).toEqual([]);
  });
});
