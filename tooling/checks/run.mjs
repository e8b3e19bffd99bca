/**
 * @file Runs the checks: `node tooling/checks/run.mjs [name ...]`, all of them without a name. A line each, findings below
 * a failed one, and the counts at the end.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "@mesoscope/boot/steps";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** In order of what is learnt soonest. */
const names = [
  ...["private-traces", "citation", "links", "equations", "manifests", "layers", "cycles", "announced"],
  ...["types", "lint", "stale-output", "api-report", "publint", "attw", "readme-examples"],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown check ${unknown.join(", ")}: it must be among ${names.join(", ")}.`);
  process.exit(1);
}

let passed = 0;
let failed = 0;
for (const name of wanted.length > 0 ? wanted : names) {
  const start = Date.now();
  const { title, check, needsBuild = false } = await import(`./src/${name}.mjs`);
  let findings;
  try {
    if (needsBuild) await build(root);
    findings = await check(root);
  } catch (error) {
    findings = [`the check itself failed: ${error.stack}`];
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${findings.length === 0 ? "ok    " : "FAILED"} ${title}  (${seconds} s)`);
  for (const finding of findings) console.log(finding.replaceAll(/^/gm, "       "));
  if (findings.length === 0) passed++;
  else failed++;
}
console.log(`checks: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
