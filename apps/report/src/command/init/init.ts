import type { Level } from "@mesoscope/studies";
import { open } from "node:fs/promises";
import { loadCatalogue } from "../../catalogue.js";
import { DiskRefused, exitStatus, InputError } from "../../failure.js";
import { resolveOutput } from "../../output/folder.js";
import { studyFileText } from "../../request/study-file-text.js";
import type { World } from "../../world.js";
import { showValue, suggestion } from "../../words.js";
import { studies as listStudies } from "../studies.js";

export interface InitOptions {
  readonly out?: string;
  readonly level: Level;
  readonly json?: boolean;
}

/** `mesoscope init`: a study file to start from. */
export async function init(id: string | undefined, options: InitOptions, world: World): Promise<number> {
  if (id === undefined) return listStudies(options, world);
  const { studies } = await loadCatalogue(world.catalogue);
  const study = studies.find((candidate) => candidate.id === id);
  if (study === undefined) {
    throw new InputError({ what: `study ${showValue(id)}`, rule: "there is none of this id", remedy: suggestion(id, studies.map((candidate) => candidate.id)) });
  }
  const out = options.out ?? `${study.id}.yaml`;
  const text = studyFileText(study, options.level, out === "-" ? `${study.id}.yaml` : out);
  const path = out === "-" ? undefined : await writeNew(out, text, world);
  const result = { study: study.id, level: options.level, file: path ?? null, ...(path === undefined ? { text } : {}) };
  world.stdout.write(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : path === undefined ? text : `${path}\n`);
  return exitStatus.done;
}

/** Writes a file that is not there yet, also if a link of that name leads nowhere. */
async function writeNew(out: string, text: string, world: World): Promise<string> {
  if (!/\.ya?ml$/i.test(out) || out.includes("\n")) throw new InputError({ what: `--out ${JSON.stringify(out)}`, rule: "a study file with comments is YAML", remedy: "Give a name that ends in .yaml; --out - writes to stdout." });
  const path = await resolveOutput(out, world.folder);
  try {
    const file = await open(path, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") throw new InputError({ what: `--out ${out}`, rule: "it exists, and is not overwritten", remedy: "Choose another name with --out, or move it away." });
    if (code === "ENOENT" || code === "ENOTDIR") throw new InputError({ what: `--out ${out}`, rule: `its folder does not exist (${code})`, remedy: "Make the folder first." });
    throw new DiskRefused(path, error);
  }
  return path;
}
