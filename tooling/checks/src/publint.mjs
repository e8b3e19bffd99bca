/** @file publint, strictly: the manifest and the packed files agree, in every tarball. */
import { readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packed } from "./packed.mjs";

export const title = "publint: manifests and packed files agree";
export const needsBuild = true;

/** Findings for one tarball. */
export async function lintTarball({ path, manifest, tarball }) {
  const bytes = readFileSync(tarball);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true, level: "warning" });
  return messages.map((message) => `${path}/package.json: ${formatMessage(message, pkg ?? manifest, { color: false }) ?? message.code}`);
}

export async function check(root) {
  const findings = [];
  for (const one of await packed(root)) findings.push(...(await lintTarball(one)));
  return findings;
}
