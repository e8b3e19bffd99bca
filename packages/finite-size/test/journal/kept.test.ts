import { canonicalJson, type Batch } from "@mesoscope/contracts";
import { key } from "@mesoscope/numerics";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cellId, decodeBatch, encodeBatch, journalLine, planCells, readJournal, type Cell, type CellOrigin, type JournalEntry } from "../../src/index.js";

const origin: CellOrigin = { study: "s", versions: { a: "1.0.0", b: "2.0.0" }, backend: "reference" };
const cell: Cell = planCells("p", { beta: 1, flow: "SA" }, { axis: "n", sizes: [8, 16], replicas: 10, block: 4 }, key(1).words)[1]!;
const id = cellId(origin, cell);
const batch: Batch = {
  outcomes: [{ kind: "completed" }, { kind: "diverged", message: "überlief\n\ud800" }, { kind: "completed" }],
  values: { y: Float64Array.of(1, 2, Number.NaN, -Number.POSITIVE_INFINITY, -0, 5e-324), "2": Float64Array.of(1, 7, 3) },
  censored: { y: Uint8Array.of(0, 1, 1, 1, 0, 1) },
};

describe("cellId", () => {
  it("does not depend on the order of members", () => {
    const turned: Cell = { replicas: { count: 4, from: 4, key: cell.replicas.key }, size: cell.size, parameters: { flow: "SA", beta: 1 }, pair: "p" };
    expect(cellId({ backend: "reference", versions: { b: "2.0.0", a: "1.0.0" }, study: "s" }, turned)).toBe(id);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Partial<CellOrigin>, Partial<Cell>]>([
    ["study", { study: "t" }, {}],
    ["versions", { versions: { a: "1.0.1", b: "2.0.0" } }, {}],
    ["backend", { backend: "other" }, {}],
    ["module", { module: "ab" }, {}],
    ["pair", {}, { pair: "q" }],
    ["parameters", {}, { parameters: { beta: 1, flow: "USA" } }],
    ["size", {}, { size: { n: 9 } }],
    ["key", {}, { replicas: { ...cell.replicas, key: [1, 2] } }],
    ["first replica", {}, { replicas: { ...cell.replicas, from: 0 } }],
    ["replicas", {}, { replicas: { ...cell.replicas, count: 3 } }],
  ])("depends on the %s", (_, changedOrigin, changedCell) => {
    expect(cellId({ ...origin, ...changedOrigin }, { ...cell, ...changedCell })).not.toBe(id);
  });
});

describe("a kept batch", () => {
  const bytes = encodeBatch(id, batch);

  it("comes back as it was, but for rows that nobody reads", () => {
    const read = decodeBatch(id, bytes);
    expect(read).toEqual({
      kind: "kept",
      batch: {
        ...batch,
        values: { y: Float64Array.of(1, 2, 0, 0, -0, 5e-324), "2": Float64Array.of(1, 0, 3) },
        censored: { y: Uint8Array.of(0, 1, 0, 0, 0, 1) },
      },
    });
    expect(read.kind === "kept" && encodeBatch(id, read.batch)).toEqual(bytes);
  });

  it("keeps every double, and equal batches make equal bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 40 }), (numbers) => {
        const some: Batch = { outcomes: numbers.map(() => ({ kind: "completed" })), values: { y: Float64Array.from(numbers) } };
        const read = decodeBatch(id, encodeBatch(id, some));
        expect(read).toEqual({ kind: "kept", batch: some });
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it("refuses every flipped bit, every missing tail and every addition", () => {
    for (let i = 0; i < bytes.length; i++) {
      for (const bit of [1, 32, 128]) {
        const damaged = bytes.slice();
        damaged[i]! ^= bit;
        expect(decodeBatch(id, damaged).kind, `byte ${i}`).toBe("refused");
      }
      expect(decodeBatch(id, bytes.slice(0, i)).kind, `${i} bytes`).toBe("refused");
    }
    expect(decodeBatch(id, Uint8Array.of(...bytes, 0))).toMatchObject({ fault: "too-long", message: "1 bytes follow its numbers" });
  });

  it.each([
    ["empty", new Uint8Array(0), "it is empty"],
    ["zero-filled", new Uint8Array(bytes.length), "zeros"],
    ["no-header", new TextEncoder().encode("hello\n"), "does not begin with the header"],
    ["truncated", bytes.slice(0, -9), "of its 78 bytes of numbers are there"],
    ["checksum", bytes.with(bytes.length - 1, 0), "checksum"],
    ["other-cell", encodeBatch("0".repeat(64), batch), "it is the cell 000000000000"],
    ["newer", new TextEncoder().encode(`${new TextDecoder().decode(bytes.slice(0, bytes.indexOf(10))).replace('"version":1', '"version":2')}\n`), "it has version 2; this Mesoscope reads version 1"],
  ] as const)("says that it is %s", (fault, damaged, words) => {
    const read = decodeBatch(id, damaged);
    expect(read).toMatchObject({ kind: "refused", fault });
    expect(read.kind === "refused" && read.message).toContain(words);
  });
});

describe("bytes with a right checksum that say what cannot be", () => {
  it.each<[string, object]>([
    ["no observables", { observables: null }],
    ["a count that is none", { observables: [{ id: "y", values: -1 }] }],
    ["more numbers than there are bytes", { observables: [{ id: "y", values: 1e15 }] }],
    ["outcomes without counts", { outcomes: [null] }],
    ["a cell that is no text", { cell: 5 }],
    ["a length that is none", { bytes: "x" }],
  ])("%s", (_, change) => {
    const bytes = encodeBatch(id, batch);
    const end = bytes.indexOf(10);
    const header = { ...(JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Record<string, unknown>), ...change } as Record<string, unknown>;
    delete header["sha256"];
    const text = canonicalJson(header).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const payload = bytes.subarray(end + 1);
    const sum = createHash("sha256").update(`${text}\n`).update(payload).digest("hex");
    const forged = Buffer.concat([Buffer.from(`${text.slice(0, -1)},"sha256":"${sum}"}\n`), payload]);
    expect(decodeBatch(id, forged)).toMatchObject({ kind: "refused", fault: "no-header" });
  });
});

describe("the journal", () => {
  const entry = (digit: string, sha256 = "ab"): JournalEntry => ({ cell: digit.repeat(64), bytes: 100, sha256, seconds: 0.5 });
  const [one, two, three] = ["1", "2", "3"].map((digit) => entry(digit)) as [JournalEntry, JournalEntry, JournalEntry];
  const text = journalLine(one) + journalLine(two);

  it("reads what was written, in its order", () => {
    expect(readJournal(text)).toEqual({ entries: new Map([[one.cell, one], [two.cell, two]]), faults: [] });
    expect(readJournal("")).toEqual({ entries: new Map(), faults: [] });
  });

  it("counts a last line that lacks its newline only", () => {
    expect(readJournal(text.slice(0, -1))).toMatchObject({ faults: [] });
    expect(readJournal(text.slice(0, -1)).entries.size).toBe(2);
  });

  it.each<[string, string, number, RegExp]>([
    ["torn", text + journalLine(three).slice(0, -20), 2, /^line 3 ends in the middle/],
    ["zero-filled", `${text}${"\0".repeat(512)}`, 2, /^line 3 holds zeros/],
    ["zero-filled", `${journalLine(one)}${"\0".repeat(512)}${journalLine(two)}`, 2, /^line 2 holds zeros/],
    ["checksum", journalLine(one).replace('"bytes":100', '"bytes":101') + journalLine(two), 1, /^line 1 does not fit its checksum/],
    ["checksum", `{"cell":"__proto__"}\nnull\n[]\n${text}`, 2, /^each of lines 1, 2, 3 does not fit/],
    ["newer", journalLine(one).replace('"version":1', '"version":2') + journalLine(two), 1, /^line 1 was written by a newer/],
    ["duplicate", text + journalLine(one), 2, /^line 3 names a cell a second time, with the same bytes/],
    ["contradiction", text + journalLine(entry("1", "cd")), 2, /^line 3 .* with other bytes/],
  ])("tells what is %s, and keeps the rest", (kind, damaged, valid, message) => {
    const { entries, faults } = readJournal(damaged);
    expect(entries.size).toBe(valid);
    expect(faults.map((fault) => fault.kind)).toEqual([kind]);
    expect(faults[0]!.message).toMatch(message);
  });

  it("loses only the line that a flipped bit is in", () => {
    const lines = journalLine(one) + journalLine(two) + journalLine(three);
    for (let i = 0; i < lines.length; i += 3) {
      const flipped = lines.slice(0, i) + String.fromCharCode(lines.charCodeAt(i) ^ 1) + lines.slice(i + 1);
      const { entries, faults } = readJournal(flipped);
      // A newline that is gone makes one line of two.
      expect(entries.size).toBe(lines[i] === "\n" && i < lines.length - 1 ? 1 : 2);
      expect(faults).toHaveLength(1);
    }
  });
});
