import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Name and version of this program and of every package of the house it stands on, as they are installed. */
export function installedVersions(): Readonly<Record<string, string>> {
  const own = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as Manifest;
  const require = createRequire(import.meta.url);
  const names = Object.keys(own.dependencies ?? {}).filter((name) => name.startsWith("@mesoscope/"));
  const manifests = names.map((name) => JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")) as Manifest);
  return Object.fromEntries([own, ...manifests].map(({ name, version }) => [name, version]));
}
