/** @file The options of the bench. */
import { parseArgs } from "node:util";

/**
 * The options.
 * @param {readonly string[]} args as typed; npm drops a `--` before them, pnpm hands it on
 * @param {readonly string[]} known ids of the sections
 * @throws RangeError, TypeError with a sentence about what is wrong with them
 */
export function optionsOf(args, known) {
  const { values } = parseArgs({
    args: args[0] === "--" ? args.slice(1) : args,
    options: {
      only: { type: "string", multiple: true, default: [] },
      quick: { type: "boolean", default: false },
      blocks: { type: "string" },
      budget: { type: "string" },
      patience: { type: "string" },
      json: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const only = values.only.flatMap((ids) => ids.split(","));
  const unknown = only.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new RangeError(`--only ${unknown}: there is no such section; there are ${known.join(", ")}`);
  if (values.quick && values.write) throw new RangeError("--quick --write: quick figures are not written; leave one of them out");
  const positive = (name, otherwise) => {
    const value = Number(values[name] ?? otherwise);
    if (!(value > 0)) throw new RangeError(`--${name} ${values[name]}: must be a positive number`);
    return value;
  };
  return {
    chosen: only.length > 0 ? only : known,
    json: values.json,
    write: values.write,
    rules: { quick: values.quick, blocks: positive("blocks", values.quick ? 5 : 21), budget: positive("budget", values.quick ? 5 : 60), patience: positive("patience", 20) },
  };
}
