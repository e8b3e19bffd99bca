/**
 * Writes src/equations.ts from docs/equations.md, the one place where equations are edited.
 * Run `pnpm --filter @mesoscope/studies equations`; a test fails while the two differ.
 */
import { readFileSync, writeFileSync } from "node:fs";

/** @returns {Record<string, { label: string, tex: string, meaning: string, source: string }>} */
export function parseEquations(markdown) {
  const entries = {};
  for (const section of markdown.split(/^### /m).slice(1)) {
    const [, label, title] = /^\[eq:([a-z0-9-]+)\] (.+)$/m.exec(section) ?? [];
    const [whole, tex] = /\$\$ ([^]+?) \$\$/.exec(section) ?? [];
    if (label === undefined || whole === undefined) throw new SyntaxError(`docs/equations.md: no label or no $$ ... $$ in "${section.slice(0, 60)}"`);
    const words = /^Source: ([^]+?)\n\n/m.exec(`${section}\n\n`)?.[1].replace(/\s+/g, " ");
    entries[label] = { label, tex, meaning: title, source: words };
  }
  return entries;
}

export function sourceOf(entries) {
  return `/** Written from docs/equations.md by scripts/equations.mjs: edit there. */
import type { Equation } from "@mesoscope/contracts";

/** The labels of docs/equations.md. */
export type EquationLabel =
${Object.keys(entries).map((label) => `  | "${label}"`).join("\n")};

const all: Readonly<Record<EquationLabel, Equation>> = ${JSON.stringify(entries, null, 2)};

/** The equations of these labels, in this order, as a record shows them. */
export function equations(...labels: readonly EquationLabel[]): readonly Equation[] {
  return labels.map((label) => all[label]);
}
`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const markdown = readFileSync(new URL("../../../docs/equations.md", import.meta.url), "utf8");
  writeFileSync(new URL("../src/equations.ts", import.meta.url), sourceOf(parseEquations(markdown)));
}
