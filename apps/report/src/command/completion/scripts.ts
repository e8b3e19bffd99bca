/**
 * @file What a shell must know to complete `mesoscope`: how to ask the command itself, which answers in lines of "value<tab>description"
 * and ends with ":files", ":folders" or ":nothing", for what the shell completes by itself. No script holds a name of a study: they do not age.
 * The libraries for this that know commander complete no paths, and write to the console past our streams.
 */
import { readFileSync } from "node:fs";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** The scripts lie among the sources, which are published beside what is built of them. */
export function script(shell: Shell): string {
  return readFileSync(new URL(`../../../src/command/completion/mesoscope.${shell}`, import.meta.url), "utf8");
}
