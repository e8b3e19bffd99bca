/** @file Small workspaces in a temporary folder, with one fault each, for the proofs that a check can fail. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** The real workspace. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const modules = join(repository, "tooling", "checks", "node_modules");

const made = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/**
 * A workspace with the given files (path to text, or to a value that becomes JSON), the root manifest and the real
 * turbo.json; `@mesoscope/config` and TypeScript can be imported in it.
 */
export function workspaceWith(files) {
  const root = mkdtempSync(join(tmpdir(), "small-workspace-"));
  made.push(root);
  const all = {
    "package.json": { name: "small-workspace", private: true, packageManager: JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).packageManager },
    "pnpm-workspace.yaml": "packages: [packages/*, apps/*, tooling/*]\npmOnFail: ignore\n",
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  cpSync(join(repository, "turbo.json"), join(root, "turbo.json"));
  mkdirSync(join(root, "node_modules", "@mesoscope"), { recursive: true });
  symlinkSync(join(modules, "@mesoscope", "config"), join(root, "node_modules", "@mesoscope", "config"));
  for (const name of ["typescript", "eslint"]) symlinkSync(join(modules, name), join(root, "node_modules", name));
  return root;
}

/** A published package in the house's form, as files under `packages/<folder>`. */
export function goodPackage(folder, { tag = folder, dependencies = {}, source = "export const answer = 42;\n", manifest = {} } = {}) {
  const at = `packages/${folder}`;
  return {
    [`${at}/package.json`]: {
      name: `@mesoscope/${folder}`,
      version: "0.1.0",
      description: "A package as small as it can be, in the form that the checks ask for.",
      license: "MIT",
      type: "module",
      sideEffects: false,
      engines: { node: ">=20.19" },
      exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" },
      files: ["dist", "README.md"],
      scripts: { build: "true", typecheck: "true", lint: "true", test: "true", api: "true" },
      dependencies,
      publishConfig: { access: "public" },
      ...manifest,
    },
    [`${at}/turbo.json`]: { extends: ["//"], tags: [tag] },
    [`${at}/README.md`]: `# ${folder}\n\n\`\`\`js\nimport { answer } from "@mesoscope/${folder}";\nconsole.log(answer);\n\`\`\`\n`,
    [`${at}/src/index.ts`]: source,
    [`${at}/dist/index.js`]: "export const answer = 42;\n",
    [`${at}/dist/index.d.ts`]: "/** What is asked for. */\nexport declare const answer: number;\n",
  };
}

/** A project with packages as npm would have put them: place in node_modules to files (path to text) and manifest fields. */
export function projectWith(installed) {
  const project = mkdtempSync(join(tmpdir(), "small-project-"));
  made.push(project);
  for (const [place, { files, manifest = {} }] of Object.entries(installed)) {
    const name = place.split("node_modules/").at(-1);
    const common = { name, version: "1.0.0", type: "module", exports: { ".": { types: "./index.d.ts", default: "./index.js" } } };
    for (const [path, text] of Object.entries({ ...files, "package.json": JSON.stringify({ ...common, ...manifest }) })) {
      const file = join(project, "node_modules", place, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  return project;
}
