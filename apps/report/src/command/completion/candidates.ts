/** @file What may follow a command line that is being typed, from the tree of commands itself. */
import type { Argument, Command, Option } from "commander";

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What the shell itself completes, beside the candidates. */
export type Places = "files" | "folders" | "nothing";

export interface Completion {
  readonly candidates: readonly Candidate[];
  readonly places: Places;
}

/** Where a value stands, for what it may be depends on it. */
export interface ValueRequest {
  /** Names from the program's first command on: "sweep run". */
  readonly command: string;
  /** "studies" for an argument, "--set" for an option. */
  readonly name: string;
  readonly typed: string;
  /** The arguments that are there already. */
  readonly operands: readonly string[];
}

export type ValuesOf = (request: ValueRequest) => Promise<Completion>;

const nothing: Completion = { candidates: [], places: "nothing" };

/**
 * Completes the last of the words after the program's name, which may be empty.
 * @param valuesOf answers for values that the tree lists no choices of
 */
export async function complete(program: Command, words: readonly string[], valuesOf: ValuesOf): Promise<Completion> {
  const typed = words.at(-1) ?? "";
  const line = readLine(program, words.slice(0, -1));
  const value = async (of: Option | Argument, name: string, begun: string): Promise<Completion> => {
    const choices = of.argChoices;
    if (choices !== undefined) return { candidates: choices.map((choice) => ({ value: choice, description: "" })), places: "nothing" };
    return valuesOf({ command: line.path.join(" "), name, typed: begun, operands: line.operands });
  };
  const found = await next();
  return { ...found, candidates: found.candidates.filter((candidate) => candidate.value.startsWith(typed)) };

  async function next(): Promise<Completion> {
    if (line.awaited !== undefined) return value(line.awaited, line.awaited.long!, typed);
    const equals = /^(--[^=]+)=/.exec(typed)?.[1];
    if (equals !== undefined && !line.isOperandsOnly) return afterEquals(equals);
    if (typed.startsWith("-") && !line.isOperandsOnly) return { candidates: optionsLeft(line), places: "nothing" };
    const commands = line.operands.length === 0 ? line.command.createHelp().visibleCommands(line.command) : [];
    if (commands.length > 0) return { candidates: commands.map((command) => ({ value: command.name(), description: command.description() })), places: "nothing" };
    const own = line.command.registeredArguments;
    const argument = own[line.operands.length] ?? own.findLast(({ variadic }) => variadic);
    return argument === undefined ? nothing : value(argument, argument.name(), typed);
  }

  async function afterEquals(long: string): Promise<Completion> {
    const option = optionsOf(line).find((one) => one.long === long);
    if (option === undefined || !takesValue(option)) return nothing;
    const { candidates } = await value(option, long, typed.slice(long.length + 1));
    // Shells complete files in words of their own only.
    return { candidates: candidates.map((candidate) => ({ ...candidate, value: `${long}=${candidate.value}` })), places: "nothing" };
  }
}

/** A command line as far as it is whole. */
interface Line {
  readonly chain: readonly Command[];
  readonly command: Command;
  readonly path: readonly string[];
  readonly operands: readonly string[];
  readonly given: ReadonlySet<string>;
  /** The option whose value comes next. */
  readonly awaited?: Option;
  /** After "--". */
  readonly isOperandsOnly: boolean;
}

function readLine(program: Command, words: readonly string[]): Line {
  let line: Line = { chain: [program], command: program, path: [], operands: [], given: new Set(), isOperandsOnly: false };
  for (const word of words) line = afterWord(line, word);
  return line;
}

function afterWord({ awaited, ...line }: Line, word: string): Line {
  if (awaited !== undefined) return line;
  if (word === "--" && !line.isOperandsOnly) return { ...line, isOperandsOnly: true };
  if (word.startsWith("-") && !line.isOperandsOnly) {
    const option = optionsOf(line).find((one) => one.long === word.split("=")[0] || one.short === word);
    if (option === undefined) return line;
    const given = new Set([...line.given, option.attributeName()]);
    return takesValue(option) && !word.includes("=") ? { ...line, given, awaited: option } : { ...line, given };
  }
  const command = line.operands.length > 0 || line.isOperandsOnly ? undefined : line.command.commands.find((one) => one.name() === word);
  if (command === undefined) return { ...line, operands: [...line.operands, word] };
  return { ...line, chain: [...line.chain, command], command, path: [...line.path, word] };
}

function optionsOf({ chain }: Pick<Line, "chain">): readonly Option[] {
  return chain.flatMap((command) => command.options);
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

/** Options that may still be given: each once, unless it collects. */
function optionsLeft(line: Line): readonly Candidate[] {
  const left = optionsOf(line).filter((option) => !option.hidden && (!line.given.has(option.attributeName()) || Array.isArray(option.defaultValue)));
  const own = left.flatMap(({ long, description }) => (long === undefined || (long === "--version" && line.chain.length > 1) ? [] : [{ value: long, description }]));
  return [...own, { value: "--help", description: "display help for command" }];
}
