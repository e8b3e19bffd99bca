import type { Table } from "@mesoscope/contracts";

type Cell = string | number | null;

/** A table from its columns, id to heading in their order, and its rows. A leading column of cases is left out where there is one case. */
export function tableOf(id: string, title: string, columns: Readonly<Record<string, string>>, rows: readonly (readonly Cell[])[]): Table {
  const headings = Object.entries(columns).map(([name, heading]) => ({ id: name, title: heading }));
  const hasLoneCase = headings[0]?.id === "case" && new Set(rows.map(([name]) => name)).size < 2;
  if (!hasLoneCase) return { id, title, columns: headings, rows };
  return { id, title, columns: headings.slice(1), rows: rows.map((row) => row.slice(1)) };
}

/** The same, or nothing where there is no row. */
export function tableIfAny(...[id, title, columns, rows]: Parameters<typeof tableOf>): Table | undefined {
  return rows.length === 0 ? undefined : tableOf(id, title, columns, rows);
}
