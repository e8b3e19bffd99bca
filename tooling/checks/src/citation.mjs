/** @file CITATION.cff: the fields that the Citation File Format 1.2.0 requires, and whole references. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const title = "citation: CITATION.cff is valid";

const types = new Set(["software", "dataset"]);

function personProblems(where, people) {
  if (!Array.isArray(people) || people.length === 0) return [`${where} must be a list of at least one person or entity`];
  return people.flatMap((one, i) =>
    typeof one?.name === "string" || typeof one?.["family-names"] === "string"
      ? []
      : [`${where}[${i}] must have a name (an entity) or family-names (a person)`],
  );
}

function referenceProblems(reference, i) {
  const where = `references[${i}]`;
  const problems = personProblems(`${where}.authors`, reference.authors);
  for (const field of ["type", "title"]) if (typeof reference[field] !== "string") problems.push(`${where}.${field} is missing`);
  const arxiv = (reference.identifiers ?? []).filter(({ value }) => /^arxiv:/i.test(value ?? ""));
  for (const { value } of arxiv) {
    if (!/^arXiv:\d{4}\.\d{4,5}(v\d+)?$/.test(value)) problems.push(`${where}: ${value}: must read arXiv:YYMM.NNNNN`);
  }
  return problems;
}

/** What is wrong with the text of a CITATION.cff. */
export function citationProblems(text) {
  let cff;
  try {
    cff = parse(text);
  } catch (error) {
    return [`is not YAML: ${error.message}`];
  }
  if (typeof cff !== "object" || cff === null) return ["is empty"];
  const problems = [];
  if (cff["cff-version"] !== "1.2.0") problems.push(`cff-version = ${cff["cff-version"]}: must be 1.2.0`);
  for (const field of ["message", "title"]) if (typeof cff[field] !== "string") problems.push(`${field} is missing`);
  if (cff.type !== undefined && !types.has(cff.type)) problems.push(`type = ${cff.type}: must be software or dataset`);
  if (cff.license !== "MIT") problems.push(`license = ${cff.license}: must be MIT, as LICENSE says`);
  problems.push(...personProblems("authors", cff.authors));
  for (const [i, reference] of (cff.references ?? []).entries()) problems.push(...referenceProblems(reference, i));
  return problems;
}

export function check(root) {
  const file = join(root, "CITATION.cff");
  if (!existsSync(file)) return ["CITATION.cff is missing"];
  return citationProblems(readFileSync(file, "utf8")).map((problem) => `CITATION.cff: ${problem}`);
}
