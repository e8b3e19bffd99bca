/** @file The published packages as tarballs, as a user gets them: made once for all checks that look at them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pnpm } from "@mesoscope/boot/pnpm";
import { publishedPackages } from "./workspace.mjs";

const made = new Map();

async function pack(root) {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const tarballs = [];
  for (const one of publishedPackages(root)) {
    const target = join(folder, one.name.replaceAll(/[@/]/g, "_"));
    const { code, output } = await pnpm(root, ["--dir", one.folder, "pack", "--pack-destination", target], { quiet: true });
    if (code !== 0) throw new TypeError(`${one.path}: pnpm pack failed:\n${output}`);
    const file = readdirSync(target).find((name) => name.endsWith(".tgz"));
    tarballs.push({ ...one, tarball: join(target, file) });
  }
  return tarballs;
}

/** Tarballs of all published packages of the workspace, as `{ name, path, folder, manifest, tarball }`. */
export function packed(root) {
  if (!made.has(root)) made.set(root, pack(root));
  return made.get(root);
}
