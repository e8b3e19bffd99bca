import type { MesoscopeRecord } from "@mesoscope/contracts";
import { showInterval } from "../page/number.js";
import { countVerdicts } from "../page/verdicts.js";
import type { World } from "../world.js";
import { forCell } from "../words.js";
import { coloursFor, outcomeWord } from "./look.js";
import { terminalTable } from "./table.js";

/** The verdicts of a run as a table, each with its number. */
export function verdictTable(records: readonly MesoscopeRecord[], world: World): string {
  const colours = coloursFor(world.stdout, world.environment);
  return records
    .filter((record) => record.verdicts.length > 0)
    .map((record) => {
      const rows = record.verdicts.map((verdict) => [
        outcomeWord(verdict.outcome, colours),
        forCell(verdict.subject),
        forCell(`${showInterval(verdict.value, verdict.interval)}${verdict.unit === undefined || verdict.unit === "1" ? "" : ` ${verdict.unit}`}`),
      ]);
      const heading = `${colours.bold(record.id)}: ${countVerdicts(record.verdicts)}`;
      return `${heading}\n${terminalTable(["verdict", "what is judged", "measured"], rows, [1], world.stdout.columns ?? 130)}`;
    })
    .join("\n");
}
