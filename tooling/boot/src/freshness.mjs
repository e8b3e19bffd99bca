/**
 * @file Whether install and build still hold. The answer is a fingerprint of what they read, kept in node_modules so
 * that it disappears with them. Contents decide for the install (few files, and a checkout changes times), times and
 * sizes for the build (many files, and a rebuild after a mere touch is cheap): together a few milliseconds.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const stampFile = (root) => join(root, "node_modules", ".mesoscope", "boot.json");
const rooms = ["packages", "apps", "tooling"];

/** Folders of the workspace's packages, with their manifests' text. */
export function workspacePackages(root) {
  const found = [];
  for (const room of rooms) {
    if (!existsSync(join(root, room))) continue;
    for (const name of readdirSync(join(root, room)).sort()) {
      const folder = join(root, room, name);
      const manifest = join(folder, "package.json");
      if (existsSync(manifest)) found.push({ folder, text: readFileSync(manifest, "utf8") });
    }
  }
  return found;
}

function installFingerprint(root, packages) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const file of ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"]) {
    hash.update(existsSync(join(root, file)) ? readFileSync(join(root, file)) : "-");
  }
  for (const { folder, text } of packages) hash.update(folder).update(text);
  return hash.digest("hex");
}

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

function buildFingerprint(root, packages) {
  const hash = createHash("sha256");
  const add = (path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  };
  for (const { folder, text } of packages) {
    hash.update(text);
    if (existsSync(join(folder, "src"))) for (const path of filesUnder(join(folder, "src"))) add(path);
    for (const name of readdirSync(folder)) if (/^tsconfig.*\.json$|\.config\.(js|mjs|ts)$/.test(name)) add(join(folder, name));
  }
  return hash.digest("hex");
}

const hasBuild = ({ text }) => JSON.parse(text).scripts?.build !== undefined;

/** What holds: `{ install, build }` as booleans, and the fingerprints to remember once a step has succeeded. */
export function freshness(root) {
  const packages = workspacePackages(root);
  const now = { install: installFingerprint(root, packages), build: buildFingerprint(root, packages) };
  let then = {};
  try {
    then = JSON.parse(readFileSync(stampFile(root), "utf8"));
  } catch {
    // No stamp, or a torn one: nothing is known to hold.
  }
  const linked = packages.every(({ folder, text }) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(text);
    return Object.keys({ ...dependencies, ...devDependencies }).length === 0 || existsSync(join(folder, "node_modules"));
  });
  const built = packages.every((one) => !hasBuild(one) || existsSync(join(one.folder, "dist")));
  const install = then.install === now.install && linked;
  return { install, build: install && then.build === now.build && built, now };
}

/** Remembers that the named steps have succeeded for the present state. */
export function remember(root, steps, now) {
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), JSON.stringify(Object.fromEntries(steps.map((step) => [step, now[step]]))));
}
