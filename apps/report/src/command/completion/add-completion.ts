import { Argument, type Command } from "commander";
import { loadCatalogue } from "../../catalogue.js";
import { exitStatus } from "../../failure.js";
import type { World } from "../../world.js";
import { complete } from "./candidates.js";
import { script, shells, type Shell } from "./scripts.js";
import { valuesIn } from "./values.js";

const help = `
Completes commands, options, ids of studies and quantities, names of parameters
(--set, --grid), levels, formats and paths.

  bash   in ~/.bashrc:                 source <(mesoscope completion bash)
  zsh    in ~/.zshrc, after compinit:  source <(mesoscope completion zsh)
  fish   once:  mesoscope completion fish > ~/.config/fish/completions/mesoscope.fish

Exit status: ${exitStatus.done} done, ${exitStatus.badInput} for another shell.

Example:
  mesoscope completion bash > ~/.local/share/bash-completion/completions/mesoscope`;

/** Adds `mesoscope completion`, and `mesoscope complete`, which its scripts ask. */
export function addCompletion(program: Command, world: World, settle: (pending: Promise<number>) => Promise<void>): void {
  program
    .command("completion")
    .description("print a script that completes mesoscope in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .addHelpText("after", help)
    .action((shell: Shell) => {
      world.stdout.write(script(shell));
    });
  program
    .command("complete", { hidden: true })
    .argument("[words...]", "the words after the program's name; the last one is being typed")
    .action((words: readonly string[]) => settle(answer(program, words, world)));
}

async function answer(program: Command, words: readonly string[], world: World): Promise<number> {
  const { candidates, places } = await complete(program, words, valuesIn(() => loadCatalogue(world.catalogue)));
  const lines = candidates.map(({ value, description }) => `${value}\t${oneLine(description)}`);
  world.stdout.write([...lines, `:${places}`].map((line) => `${line}\n`).join(""));
  return exitStatus.done;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
