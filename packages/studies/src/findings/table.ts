import type { Table } from "@mesoscope/contracts";

type Cell = string | number | null;

/** A table from its columns, id to heading in their order, and its rows. */
export function tableOf(id: string, title: string, columns: Readonly<Record<string, string>>, rows: readonly (readonly Cell[])[]): Table {
  return { id, title, columns: Object.entries(columns).map(([name, heading]) => ({ id: name, title: heading })), rows };
}

/** The same, or nothing where there is no row. */
export function tableIfAny(...[id, title, columns, rows]: Parameters<typeof tableOf>): Table | undefined {
  return rows.length === 0 ? undefined : tableOf(id, title, columns, rows);
}
