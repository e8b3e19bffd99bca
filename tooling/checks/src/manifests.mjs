/** @file Published packages are published alike: one form of manifest, which publint and attw do not ask for. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packages } from "./workspace.mjs";

export const title = "manifests: one form for all packages";

const rules = [
  ["license", (m) => m.license === "MIT", "must be MIT"],
  ["type", (m) => m.type === "module", "must be module"],
  ["engines.node", (m) => m.engines?.node === ">=20.19", "must be >=20.19"],
  ["sideEffects", (m) => m.sideEffects === false || Array.isArray(m.sideEffects), "must be false, or list the files that have them"],
  ["description", (m) => typeof m.description === "string" && m.description.length > 40, "must say in a sentence what the package is"],
  ["files", (m) => Array.isArray(m.files) && m.files.includes("dist") && m.files.includes("README.md"), "must allow dist and README.md"],
  ["exports", (m) => m.exports !== undefined && m.main === undefined, "must be there, and main must not"],
  ["publishConfig.access", (m) => m.publishConfig?.access === "public", "must be public"],
  ["scripts", (m) => ["build", "typecheck", "lint", "test", "api"].every((s) => m.scripts?.[s]), "must have build, typecheck, lint, test and api"],
];

/** Dependencies inside the workspace move with it; a fixed version would bring a second copy of a seam. */
function workspaceRanges(manifest) {
  const of = (field, range) =>
    Object.entries(manifest[field] ?? {}).filter(([name, value]) => /^(@mesoscope\/|mesoscope$)/.test(name) && value !== range);
  return [...of("dependencies", "workspace:^"), ...of("peerDependencies", "workspace:^")];
}

export function check(root) {
  const findings = [];
  for (const { path, folder, manifest, published } of packages(root)) {
    if (!published) continue;
    for (const [field, holds, rule] of rules) if (!holds(manifest)) findings.push(`${path}/package.json: ${field} ${rule}`);
    for (const [name, range] of workspaceRanges(manifest)) findings.push(`${path}/package.json: ${name} = ${range}: must be workspace:^`);
    if (!existsSync(join(folder, "README.md"))) findings.push(`${path}/README.md is missing`);
    const entry = manifest.exports?.["."];
    if (entry && Object.keys(entry)[0] !== "types") findings.push(`${path}/package.json: exports["."] must name types first`);
  }
  return findings;
}
