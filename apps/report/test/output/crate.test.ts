import { sealRecord } from "@mesoscope/contracts";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { citation } from "../../src/citation/mesoscope.js";
import { roCrate, type Crate, type Made } from "../../src/output/crate/crate.js";
import { writePage } from "../../src/output/write-page.js";
import { prepareFolder } from "../../src/output/folder.js";
import { writeRecordFile } from "../../src/output/records.js";
import type { RunNote } from "../../src/run/run-note.js";
import { gallery, galleryBody } from "../fixtures/records.js";

const run = { runVersion: 1, id: "gallery", recordHash: gallery.hash, started: "2026-01-02T03:04:05.000Z", finished: "2026-01-02T03:05:05.000Z", seconds: 60, workers: 2, backend: "reference" } as RunNote;
const second: Made = { record: sealRecord({ ...galleryBody, recordVersion: 1, id: "second", references: [{ authors: "A", title: "T", year: 2020, identifier: "a preprint <x>\uD800" }] }), run: undefined };
const crate = roCrate([{ record: gallery, run }, second], citation, "2026-01-02");

/** Every "@id" that an entity points to. */
function targets(value: unknown, isRoot = true): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => targets(entry, false));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => (key === "@id" ? (isRoot ? [] : [String(entry)]) : targets(entry, false)));
}

const of = (type: string, where: Crate = crate): readonly Crate["@graph"][number][] => where["@graph"].filter((entity) => entity["@type"] === type);

describe("the crate of a report", () => {
  it("describes itself and its root as RO-Crate 1.1 asks", () => {
    expect(crate["@context"]).toBe("https://w3id.org/ro/crate/1.1/context");
    const [metadata, root] = crate["@graph"];
    expect(metadata).toMatchObject({ "@id": "ro-crate-metadata.json", "@type": "CreativeWork", about: { "@id": "./" }, conformsTo: { "@id": "https://w3id.org/ro/crate/1.1" } });
    expect(root).toMatchObject({ "@id": "./", "@type": "Dataset", datePublished: "2026-01-02", conformsTo: { "@id": "https://w3id.org/ro/wfrun/process/0.5" } });
    for (const key of ["name", "description", "license"]) expect(root![key]).toBeTruthy();
  });

  it("names nothing twice, and nothing that is not there", () => {
    const ids = crate["@graph"].map((entity) => entity["@id"]);
    expect(new Set(ids).size).toBe(ids.length);
    const missing = crate["@graph"].flatMap((entity) => targets(entity)).filter((id) => !ids.includes(id) && !id.startsWith("https://spdx.org/") && id !== "https://w3id.org/ro/crate/1.1");
    expect(missing).toEqual([]);
  });

  it("names nothing twice, whatever records and parameters are called", () => {
    const named = (id: string, ...names: readonly string[]): Made => ({ record: sealRecord({ ...galleryBody, recordVersion: 1, id, parameters: names.map((name) => ({ ...galleryBody.parameters[0]!, name })) }), run: undefined });
    const ids = roCrate([named("a", "b", "b-backend", "backend", "--seed", "version of mesoscope", "set/b"), named("a-b", "backend"), named("a-b-backend")], citation, "2026-01-02")["@graph"].map((entity) => entity["@id"]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says of every record which program made it from what, when that is known, and what to cite", () => {
    const [action, other] = of("CreateAction");
    expect(action).toMatchObject({ result: { "@id": "records/gallery.record.json" }, startTime: run.started, endTime: run.finished, instrument: { "@id": "pkg:npm/mesoscope@0.0.0" } });
    expect(other).not.toHaveProperty("startTime");
    const values = of("PropertyValue").filter(({ "@id": id }) => id.startsWith("#run-gallery/"));
    expect(values.map(({ name, value }) => [name, value])).toEqual(expect.arrayContaining([["--seed", "20260101"], ["beta", 0.5], ["sizes", "256, 512, 1024, 2048, 4096"]]));
    expect(of("File").find(({ "@id": id }) => id === "records/gallery.record.json")).toMatchObject({ identifier: `sha256:${gallery.hash}`, citation: [{ "@id": "https://arxiv.org/abs/2410.23228" }] });
    expect(of("ScholarlyArticle").map((entity) => entity["@id"])).toEqual(["https://arxiv.org/abs/2410.23228", "#paper-a%20preprint%20%3Cx%3E%EF%BF%BD"]);
  });
});

describe("beside the index", () => {
  const folder = mkdtempSync(join(tmpdir(), "mesoscope-crate-"));
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  it("lies the crate of the records that are shown, with the times of runs whose record it still is", async () => {
    const report = await prepareFolder("out", folder);
    for (const record of [gallery, second.record]) await writeRecordFile(report, record);
    writeFileSync(join(report.records, "gallery.run.json"), JSON.stringify(run));
    writeFileSync(join(report.records, "second.run.json"), JSON.stringify({ ...run, id: "second", recordHash: "of another" }));
    await writePage(report, []);
    const written = JSON.parse(readFileSync(join(report.root, "ro-crate-metadata.json"), "utf8")) as Crate;
    expect(of("CreateAction", written).map(({ startTime }) => startTime)).toEqual([run.started, undefined]);
    expect(written["@graph"][1]!["datePublished"]).toBe("2026-01-02");
  });
});
