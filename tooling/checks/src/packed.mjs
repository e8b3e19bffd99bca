/** @file The published packages as tarballs, as a user gets them: made once for all checks that look at them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pnpm } from "@mesoscope/boot/pnpm";
import { publishedPackages } from "./workspace.mjs";

const made = new Map();

/** pnpm's name for a tarball: `@scope/name` at 1.2.3 gives scope-name-1.2.3.tgz. */
const tarballName = ({ name, version }) => `${name.replace(/^@/, "").replaceAll("/", "-")}-${version}.tgz`;

async function pack(root) {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const published = publishedPackages(root);
  const filters = published.flatMap(({ name }) => ["--filter", name]);
  const { code, output } = await pnpm(root, ["--recursive", ...filters, "pack", "--pack-destination", folder], { quiet: true });
  if (code !== 0) throw new TypeError(`pnpm pack failed:\n${output}`);
  return published.map((one) => ({ ...one, tarball: join(folder, tarballName(one.manifest)) }));
}

/** Tarballs of all published packages of the workspace, as `{ name, path, folder, manifest, tarball }`. */
export function packed(root) {
  if (!made.has(root)) made.set(root, pack(root));
  return made.get(root);
}

/** Removes the tarballs before the process ends: a worker of the test runner does not see its own end. */
export async function removePacked() {
  for (const [root, tarballs] of made) {
    made.delete(root);
    for (const { tarball } of await tarballs.catch(() => [])) rmSync(dirname(tarball), { recursive: true, force: true });
  }
}
