/**
 * @file A changed public surface is announced: every package whose declaration reports differ from those of the last
 * release is named in a changeset. The last release's reports are kept as digests in `.changeset/released-api.json`,
 * written by `npm run release:version`, so that the check needs neither tags nor history (a clone may have none).
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { publishedPackages } from "./workspace.mjs";

export const title = "announced: changed surfaces are named in a changeset";

const ledger = (root) => join(root, ".changeset", "released-api.json");

/** Package name to digest of its reports; packages without a report are left out. */
export function surfaceDigests(root) {
  const digests = {};
  for (const { name, folder } of publishedPackages(root)) {
    const api = join(folder, "api");
    const reports = existsSync(api) ? readdirSync(api).filter((file) => file.endsWith(".api.md")).sort() : [];
    if (reports.length === 0) continue;
    const hash = createHash("sha256");
    for (const file of reports) hash.update(file).update("\0").update(readFileSync(join(api, file)));
    digests[name] = hash.digest("hex");
  }
  return digests;
}

/** What the changesets say: `{ file, names, levels, problem }`. */
export function readChangesets(root) {
  const folder = join(root, ".changeset");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .sort()
    .map((file) => {
      const match = /^---\r?\n([\s\S]*?)\r?\n?---\r?\n([\s\S]*)$/.exec(readFileSync(join(folder, file), "utf8"));
      if (!match) return { file, named: {}, problem: "has no front matter: start with ---, a line \"package\": minor, ---" };
      const named = parse(match[1]) ?? {};
      return { file, named, problem: match[2].trim() === "" ? "says nothing: write what changes for a user, and why" : undefined };
    });
}

export function check(root) {
  const findings = [];
  const known = new Set(publishedPackages(root).map(({ name }) => name));
  const named = new Set();
  for (const changeset of readChangesets(root)) {
    const where = `.changeset/${changeset.file}`;
    if (changeset.problem) findings.push(`${where}: ${changeset.problem}`);
    for (const [name, level] of Object.entries(changeset.named)) {
      if (!known.has(name)) findings.push(`${where}: ${name} is no published package of this workspace`);
      if (!["patch", "minor", "major"].includes(level)) findings.push(`${where}: ${name}: ${level}: must be patch, minor or major`);
      named.add(name);
    }
  }
  const released = existsSync(ledger(root)) ? JSON.parse(readFileSync(ledger(root), "utf8")) : {};
  const now = surfaceDigests(root);
  for (const name of new Set([...Object.keys(released), ...Object.keys(now)])) {
    if (released[name] === now[name] || named.has(name)) continue;
    findings.push(`${name}: its public surface differs from the last release and no changeset names it: run "npm run changeset"`);
  }
  return findings;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  // Called by `npm run release:version`, after the changesets have become versions and changelogs.
  const root = process.cwd();
  writeFileSync(ledger(root), `${JSON.stringify(surfaceDigests(root), null, 2)}\n`);
}
