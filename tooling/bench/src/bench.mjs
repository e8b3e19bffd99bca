/**
 * @file Speed against everybody else, checked first and measured in turns.
 *
 *   npm run bench -- [--only drift] [--quick] [--blocks N] [--budget SECONDS] [--patience SECONDS] [--json] [--write]
 *
 * --write renews the sections of docs/kernel-speed.md that were run; --json prints the results instead of the tables. Needs built packages (npm run
 * bench builds them). Columns of Debian's python3-numpy and python3-torch need these packages; PYTHON names another interpreter.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSection, written } from "./document.mjs";
import { optionsOf } from "./options.mjs";
import { sections } from "./sections.mjs";
import { root } from "./turns/built.mjs";
import { machine, machineInWords } from "./turns/machine.mjs";

const document = join(root, "docs/kernel-speed.md");

/** A line of progress on stderr: rewritten in a terminal, only where the first words change elsewhere. */
function progressOf(id) {
  let last = "";
  return (words) => {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001b[K${id}: ${words}`);
      return;
    }
    const subject = words.split(":")[0];
    if (subject !== last) console.error(`${id}: ${words}`);
    last = subject;
  };
}

async function main(args) {
  const { chosen, json, write, rules } = optionsOf(args, sections.map(({ id }) => id));
  const results = [];
  for (const section of sections.filter(({ id }) => chosen.includes(id))) {
    const before = machine();
    const result = await section.measure({ ...rules, progress: progressOf(section.id) });
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    const during = { ...before, loadAfter: machine().load };
    results.push({ id: section.id, machine: during, result });
    const body = section.text(result, machineInWords(during));
    if (!json) console.log(written(section, body));
    if (write) writeFileSync(document, withSection(readFileSync(document, "utf8"), section, body));
  }
  if (json) console.log(JSON.stringify(results));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
