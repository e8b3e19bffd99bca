import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, ContractError, readRecord, RECORD_VERSION, sealRecord, writeRecord, type RecordBody } from "../../src/index.js";
import { exampleBody } from "./example.js";

const frozen = readFileSync(new URL("../../fixtures/record-v1.json", import.meta.url), "utf8");

function altered(change: (record: Record<string, unknown>) => void): string {
  const record = JSON.parse(frozen) as Record<string, unknown>;
  change(record);
  return JSON.stringify(record);
}

describe("records", () => {
  it("of version 1, frozen, are read and written to the same bytes", () => {
    expect(writeRecord(readRecord(frozen))).toBe(frozen);
  });

  it("are sealed to the frozen bytes: the canonical form and the hash have not changed", () => {
    expect(writeRecord(sealRecord(exampleBody))).toBe(frozen);
  });

  it("do not depend on the order in which members were written", () => {
    const reversed = Object.fromEntries(Object.entries(exampleBody).reverse()) as unknown as RecordBody;
    expect(sealRecord(reversed).hash).toBe(sealRecord(exampleBody).hash);
  });

  it.each([
    ["not JSON", "{", "it is not JSON"],
    ["a NaN", '{"recordVersion":1,"seed":NaN}', "it is not JSON"],
    ["no version", "{}", "recordVersion is missing"],
    ["null", "null", "recordVersion is missing"],
    ["a newer version", altered((r) => (r["recordVersion"] = RECORD_VERSION + 1)), "update this one"],
    ["version 0", altered((r) => (r["recordVersion"] = 0)), "It is not a Mesoscope record"],
    ["a changed number", altered((r) => (r["seed"] = "8")), "never edited after it was sealed"],
    ["a foreign member", altered((r) => (r["host"] = "here")), "record"],
    ["null for a number", altered((r) => ((r["verdicts"] as { value: unknown }[])[0]!.value = null)), "record.verdicts[0].value"],
    ["ragged layers", altered((r) => ((r["figures"] as { panels: { layers: { x: number[] }[] }[] }[])[0]!.panels[0]!.layers[0]!.x = [0])), "differ in length"],
    ["a failure without a reason", altered((r) => delete (r["verdicts"] as { reason?: string }[])[1]!.reason), "names its reason"],
    ["two verdicts of one id", altered((r) => ((r["verdicts"] as { id: string }[])[2]!.id = "spread")), 'record.verdicts[2].id: the id "spread" is used twice'],
    ["two tables of one id", altered((r) => (r["tables"] as unknown[]).push((r["tables"] as unknown[])[0])), 'record.tables[1].id: the id "times" is used twice'],
    ["two figures of one id", altered((r) => (r["figures"] as unknown[]).push((r["figures"] as unknown[])[0])), 'record.figures[1].id: the id "every-role" is used twice'],
    ["an id that is a path", altered((r) => (r["id"] = "../up")), "record.id"],
  ])("with %s are refused, saying where", (_name, text, message) => {
    expect(() => readRecord(text)).toThrow(ContractError);
    expect(() => readRecord(text)).toThrow(message);
  });

  it("never hold a number that is not finite", () => {
    const body: RecordBody = { ...exampleBody, tables: [{ id: "t", title: "t", columns: [{ id: "a", title: "a" }], rows: [[Number.NaN]] }] };
    expect(() => sealRecord(body)).toThrow("record.tables[0].rows[0][0]: it is NaN");
  });
});

describe("canonicalJson", () => {
  it("is what JSON.parse reads back, for any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it("sorts by code unit at every depth and keeps lists in order", () => {
    expect(canonicalJson({ b: [2, 1], a: { "\u{1f600}": 1, "\ufb33": 2, z: 1e21 } })).toBe('{"a":{"z":1e+21,"\u{1f600}":1,"\ufb33":2},"b":[2,1]}');
  });

  it.each([[Number.POSITIVE_INFINITY], [undefined], [() => 0], [1n]])("refuses %o", (value) => {
    expect(() => canonicalJson({ deep: [value] })).toThrow("record.deep[0]");
  });
});
