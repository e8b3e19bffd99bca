/**
 * @file The arrows between packages. The table stands in the root's turbo.json (`boundaries.tags`); turbo walks the
 * declared dependencies, also through others, and the imports of every file: undeclared ones and paths that leave the
 * package fail. A package without a tag would go unchecked, so here it fails.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { run } from "./command.mjs";
import { packages } from "./workspace.mjs";

export const title = "layers: packages import along the arrows only";

const turbo = createRequire(import.meta.url).resolve("turbo/bin/turbo");

function tagFindings(root) {
  const table = JSON.parse(readFileSync(join(root, "turbo.json"), "utf8")).boundaries?.tags ?? {};
  return packages(root).flatMap(({ folder, path }) => {
    const file = join(folder, "turbo.json");
    const tags = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")).tags ?? []) : [];
    if (tags.length === 1 && Object.hasOwn(table, tags[0])) return [];
    return [`${path}/turbo.json: tags = ${JSON.stringify(tags)}: must be exactly one of ${Object.keys(table).join(", ")}`];
  });
}

export async function check(root) {
  const findings = tagFindings(root);
  const { code, output } = await run(process.execPath, [turbo, "boundaries", "--cwd", root, "--skip-infer"], { cwd: root });
  if (code !== 0) findings.push(output.trim());
  return findings;
}
