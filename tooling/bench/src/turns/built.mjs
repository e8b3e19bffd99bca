/** @file Packages of the workspace as they are built. Not by name: they lean on this package for the sizes of their bundles. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The workspace. */
export const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** What packages/NAME exports. */
export async function built(name) {
  const file = join(root, "packages", name, "dist/index.js");
  if (!existsSync(file)) throw new TypeError(`packages/${name} is not built. Run it as: npm run bench`);
  return import(pathToFileURL(file).href);
}
