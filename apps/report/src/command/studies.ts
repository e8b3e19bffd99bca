import { levels, loadCatalogue } from "../catalogue.js";
import { exitStatus } from "../failure.js";
import { completeParameters } from "../request/parameters.js";
import type { World } from "../world.js";
import { terminalTable } from "./table.js";

/** `mesoscope studies`: what can be run, and as JSON also with which parameters. */
export async function studies(options: { readonly json?: boolean }, world: World): Promise<number> {
  const catalogue = await loadCatalogue(world.catalogue);
  if (options.json === true) {
    const described = catalogue.studies.map((study) => ({
      id: study.id,
      title: study.title,
      question: study.question,
      parameters: study.parameters,
      references: study.references,
      levels: Object.fromEntries(levels.map((level) => [level, completeParameters(study, level, {})])),
    }));
    world.stdout.write(`${JSON.stringify(described, null, 2)}\n`);
    return exitStatus.done;
  }
  const rows = catalogue.studies.map((study) => [study.id, study.question, Object.keys(study.parameters.properties).join(", ")]);
  world.stdout.write(terminalTable(["study", "question", "parameters"], rows, [1, 2], world.stdout.columns ?? 110));
  return exitStatus.done;
}
