/**
 * @file A report as an RO-Crate 1.1 with the Process Run Crate 0.5 profile: what the files are, which program made each record from
 * which parameters, when, and what to cite. A pure function of records and notes of runs.
 */
import type { MesoscopeRecord, Reference } from "@mesoscope/contracts";
import type { SoftwareCitation } from "../../citation/mesoscope.js";
import { withoutDeception } from "../../page/html.js";
import type { RunNote } from "../../run/run-note.js";

/** One node of the graph; every `@id` that it names is another node or an address. */
export type Entity = Readonly<Record<string, unknown>> & { readonly "@id": string };

export interface Crate {
  readonly "@context": string;
  readonly "@graph": readonly Entity[];
}

/** A record with the note of the run that made it, if that is still there and of the same record. */
export interface Made {
  readonly record: MesoscopeRecord;
  readonly run: RunNote | undefined;
}

const profile = "https://w3id.org/ro/wfrun/process/0.5";
const specification = "https://w3id.org/ro/crate/1.1";
const licenceOfReports = "https://spdx.org/licenses/CC0-1.0";

/** The crate of a report. @param published ISO 8601 date */
export function roCrate(made: readonly Made[], software: SoftwareCitation, published: string): Crate {
  const parts = made.flatMap(({ record, run }) => [fileOf(record), pageOf(record), ...(run === undefined ? [] : [noteOf(record)])]);
  const versions = [...new Set(made.map(({ record }) => record.versions["mesoscope"] ?? "unknown"))].sort();
  const graph: readonly Entity[] = [
    { "@id": "ro-crate-metadata.json", "@type": "CreativeWork", conformsTo: { "@id": specification }, about: { "@id": "./" } },
    {
      "@id": "./",
      "@type": "Dataset",
      name: "Mesoscope report",
      description: "Comparisons of finite transformers with their mean-field theories: records, their pages, and how each was made.",
      datePublished: published,
      license: { "@id": licenceOfReports },
      conformsTo: { "@id": profile },
      hasPart: ["index.html", ...parts.map((part) => part["@id"])].map(to),
      mentions: made.map(({ record }) => to(actionId(record))),
    },
    { "@id": licenceOfReports, "@type": "CreativeWork", name: "Creative Commons Zero 1.0", description: "Numbers are facts: use them, and cite what made them." },
    { "@id": profile, "@type": "CreativeWork", name: "Process Run Crate", version: "0.5" },
    { "@id": "index.html", "@type": "File", name: "Index of the studies", encodingFormat: "text/html" },
    ...parts,
    ...versions.map((version) => programOf(version, software)),
    ...made.flatMap(({ record, run }) => [actionOf(record, run), ...parametersOf(record)]),
    ...papersOf(made.map(({ record }) => record)),
  ];
  return { "@context": `${specification}/context`, "@graph": graph };
}

/** Text as a part of an address; lone surrogates have none. */
const escaped = (text: string): string => encodeURIComponent(withoutDeception(text));
const to = (id: string): { readonly "@id": string } => ({ "@id": id });
const recordId = ({ id }: MesoscopeRecord): string => `records/${id}.record.json`;
const actionId = ({ id }: MesoscopeRecord): string => `#run-${id}`;
/** A package URL: an absolute address without a host. */
const programId = (version: string): string => `pkg:npm/mesoscope@${escaped(version)}`;

function fileOf(record: MesoscopeRecord): Entity {
  return {
    "@id": recordId(record),
    "@type": "File",
    name: `Record: ${record.title}`,
    description: record.narrative.headline,
    encodingFormat: "application/json",
    identifier: `sha256:${record.hash}`,
    citation: record.references.map((reference) => to(paperId(reference))),
  };
}

function pageOf(record: MesoscopeRecord): Entity {
  return { "@id": `studies/${record.id}.html`, "@type": "File", name: record.title, encodingFormat: "text/html", isBasedOn: to(recordId(record)) };
}

function noteOf(record: MesoscopeRecord): Entity {
  return { "@id": `records/${record.id}.run.json`, "@type": "File", name: `Run that made the record: ${record.title}`, encodingFormat: "application/json" };
}

function programOf(version: string, software: SoftwareCitation): Entity {
  return { "@id": programId(version), "@type": "SoftwareApplication", name: software.title, softwareVersion: version, license: to(`https://spdx.org/licenses/${software.license}`) };
}

function actionOf(record: MesoscopeRecord, run: RunNote | undefined): Entity {
  return {
    "@id": actionId(record),
    "@type": "CreateAction",
    name: record.reproduce.command,
    description: record.question,
    instrument: to(programId(record.versions["mesoscope"] ?? "unknown")),
    object: parametersOf(record).map((entity) => to(entity["@id"])),
    result: to(recordId(record)),
    actionStatus: "http://schema.org/CompletedActionStatus",
    ...(run === undefined ? {} : { startTime: run.started, endTime: run.finished }),
  };
}

/** What was set, seed and level included; versions of the packages too, since other versions are another result. */
function parametersOf(record: MesoscopeRecord): readonly Entity[] {
  // A slash stands in no id of a record, and a parameter may be called as what is set beside it.
  const value = (name: string, content: unknown, description: string, of = ""): Entity => ({
    "@id": `${actionId(record)}/${of}${escaped(name)}`,
    "@type": "PropertyValue",
    name,
    value: Array.isArray(content) ? content.join(", ") : content,
    description,
  });
  return [
    value("--level", record.level, "how large the study was made"),
    value("--seed", record.seed, "from which all random streams come"),
    value("backend", record.backend.id, record.backend.deterministic ? "deterministic" : "not deterministic"),
    ...record.parameters.map((entry) => value(entry.name, entry.value, `${entry.symbol}: ${entry.meaning}${entry.unit === "1" ? "" : ` (${entry.unit})`}`, "set/")),
    ...Object.entries(record.versions).map(([name, version]) => value(`version of ${name}`, version, "package that took part")),
  ];
}

function papersOf(records: readonly MesoscopeRecord[]): readonly Entity[] {
  const papers = new Map(records.flatMap(({ references }) => references.map((reference) => [paperId(reference), reference] as const)));
  return [...papers].map(([id, { authors, title, year, identifier }]) => ({ "@id": id, "@type": "ScholarlyArticle", name: title, author: authors, datePublished: String(year), identifier }));
}

/** Its address where the identifier is one of a known form; else a name within the crate. */
function paperId({ identifier }: Reference): string {
  const arxiv = /^arXiv:(\d{4}\.\d{4,5}(?:v\d+)?)$/.exec(identifier)?.[1];
  if (arxiv !== undefined) return `https://arxiv.org/abs/${arxiv}`;
  const doi = /^(?:doi:)?(10\.\d{4,9}\/[A-Za-z0-9./()_-]+)$/i.exec(identifier)?.[1];
  return doi === undefined ? `#paper-${escaped(identifier)}` : `https://doi.org/${doi}`;
}
