import { describe, expect, it } from "vitest";
import { withSection, written } from "../src/document.mjs";
import { machineInWords } from "../src/turns/machine.mjs";
import { ratioCell, table, threeDigits } from "../src/turns/table.mjs";

describe("table", () => {
  it("aligns, and keeps a bar within its cell", () => {
    expect(table(["who", "ms"], [["a|b", "1"]], "lr")).toBe("| who | ms |\n| --- | ---: |\n| a\\|b | 1 |");
  });

  it("refuses a row or an alignment of another length", () => {
    expect(() => table(["a", "b"], [["1"]], "lr")).toThrow("row 0 has 1 cells; it must have 2");
    expect(() => table(["a", "b"], [], "l")).toThrow("1 alignments; there must be 2");
  });

  it("shows three digits", () => {
    expect([0.07321, 0.7321, 4.516, 20.94, 317.6].map(threeDigits)).toEqual(["0.073", "0.732", "4.52", "20.9", "318"]);
    expect(ratioCell({ least: 2, median: 2.04, low: 1.9, high: 2.111 })).toBe("2.00 (2.04: 1.90-2.11)");
  });
});

describe("a section of the document", () => {
  const [one, two] = [{ id: "one", title: "One" }, { id: "two", title: "Two" }];

  it("is added at the end, then renewed in its place, and nothing else changes", () => {
    const first = withSection(withSection("# Speed\n\nWords.\n", one, "old"), two, "kept");
    const second = withSection(first, one, "new");
    expect(second).toBe(first.replace("old", "new"));
    expect(second).toBe(`# Speed\n\nWords.\n\n${written(one, "new")}\n\n${written(two, "kept")}\n`);
  });

  it("must have its end", () => {
    const broken = written(one, "old").replace("<!-- /bench one -->", "");
    expect(() => withSection(broken, one, "new")).toThrow("put it where the section ends");
  });
});

describe("the machine", () => {
  const quiet = { date: "2026-01-01", cores: 4, model: "some model", node: "20.0.0", load: 0.12, loadAfter: 1.4 };

  it("is said to be busy when it is", () => {
    expect(machineInWords(quiet)).toBe("Measured 2026-01-01 on 4 cores (some model), Node 20.0.0, load 0.1 before the run and 1.4 after it.");
    expect(machineInWords({ ...quiet, load: 3 })).toContain("not a quiet machine");
    expect(machineInWords({ ...quiet, loadAfter: 9 })).toContain("not a quiet machine");
  });
});
