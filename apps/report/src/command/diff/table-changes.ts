import { canonicalJson, type MesoscopeRecord, type Table } from "@mesoscope/contracts";
import { largestRelativeChange } from "./layer-numbers.js";

export interface TableChange {
  readonly id: string;
  readonly title: string;
  /** "words": all numbers are equal; "shape": other columns or another number of rows. */
  readonly change: "equal" | "words" | "numbers" | "shape" | "only-in-first" | "only-in-second";
  /** How many cells changed, and the largest |b - a| / max(|a|, |b|) where both are numbers. */
  readonly cells?: number;
  readonly relative?: number;
}

/** Tables by id, in the order of the first record, then what only the second has. */
export function compareTables(first: MesoscopeRecord, second: MesoscopeRecord): readonly TableChange[] {
  const ofSecond = new Map(second.tables.map((table) => [table.id, table]));
  const ids = new Set(first.tables.map(({ id }) => id));
  return [
    ...first.tables.map((table): TableChange => {
      const other = ofSecond.get(table.id);
      return { id: table.id, title: table.title, ...(other === undefined ? { change: "only-in-first" } : compareTable(table, other)) };
    }),
    ...second.tables.filter(({ id }) => !ids.has(id)).map(({ id, title }): TableChange => ({ id, title, change: "only-in-second" })),
  ];
}

function compareTable(a: Table, b: Table): Pick<TableChange, "change" | "cells" | "relative"> {
  if (canonicalJson(a) === canonicalJson(b)) return { change: "equal" };
  const columns = ({ columns: of }: Table): string => JSON.stringify(of.map(({ id }) => id));
  if (columns(a) !== columns(b) || a.rows.length !== b.rows.length) return { change: "shape" };
  const changed = a.rows.flatMap((row, i) => row.map((cell, j) => [cell, b.rows[i]![j]!] as const).filter(([cell, other]) => cell !== other));
  const cells = changed.length;
  if (!changed.flat().some((cell) => typeof cell === "number")) return { change: "words", cells };
  const relative = changed.reduce((most, [cell, other]) => (typeof cell === "number" && typeof other === "number" ? Math.max(most, largestRelativeChange([cell], [other])) : most), 0);
  return { change: "numbers", cells, relative };
}
