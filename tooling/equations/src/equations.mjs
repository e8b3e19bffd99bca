/**
 * Writes the equations that packages carry from docs/equations.md, the one place where they are edited.
 * Run `npm run equations` after editing; a test fails while they differ.
 */
import { readFileSync, writeFileSync } from "node:fs";

/** Who carries equations: all of them, or those named. */
export const carriers = [
  { file: "packages/studies/src/equations.ts", labels: "all" },
  {
    file: "packages/mean-field-pde/src/pairs/equations.ts",
    labels: [
      "growth-rate",
      "departure-time",
      "departure-law",
      "landau",
      "double-noise",
      "mode-competition",
      "first-departure",
      "mode-selection",
      "structure-factor",
      "self-attention-slowdown",
      "mean-field-pde",
      "lagrangian",
      "kernel-field",
    ],
  },
  {
    file: "packages/dmft/src/hopfield/pairs/equations.ts",
    labels: [
      "one-bit-overlap",
      "one-bit-attention",
      "class-binomial",
      "class-sizes",
      "window-kernel",
      "peretto",
      "one-bit-mean-field",
      "one-bit-lyapunov",
      "one-bit-kaplan-yorke",
      "one-bit-regimes",
      "one-bit-floquet",
      "one-bit-linear-noise",
      "one-bit-shift",
      "one-bit-quenched",
      "one-bit-horizon",
      "one-bit-exit",
      "one-bit-normal-form",
      "one-bit-critical-law",
      "one-bit-critical-scaling",
    ],
  },
  {
    file: "packages/dmft/src/transformer/pairs/equations.ts",
    labels: [
      "transformer-block", "transformer-scales", "transformer-training", "transformer-order-parameters", "head-map", "matrix-rule", "one-block", "conditioned-matrix", "turned-axes",
      "head-noise", "wide-noise", "size-orders", "attention-tangent", "kernel-descent", "lazy-order", "kernel-alignment", "averaging-floor", "movement-powers", "attention-growth",
      "attention-logits", "attention-logit-law", "attention-heads", "attention-finite-width", "attention-width-slope", "attention-depth", "attention-collapse",
      "attention-one-block", "attention-cumulants", "attention-kernel-chain",
    ],
  },
];

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

/** The source file that carries the equations of these labels, one a line. */
export function sourceOf(all, labels) {
  const entries = labels === "all" ? all : Object.fromEntries(labels.map((label) => [label, all[label]]));
  return `/** Written from docs/equations.md by "npm run equations": edit there. */
import type { Equation } from "@mesoscope/contracts";

/** The labels of docs/equations.md. */
export type EquationLabel =
${Object.keys(entries).map((label) => `  | "${label}"`).join("\n")};

const all: Readonly<Record<EquationLabel, Equation>> = {
${Object.entries(entries).map(([label, entry]) => `  ${JSON.stringify(label)}: ${JSON.stringify(entry)},`).join("\n")}
};

/** The equations of these labels, in this order, as a record shows them. */
export function equations(...labels: readonly EquationLabel[]): readonly Equation[] {
  return labels.map((label) => all[label]);
}
`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const root = new URL("../../../", import.meta.url);
  const all = parseEquations(readFileSync(new URL("docs/equations.md", root), "utf8"));
  for (const { file, labels } of carriers) writeFileSync(new URL(file, root), sourceOf(all, labels));
}
