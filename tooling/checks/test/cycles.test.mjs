import { describe, expect, it } from "vitest";
import { check } from "../src/cycles.mjs";
import { goodPackage as anyPackage, workspaceWith } from "./small-workspace.mjs";

const goodPackage = (name, options) => ({
  ...anyPackage(name, options),
  [`packages/${name}/tsconfig.json`]: { extends: "@mesoscope/config/tsconfig.base.json", include: ["src"] },
});

describe("cycles", () => {
  it("a ring of three files is caught and shown", async () => {
    const root = workspaceWith({
      ...goodPackage("numerics", { source: 'export { a } from "./a.js";\n' }),
      "packages/numerics/src/a.ts": 'import { b } from "./deep/b.js";\nexport const a = (): number => b();\n',
      "packages/numerics/src/deep/b.ts": 'import { c } from "../c.js";\nexport const b = (): number => c();\n',
      "packages/numerics/src/c.ts": 'import { a } from "./a.js";\nexport const c = (): number => a();\n',
    });
    const findings = await check(root);
    expect(findings).toHaveLength(1);
    for (const file of ["src/a.ts", "src/deep/b.ts", "src/c.ts"]) expect(findings[0]).toContain(file);
  });

  it("a ring that no entry reaches is caught too", async () => {
    const root = workspaceWith({
      ...goodPackage("numerics"),
      "packages/numerics/src/a.ts": 'import { b } from "./b.js";\nexport const a = (): number => b();\n',
      "packages/numerics/src/b.ts": 'import { a } from "./a.js";\nexport const b = (): number => a();\n',
    });
    expect(await check(root)).toHaveLength(1);
  });

  it("an import that leads nowhere is caught: it could hide a ring", async () => {
    expect(await check(workspaceWith(goodPackage("numerics", { source: 'export { a } from "./a.js";\n' })))).toEqual([
      expect.stringContaining("packages/numerics/src/index.ts: import of ./a.js: no such file"),
    ]);
  });

  it("a ring that only types close is none: it vanishes", async () => {
    const root = workspaceWith({
      ...goodPackage("numerics"),
      "packages/numerics/src/a.ts": 'import type { B } from "./b.js";\nexport interface A { b: B }\nexport const one = 1;\n',
      "packages/numerics/src/b.ts": 'import { one, type A } from "./a.js";\nexport interface B { a: A }\nexport const two: number = one + 1;\n',
    });
    expect(await check(root)).toEqual([]);
  });
});
