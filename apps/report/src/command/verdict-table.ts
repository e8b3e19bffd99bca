import type { MesoscopeRecord } from "@mesoscope/contracts";
import { showInterval } from "../page/number.js";
import type { World } from "../world.js";
import { forTerminal } from "../words.js";
import { coloursFor, outcomeWord } from "./look.js";
import { terminalTable } from "./table.js";

/** The verdicts of a run as a table, each with its number. */
export function verdictTable(records: readonly MesoscopeRecord[], world: World): string {
  const colours = coloursFor(world.stdout, world.environment);
  const rows = records.flatMap((record) =>
    record.verdicts.map((verdict) => [
      forTerminal(record.id),
      forTerminal(verdict.subject),
      outcomeWord(verdict.outcome, colours),
      forTerminal(`${showInterval(verdict.value, verdict.interval)}${verdict.unit === undefined || verdict.unit === "1" ? "" : ` ${verdict.unit}`}`),
    ]),
  );
  if (rows.length === 0) return "";
  return terminalTable(["study", "what is judged", "verdict", "measured"], rows, [1], world.stdout.columns ?? 110);
}
