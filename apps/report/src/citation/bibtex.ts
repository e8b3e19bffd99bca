/** One thing to cite: the software, or a paper. */
export interface Citation {
  readonly kind: "software" | "paper";
  readonly authors: readonly string[];
  readonly title: string;
  /** The software has a version instead. */
  readonly year?: number;
  readonly version?: string;
  /** For example "arXiv:2410.23228" or "doi:10.1000/1". */
  readonly identifier?: string;
}

/** BibTeX entries, each key once. */
export function bibtex(citations: readonly Citation[]): string {
  const taken = new Map<string, number>();
  return citations.map((one) => {
    const key = keyOf(one);
    const before = taken.get(key) ?? 0;
    taken.set(key, before + 1);
    return entry(one, before === 0 ? key : `${key}-${before + 1}`);
  }).join("\n");
}

function entry({ kind, authors, title, year, version, identifier }: Citation, key: string): string {
  const arxiv = /^arxiv:(\S+)$/i.exec(identifier ?? "")?.[1];
  const doi = /^(?:doi:|https:\/\/doi\.org\/)(\S+)$/i.exec(identifier ?? "")?.[1];
  const fields: readonly (readonly [string, string | undefined])[] = [
    // An entity in braces is one name, however many words it has.
    ["author", authors.map((author) => (kind === "software" ? `{${escaped(author)}}` : escaped(author))).join(" and ")],
    // Braces keep the capitals of a title.
    ["title", `{${escaped(title)}}`],
    ["year", year === undefined ? undefined : String(year)],
    ["note", version === undefined ? undefined : `Version ${escaped(version)}`],
    ...(arxiv !== undefined
      ? ([["eprint", escaped(arxiv)], ["archivePrefix", "arXiv"]] as const)
      : doi !== undefined
        ? ([["doi", doi.replace(/[{}]/g, "")]] as const)
        : ([["howpublished", identifier === undefined ? undefined : escaped(identifier)]] as const)),
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}},\n`]));
  return `@misc{${key},\n${lines.join("")}}\n`;
}

/** Family name of the first author, year, first long word of the title: bruno2024emergence. */
function keyOf({ kind, authors, title, year }: Citation): string {
  if (kind === "software") return plain(title);
  const family = (authors[0] ?? "").split(/\s+/).at(-1) ?? "";
  return `${plain(family)}${year ?? ""}${plain(title.split(/\s+/).find((word) => word.length > 3) ?? "")}` || "paper";
}

/** Lower-case letters and digits; accents fall off. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}

const special: Readonly<Record<string, string>> = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "{": "\\{", "}": "\\}" };

/** Text as TeX reads it, on one line. */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\{}~^]/g, (letter) => special[letter]!).replace(/[&%$#_]/g, String.raw`\$&`);
}
