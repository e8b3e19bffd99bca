/** @file arethetypeswrong over every tarball: each entry resolves, with types, for ESM importers in Node and bundlers. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { run } from "./command.mjs";
import { packed } from "./packed.mjs";

export const title = "attw: every entry resolves with its types";
export const needsBuild = true;

const require = createRequire(import.meta.url);
const manifestPath = require.resolve("@arethetypeswrong/cli/package.json");
const program = join(dirname(manifestPath), require(manifestPath).bin.attw);

/** Findings for one tarball. */
export async function resolveTarball({ path, folder, tarball }) {
  const { code, output } = await run(process.execPath, [program, tarball, "--profile", "esm-only", "--format", "ascii", "--no-color"], { cwd: folder });
  return code === 0 ? [] : [`${path}: ${output.trim()}`];
}

export async function check(root) {
  const waiting = [...(await packed(root))];
  const findings = [];
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) findings.push(...(await resolveTarball(one)));
  };
  await Promise.all([worker(), worker()]);
  return findings.sort();
}
