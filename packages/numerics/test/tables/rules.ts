/** @file Nodes and weights of Gauss rules as functions of [n, lambda, place], so that they are measured like any function. */
import { readFileSync } from "node:fs";
import { gaussGegenbauer, gaussHermite, gaussLegendre } from "../../src/index.js";
import type { QuadratureRule } from "../../src/index.js";
import type { Elementary } from "./ulp.js";

type Rows = readonly (readonly number[])[];
const file = JSON.parse(readFileSync(new URL("gauss-rules.json", import.meta.url), "utf8")) as {
  tables: Readonly<Record<string, Readonly<Record<string, Rows>>>>;
};

export const ruleTables: Readonly<Record<string, Readonly<Record<string, Rows>>>> = file.tables;

const RULES: Readonly<Record<string, (n: number, lambda: number) => QuadratureRule>> = {
  gaussLegendre: (n) => gaussLegendre(n),
  gaussHermite: (n) => gaussHermite(n),
  gaussGegenbauer: (n, lambda) => gaussGegenbauer(n, lambda),
};

const made = new Map<string, QuadratureRule>();

/** The entry of the rule that a row of this regime is about. */
export function ruleEntry(name: string, regime: string): Elementary {
  const what = regime.startsWith("nodes") ? "nodes" : "weights";
  return (n, lambda, place) => {
    const id = `${name} ${n} ${lambda}`;
    const rule = made.get(id) ?? RULES[name]!(n, lambda);
    made.set(id, rule);
    return rule[what][n - 1 - place]!;
  };
}
