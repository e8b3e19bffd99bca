/** @file Name and version of an installed package. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";

/** "name 1.2.3", looked up from this file. */
export function versionOf(name) {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!folder.endsWith(join("node_modules", name))) folder = dirname(folder);
  return `${name} ${JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version}`;
}
