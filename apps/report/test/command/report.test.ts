import { sealRecord, writeRecord } from "@mesoscope/contracts";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tied } from "../../src/page/tied.js";
import { galleryBody } from "../fixtures/records.js";
import { tell, temporaryFolder } from "../fixtures/world.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const write = (name: string, text: string): void => {
  writeFileSync(join(folder.path, name), text);
};
const good = writeRecord(sealRecord({ ...galleryBody, figures: [] }));

describe("mesoscope report", () => {
  it("makes the page from records that it is given, and again from its folder", async () => {
    write("a.record.json", good);
    const told = await tell(folder.path, ["report", "a.record.json"]);
    expect(told).toEqual({ status: 0, stdout: `${join(folder.path, "reports", "index.html")}\n`, stderr: "" });
    const page = readFileSync(join(folder.path, "reports", "index.html"), "utf8");
    expect(page).toContain(tied(galleryBody.narrative.headline));
    expect(readFileSync(join(folder.path, "reports", "records", "gallery.record.json"), "utf8")).toBe(good);
    await tell(folder.path, ["report"]);
    expect(readFileSync(join(folder.path, "reports", "index.html"), "utf8")).toBe(page);
  });

  it.each([
    ["NaN", good.replace('"year":2024', '"year":NaN'), /bad\.record\.json: it is not JSON .*without NaN or Infinity\. Make the record again/],
    ["a number beyond the largest", good.replace('"year":2024', '"year":1e400'), /bad\.record\.json\.references\[0\]\.year: .*a record has the shape/],
    ["another version", good.replace('"recordVersion":1', '"recordVersion":7'), /recordVersion is 7; .* update this one/],
    ["an altered number", good.replace('"year":2024', '"year":2023'), /its hash does not belong to its contents; a record is never edited/],
    ["a name that leads outside", good.replace('"id":"gallery"', '"id":"../../evil"'), /bad\.record\.json\.id: lower-case letters, digits/],
    ["what is no record", "[]", /recordVersion is missing/],
  ])("refuses a record with %s, tells why, and still shows the others", async (_, text, message) => {
    expect(text).not.toBe(good);
    write("bad.record.json", text);
    write("a.record.json", good);
    const told = await tell(folder.path, ["report", "bad.record.json", "a.record.json"]);
    expect(told.status).toBe(2);
    expect(told.stderr).toMatch(message);
    expect(told.stderr).not.toContain("    at ");
    expect(readFileSync(join(folder.path, "reports", "index.html"), "utf8")).toContain(tied(galleryBody.narrative.headline));
  });

  it("never replaces a record by another of its id: refuses it, keeps the one that is there, shows the rest", async () => {
    const other = writeRecord(sealRecord({ ...galleryBody, figures: [], seed: "another" }));
    const present = join(folder.path, "reports", "records", "gallery.record.json");
    write("a.record.json", good);
    write("b.record.json", other);
    expect((await tell(folder.path, ["report", "a.record.json"])).status).toBe(0);
    const told = await tell(folder.path, ["report", "b.record.json"]);
    expect(told.stderr).toMatch(/record "gallery" with hash [0-9a-f]{64}: records\/gallery\.record\.json of the output folder has hash [0-9a-f]{64}, and is not overwritten\. Show it in another folder/);
    expect(told.status).toBe(2);
    expect(readFileSync(present, "utf8")).toBe(good);
    expect((await tell(folder.path, ["report", "a.record.json", present.replace(folder.path, ".")])).stderr).toContain("another record of this report has it too");
    expect(await tell(folder.path, ["report", "a.record.json"])).toMatchObject({ status: 0, stderr: "" });
    writeFileSync(present, "precious");
    expect((await tell(folder.path, ["report", "a.record.json"])).stderr).toContain("cannot be read as a record, and is not overwritten");
    expect(readFileSync(present, "utf8")).toBe("precious");
  });

  it("refuses a file that is not there, and two records of one name", async () => {
    write("a.record.json", good);
    write("b.record.json", good);
    expect((await tell(folder.path, ["report", "gone.record.json"])).stderr).toContain("gone.record.json: it cannot be read (ENOENT)");
    expect((await tell(folder.path, ["report", "a.record.json", "b.record.json"])).stderr).toContain("b.record.json has the id gallery: another record of this report has it too");
  });
});
