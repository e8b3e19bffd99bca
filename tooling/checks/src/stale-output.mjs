/** @file Every compiled file has its source: the compiler does not remove what a renamed source once gave, and it would be packed. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { publishedPackages } from "./workspace.mjs";

export const title = "stale output: every compiled file has its source";
export const needsBuild = true;

/** Compiled files of a package's dist/ without a source, relative to dist/. */
export function orphans(folder) {
  if (!existsSync(join(folder, "dist"))) return [];
  return readdirSync(join(folder, "dist"), { recursive: true })
    .filter((file) => file.endsWith(".js"))
    .filter((file) => ![".ts", ".tsx", ".js"].some((extension) => existsSync(join(folder, "src", file.replace(/\.js$/, extension)))))
    .sort();
}

export function check(root) {
  return publishedPackages(root).flatMap(({ path, folder }) =>
    orphans(folder).map((file) => `${path}/dist/${file} has no source: remove ${path}/dist and build again`),
  );
}
