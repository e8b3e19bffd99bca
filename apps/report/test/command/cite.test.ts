import { sealRecord, writeRecord } from "@mesoscope/contracts";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { bibtex } from "../../src/citation/bibtex.js";
import { citation } from "../../src/citation/mesoscope.js";
import { galleryBody } from "../fixtures/records.js";
import { tell, temporaryFolder, type Told } from "../fixtures/world.js";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});
const cite = (...words: readonly string[]): Promise<Told> => tell(folder.path, ["cite", ...words]);
const body = { ...galleryBody, figures: [], versions: { mesoscope: "1.2.3" }, references: [...galleryBody.references, { authors: "A. Ångström, B. de Vries and C. D", title: "50 % of {all} things_1", year: 1999, identifier: "doi:10.1000/a_b" }] };
writeFileSync(join(folder.path, "a.record.json"), writeRecord(sealRecord(body)));

interface Person {
  readonly name?: string;
  readonly "given-names"?: string;
  readonly "family-names"?: string;
}
interface Cff {
  readonly title: string;
  readonly license: string;
  readonly message: string;
  readonly authors: readonly Person[];
  readonly references: readonly { readonly title: string; readonly year: number; readonly authors: readonly Person[]; readonly identifiers: readonly { readonly value: string }[] }[];
}

describe("mesoscope cite", () => {
  it("says what CITATION.cff says", () => {
    const cff = parse(readFileSync(new URL("../../../../CITATION.cff", import.meta.url), "utf8")) as Cff;
    const named = (people: readonly Person[]): readonly string[] => people.map((one) => one.name ?? `${one["given-names"] ?? ""} ${one["family-names"] ?? ""}`);
    expect(citation).toEqual({
      title: cff.title,
      authors: named(cff.authors),
      license: cff.license,
      message: cff.message,
      references: cff.references.map(({ authors, title, year, identifiers }) => ({ authors: named(authors), title, year, identifier: identifiers[0]!.value })),
    });
  });

  it("cites the software and the theories, as text, JSON and BibTeX", async () => {
    const told = await cite();
    expect(told).toMatchObject({ status: 0, stderr: "" });
    expect(told.stdout).toContain("The Mesoscope authors. Mesoscope, version ");
    expect(told.stdout).toContain("Ángel Poc-López, Miguel Aguilera (2024). Dynamical Mean-Field Theory of Self-Attention Neural Networks. arXiv:2406.07247\n");
    expect(JSON.parse((await cite("--json")).stdout)).toMatchObject([{ kind: "software" }, { year: 2024 }, { year: 2024 }, { year: 2024 }]);
    expect((await cite("--bibtex")).stdout).toMatch(/^@misc\{mesoscope,\n {2}author = \{\{The Mesoscope authors\}\},\n/);
  });

  it("cites the papers of a record, in the version that made it", async () => {
    expect((await cite("a.record.json", "--bibtex")).stdout).toBe(String.raw`@misc{mesoscope,
  author = {{The Mesoscope authors}},
  title = {{Mesoscope}},
  note = {Version 1.2.3},
}

@misc{bruno2024emergence,
  author = {Giuseppe Bruno and Federico Pasqualotto and Andrea Agazzi},
  title = {{Emergence of meta-stable clustering}},
  year = {2024},
  eprint = {2410.23228},
  archivePrefix = {arXiv},
}

@misc{angstrom1999all,
  author = {A. Ångström and B. de Vries and C. D},
  title = {{50 \% of \{all\} things\_1}},
  year = {1999},
  doi = {10.1000/a_b},
}
`);
  });

  it("cites the papers that a study declares, before it has run, and after that in the version that ran it", async () => {
    const told = await cite("coin-toss");
    expect(told).toMatchObject({ status: 0, stderr: "" });
    expect(told.stdout).toMatch(/version 0\.0\.0\.\nA\. Coin, B\. Toss \(1713\)\. On heads\. doi:10\.1000\/heads\n/);
    expect((await cite("failing")).stdout.trimEnd().split("\n").at(-1)).toBe("The Mesoscope authors. Mesoscope, version 0.0.0.");
    mkdirSync(join(folder.path, "there", "records"), { recursive: true });
    writeFileSync(join(folder.path, "there", "records", "coin-toss.record.json"), writeRecord(sealRecord({ ...body, id: "coin-toss" })));
    expect((await cite("coin-toss", "--out", "there")).stdout).toMatch(/version 1\.2\.3\.\n.*arXiv:2410\.23228/);
  });

  it.each([
    ["what is neither", ["coin-tos"], /"coin-tos": it is neither a record \(\.record\.json\) nor the id of a study\. Did you mean coin-toss\?/],
    ["a record that is not there", ["gone.record.json"], /gone\.record\.json: it cannot be read \(ENOENT\)/],
    ["two forms", ["--bibtex", "--json"], /stdout has one form/],
    ["a folder outside", ["coin-toss", "--out", "../x"], /stays inside the working folder/],
  ])("refuses %s", async (_, words, message) => {
    const told = await cite(...words);
    expect(told.stderr).toMatch(message);
    expect(told).toMatchObject({ status: 2, stdout: "" });
  });

  it("gives no two entries one key", () => {
    const paper = { kind: "paper", authors: ["A. B"], title: "Same words", year: 2020 } as const;
    expect([...bibtex([paper, paper, paper]).matchAll(/@misc\{([^,]+),/g)].map((match) => match[1])).toEqual(["b2020same", "b2020same-2", "b2020same-3"]);
  });
});
