/** @file Predicted laws of a logit, as tables of quantiles. */
import type { Prediction } from "@mesoscope/contracts";
import type { DiversityCase } from "./cases.js";
import type { DiversityParameters } from "./settings.js";

export type LawTable = NonNullable<Prediction["law"]>;

/** By moment and width: the theory of that width, and wide heads. */
export type LawTables = Readonly<Record<"start" | "end", ReadonlyMap<number, { readonly own: LawTable | undefined; readonly wide: LawTable | undefined }>>>;

export async function lawTablesOf({ instance: { theories } }: DiversityCase, settings: DiversityParameters): Promise<LawTables> {
  const lawOf = async (id: string, observable: string, N: number): Promise<LawTable | undefined> => {
    const theory = theories.find((each) => each.id === id)!;
    const size = { N, H: settings.heads };
    return theory.applies(size).applies ? (await theory.predict(size, {})).find((each) => each.observable === observable)?.law : undefined;
  };
  const tables = { start: new Map<number, { own: LawTable | undefined; wide: LawTable | undefined }>(), end: new Map<number, { own: LawTable | undefined; wide: LawTable | undefined }>() };
  for (const n of settings.shown.filter((width) => settings.widths.includes(width))) {
    tables.start.set(n, { own: await lawOf("exact", "logit-start", n), wide: await lawOf("wide-heads", "logit-start", n) });
    tables.end.set(n, { own: await lawOf("many-heads", "logit-end", n), wide: await lawOf("wide-heads", "logit-end", n) });
  }
  return tables;
}
