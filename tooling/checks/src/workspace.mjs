/** @file What the checks look at: the packages of a workspace, its tracked files, its prose. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const rooms = ["packages", "apps", "tooling"];

/**
 * Packages of the workspace under `root`.
 * @returns {{ name: string, folder: string, path: string, manifest: any, published: boolean }[]}
 */
export function packages(root) {
  return rooms
    .filter((room) => existsSync(join(root, room)))
    .flatMap((room) => readdirSync(join(root, room)).sort().map((name) => join(root, room, name)))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return { name: manifest.name, folder, path: relative(root, folder), manifest, published: manifest.private !== true };
    });
}

/** Packages that are published. */
export function publishedPackages(root) {
  return packages(root).filter(({ published }) => published);
}

/**
 * Files that are in the repository or would be with the next commit, relative to `root`: what git tracks and what it
 * does not ignore. Outside a git work tree, every file but node_modules, dist and dot folders.
 */
export function repositoryFiles(root) {
  const git = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, maxBuffer: 1 << 28 });
  const inside = existsSync(join(root, ".git")) && git.status === 0;
  const listed = inside ? git.stdout.toString("utf8").split("\0").filter(Boolean) : [...walk(root, "")];
  return [...new Set(listed)].filter((path) => existsSync(join(root, path))).sort();
}

function* walk(root, folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !["node_modules", "dist", ".git", ".turbo"].includes(entry.name)) yield* walk(root, path);
  }
}

/** Text of a repository file; undefined for binary ones. */
export function textOf(root, path) {
  const bytes = readFileSync(join(root, path));
  return bytes.subarray(0, 8192).includes(0) ? undefined : bytes.toString("utf8");
}

/** Line number, from 1, of an offset in a text. */
export function lineAt(text, offset) {
  let line = 1;
  for (let i = text.indexOf("\n"); i >= 0 && i < offset; i = text.indexOf("\n", i + 1)) line++;
  return line;
}
