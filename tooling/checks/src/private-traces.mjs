/** @file Nothing of the machine that made a file stands in it: no home or work folder, no host of a package registry. */
import { lineAt, repositoryFiles, textOf } from "./workspace.mjs";

export const title = "private traces: no machine path or registry host in the repository";

/** Built from pieces, so that this file does not find itself. */
const folders = ["work", "root", "home", "Users", "mnt", "builds", "workspace"];
const machinePath = new RegExp(`(?<![\\w.~@:/*}\`-])/(?:${folders.join("|")})/[\\w.-]+`, "g");
const windowsPath = /\b[A-Z]:\\(?:Users|Documents)\\/g;
const registryHost = new RegExp(`https?://[\\w.-]*(?:${["registry", "npmjs", "artifactory", "nexus", "verdaccio", "pypi"].join("|")})[\\w.-]*`, "g");
const lockfile = /(^|\/)(pnpm-lock\.yaml|package-lock\.json|yarn\.lock)$/;

/** Findings in one file's text. */
export function traces(path, text) {
  const patterns = [
    [machinePath, "a path of one machine: name it from the repository's root"],
    [windowsPath, "a path of one machine: name it from the repository's root"],
    [registryHost, "a registry's host: packages come by name from whatever registry the reader uses"],
  ];
  if (lockfile.test(path)) patterns.push([/https?:\/\/[^\s"']+|tarball:/g, "an address in a lockfile: it must hold names, versions and digests only"]);
  if (/(^|\/)\.npmrc$/.test(path)) patterns.push([/registry\s*=/g, "a registry setting: leave it to the reader's own configuration"]);
  return patterns.flatMap(([pattern, rule]) =>
    [...text.matchAll(pattern)].map((match) => `${path}:${lineAt(text, match.index)}: ${match[0]}: ${rule}`),
  );
}

export function check(root) {
  return repositoryFiles(root).flatMap((path) => {
    const text = textOf(root, path);
    return text === undefined ? [] : traces(path, text);
  });
}
