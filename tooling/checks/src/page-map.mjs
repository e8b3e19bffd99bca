/**
 * @file The import map of an installed package: for a page what node_modules and `exports` are for Node. It names only
 * what the package may import (itself and what its manifest, and theirs, depend on) and only what those export.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What a browser's toolchain looks for, in the order that the manifest gives. */
const conditions = new Set(["browser", "import", "module", "default"]);

/** The file that a target of `exports` stands for; undefined where it is closed to importers. */
function targetFile(target) {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return undefined;
  if (Array.isArray(target)) return target.map(targetFile).find((file) => file !== undefined);
  for (const [condition, deeper] of Object.entries(target)) {
    const file = conditions.has(condition) ? targetFile(deeper) : undefined;
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The subpaths of one entry: itself, or for `./x/*` one for every file that fits. */
function expand(folder, entry, file) {
  if (!entry.includes("*")) return [[entry, file]];
  const [before, after] = file.split("*");
  return readdirSync(folder, { recursive: true })
    .map((path) => `./${path.replaceAll("\\", "/")}`)
    .filter((path) => path.startsWith(before) && path.endsWith(after) && path.length > before.length + after.length)
    .map((path) => [entry.replace("*", path.slice(before.length, path.length - after.length)), path]);
}

/** Pairs of specifier and path from the project's root, for every JavaScript entry of an installed package. */
export function entriesOf(project, place) {
  const folder = join(project, place);
  const { name, exports, module, main } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const given = exports ?? module ?? main ?? "./index.js";
  const subpaths = typeof given === "object" && Object.keys(given).every((key) => key.startsWith(".")) ? given : { ".": given };
  return Object.entries(subpaths).flatMap(([entry, target]) => {
    const file = targetFile(target);
    if (file === undefined) return [];
    return expand(folder, entry, file.startsWith("./") ? file : `./${file}`)
      .filter(([, path]) => /\.m?js$/.test(path))
      .map(([subpath, path]) => [`${name}${subpath.slice(1)}`, `/${place}/${path.slice(2)}`]);
  });
}

/** Where npm put a dependency of the package at `place` ("" is the project): in the nearest node_modules upwards. */
function placeOf(project, place, dependency) {
  const folders = place === "" ? [] : place.split("/node_modules/");
  for (let depth = folders.length; depth >= 0; depth--) {
    const candidate = [...folders.slice(0, depth), dependency].join("/node_modules/");
    const found = depth === 0 ? `node_modules/${dependency}` : candidate;
    if (existsSync(join(project, found, "package.json"))) return found;
  }
  return undefined;
}

/**
 * The import map of `name`, installed in `project`.
 * @returns {{ imports: Record<string, string>, scopes: Record<string, Record<string, string>> }}
 */
export function importMap(project, name) {
  const map = { imports: {}, scopes: {} };
  const waiting = [placeOf(project, "", name)];
  for (const place of waiting) {
    const own = Object.fromEntries(entriesOf(project, place));
    if (place === waiting[0]) Object.assign(map.imports, own);
    // Each package sees itself and its own dependencies, as under a strict installer.
    const scope = { ...own };
    const { dependencies = {} } = JSON.parse(readFileSync(join(project, place, "package.json"), "utf8"));
    for (const dependency of Object.keys(dependencies)) {
      const found = placeOf(project, place, dependency);
      if (found === undefined) continue;
      const entries = Object.fromEntries(entriesOf(project, found));
      Object.assign(scope, entries);
      // An example may use what its package depends on.
      if (place === waiting[0]) Object.assign(map.imports, entries);
      if (!waiting.includes(found)) waiting.push(found);
    }
    map.scopes[`/${place}/`] = scope;
  }
  return map;
}
