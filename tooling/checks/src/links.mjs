/**
 * @file No dead path and no dead anchor in what people read: links of Markdown files, and paths of this repository named
 * in backticks there or in docstrings (`docs/...`, `packages/...`, `tooling/...`, ...).
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { commentsOf } from "./comments.mjs";
import { lineAt, repositoryFiles, textOf } from "./workspace.mjs";

export const title = "links: no dead path or anchor in docs and docstrings";

const rooms = "docs|packages|apps|tooling|examples|\\.ci|\\.changeset";
/** Written while running, by a build or by a user: named in prose, not in the repository. */
const made = /(^|\/)(dist|node_modules|reports|test-results|coverage)(\/|$)/;
const placeholder = /[*<>{}X…$]|\.\.\.|\bNAME\b/;

/** Anchors of a Markdown text: headings as GitHub makes them, and explicit ids. */
export function anchors(markdown) {
  const found = new Set();
  const seen = new Map();
  for (const [, heading] of withoutFences(markdown).matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)) {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    found.add(count === 0 ? slug : `${slug}-${count}`);
  }
  for (const [, id] of markdown.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) found.add(id);
  return found;
}

/** Code blocks, code spans and formulas blanked out, at the same length so that line numbers hold. */
function withoutFences(markdown) {
  return markdown.replaceAll(/^(```|~~~)[\s\S]*?^\1|\$\$[\s\S]*?\$\$|\$[^$\n]+\$/gm, (block) => block.replaceAll(/[^\n]/g, " "));
}

function linkFindings(root, path, text) {
  const findings = [];
  for (const match of withoutFences(text).matchAll(/\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)) {
    const target = match[1];
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) continue;
    const [file, anchor] = target.split("#");
    const full = file === "" ? path : normalize(join(dirname(path), decodeURIComponent(file)));
    const where = `${path}:${lineAt(text, match.index)}`;
    if (made.test(full)) continue;
    if (full.startsWith("..") || !existsSync(join(root, full))) findings.push(`${where}: link to ${target}: no such file`);
    else if (anchor && full.endsWith(".md") && statSync(join(root, full)).isFile() && !anchors(readFileSync(join(root, full), "utf8")).has(anchor)) {
      findings.push(`${where}: link to ${target}: no such heading`);
    }
  }
  return findings;
}

function namedPathFindings(root, path, text, pattern) {
  const findings = [];
  for (const match of text.matchAll(pattern)) {
    const named = match[1].replace(/[.,:;)]+$/, "");
    if (placeholder.test(named) || made.test(named) || existsSync(join(root, named.split("#")[0]))) continue;
    findings.push(`${path}:${lineAt(text, match.index)}: names ${named}: no such path`);
  }
  return findings;
}

/** In code spans, and at the start of the lines of an indented tree. */
const inMarkdown = new RegExp(`(?:\`|^ {4,})((?:${rooms})/[^\`\\s]+)(?=\`|\\s)`, "gm");
const inComments = new RegExp(`(?<![\\w./@-])((?:docs|tooling|examples)/[\\w.-]+(?:/[\\w.-]+)*\\.(?:md|mjs|js|ts|py|json))`, "g");

export function check(root) {
  const findings = [];
  for (const path of repositoryFiles(root)) {
    if (/(^|\/)(CHANGELOG\.md|fixtures\/)/.test(path) || path.startsWith("tooling/checks/test/")) continue;
    if (path.endsWith(".md") && !/\/api\/[^/]*\.api\.md$/.test(path)) {
      const text = textOf(root, path);
      findings.push(...linkFindings(root, path, text), ...namedPathFindings(root, path, text, inMarkdown));
    } else if (/\.(ts|mjs|js)$/.test(path)) {
      const text = textOf(root, path);
      // A source may name a file of its own package the same way (its `docs/`): only comments, only from the root.
      findings.push(...namedPathFindings(root, path, commentsOf(text), inComments));
    }
  }
  return findings;
}
