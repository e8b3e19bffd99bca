import { availableParallelism } from "node:os";
import { InputError } from "../failure.js";

/** Reads --workers: one a core if it is not given. */
export function readWorkers(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const workers = Number(text);
  if (/^\d+$/.test(text) && workers >= 1 && workers <= 1024) return workers;
  throw new InputError({ what: `--workers ${text}`, rule: "it must be an integer from 1 to 1024", remedy: `This machine has ${availableParallelism()} cores.` });
}
