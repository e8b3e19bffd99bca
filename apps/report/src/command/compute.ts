import { canonicalJson } from "@mesoscope/contracts";
import type { Quantity } from "@mesoscope/studies";
import { loadCatalogue } from "../catalogue.js";
import { exitStatus, InputError, partsOf } from "../failure.js";
import { deepest, isTower } from "../request/depth.js";
import { completeAgainst } from "../request/schema.js";
import type { World } from "../world.js";
import { showValue, suggestion } from "../words.js";
import { terminalTable } from "./table.js";

export interface ComputeOptions {
  readonly list?: boolean;
  readonly json?: boolean;
}

/**
 * `mesoscope compute`: one theory value, or a list of them for a list of inputs, JSON in and JSON out, for any language.
 * Nothing but the answer goes to stdout; where one of a list is refused there is none.
 */
export async function compute(name: string | undefined, input: string | undefined, options: ComputeOptions, world: World): Promise<number> {
  const { quantities } = await loadCatalogue(world.catalogue);
  if (options.list === true) {
    world.stdout.write(options.json === true ? `${JSON.stringify(quantities.map(described), null, 2)}\n` : listed(quantities, world));
    return exitStatus.done;
  }
  if (name === undefined) {
    throw new InputError({ what: "compute", rule: "it needs the name of a quantity", remedy: "`mesoscope compute --list` names them all." });
  }
  const quantity = quantities.find((candidate) => candidate.id === name);
  if (quantity === undefined) {
    throw new InputError({ what: `quantity ${showValue(name)}`, rule: "there is none of this name", remedy: suggestion(name, quantities.map((candidate) => candidate.id)) });
  }
  const text = input ?? (await world.stdin()) ?? "";
  const given = readInput(text, quantity);
  const answer = Array.isArray(given) ? given.map((one: unknown, i) => answerInList(one, `input ${i + 1} of ${given.length}`, quantity)) : answerTo(given, quantity);
  world.stdout.write(`${canonicalJson(answer, quantity.id)}\n`);
  return exitStatus.done;
}

type Input = Readonly<Record<string, unknown>>;

function answerInList(input: unknown, place: string, quantity: Quantity): unknown {
  try {
    return answerTo(input, quantity);
  } catch (error) {
    const { what, ...rest } = partsOf(error);
    throw new InputError({ what: `${place}: ${what}`, ...rest });
  }
}

function answerTo(input: unknown, quantity: Quantity): unknown {
  const complete = completeAgainst(quantity.input, asObject(input, quantity), `compute ${quantity.id}`);
  const answer: unknown = quantity.compute(complete);
  refuseNonFinite(answer, "answer", quantity, complete);
  return answer;
}

/** JSON has no word for what is no finite number, and a theory value without one is none. */
function refuseNonFinite(answer: unknown, path: string, quantity: Quantity, input: Input): void {
  if (typeof answer === "number" && !Number.isFinite(answer)) {
    throw new InputError({
      what: `compute ${quantity.id} at ${showValue(input)}: ${path} = ${answer}`,
      rule: "the answer is not a finite double at this input",
      remedy: `Give values nearer to those of the example: ${JSON.stringify(quantity.example)}`,
    });
  }
  if (typeof answer !== "object" || answer === null) return;
  for (const [name, entry] of Object.entries(answer)) refuseNonFinite(entry, `${path}.${name}`, quantity, input);
}

function readInput(text: string, quantity: Quantity): unknown {
  const example = exampleOf(quantity);
  if (text.trim() === "") return {};
  if (isTower(text)) throw new InputError({ what: `compute ${quantity.id}`, rule: `the input is nested more than ${deepest} levels deep`, remedy: example });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InputError({ what: `compute ${quantity.id} ${showValue(text.trim())}`, rule: `the input is not JSON (${error instanceof Error ? error.message : String(error)})`, remedy: example });
  }
}

function asObject(value: unknown, quantity: Quantity): Input {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Input;
  throw new InputError({ what: `compute ${quantity.id}: ${showValue(value)}`, rule: "an input is an object of names and values; a list of them gives a list of answers", remedy: exampleOf(quantity) });
}

function exampleOf({ id, example }: Quantity): string {
  return `For example: mesoscope compute ${id} '${JSON.stringify(example)}'`;
}

function described({ id, title, equations, input, output, example }: Quantity): object {
  return { id, title, equations, input, output, example };
}

function listed(quantities: readonly Quantity[], world: World): string {
  const rows = quantities.map((quantity) => [quantity.id, quantity.title, JSON.stringify(quantity.example)]);
  return terminalTable(["quantity", "what it is", "an input"], rows, [1, 2], world.stdout.columns ?? 110);
}
