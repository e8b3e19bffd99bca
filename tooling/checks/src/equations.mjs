/**
 * @file Every `[eq:label]` cited in sources, tests, READMEs and docs is defined in docs/equations.md, once. A label is
 * defined by a heading that holds it (`## Growth rates [eq:growth-rate]`), or by `<a id="eq:...">`. The word `label` stands for any.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { commentsOf } from "./comments.mjs";
import { lineAt, repositoryFiles, textOf } from "./workspace.mjs";

export const title = "equations: every cited label is defined once";

const book = "docs/equations.md";
const label = "eq:([a-z0-9][a-z0-9-]*)";

/** Labels that a text defines, in order, with repetitions. */
export function definedLabels(markdown) {
  const places = [...markdown.matchAll(/^#{1,6}\s.*$|<a\s+id="[^"]*"/gm)];
  return places.flatMap(([place]) => [...place.matchAll(new RegExp(label, "g"))].map(([, name]) => name));
}

export function check(root) {
  const findings = [];
  if (!existsSync(join(root, book))) return [`${book} is missing: it defines the labels that the code cites`];
  const defined = definedLabels(textOf(root, book));
  const known = new Set(defined);
  for (const name of known) {
    if (defined.filter((other) => other === name).length > 1) findings.push(`${book}: [eq:${name}] is defined more than once`);
  }
  for (const path of repositoryFiles(root)) {
    if (!/\.(ts|mjs|js|md|py)$/.test(path) || path.startsWith("tooling/checks/") || /\/api\/|\/fixtures\//.test(path)) continue;
    // A test may make up labels as data.
    const text = /(^|\/)test\//.test(path) && !path.endsWith(".md") ? commentsOf(textOf(root, path)) : textOf(root, path);
    for (const match of text.matchAll(new RegExp(`\\[((?:${label})(?:\\s*,\\s*${label})*)\\]`, "g"))) {
      if (match[1] === "eq:label") continue;
      for (const [, name] of match[1].matchAll(new RegExp(label, "g"))) {
        if (!known.has(name)) findings.push(`${path}:${lineAt(text, match.index)}: [eq:${name}] is not defined in ${book}`);
      }
    }
  }
  return findings;
}
