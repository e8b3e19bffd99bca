import { describe, expect, it } from "vitest";
import { answerInWords, asSentence, casesInWords, changeInWords, explainReason, reasonClause, remedyFor, whyInWords, type Answer, type CaseAnswer } from "../../src/index.js";
import { answer, combinations, outcomes, reasons, starts } from "./combinations.js";

/** What is wrong with a text of whole sentences, if anything is. */
export function faultsOf(text: string, most = 45): readonly string[] {
  const faults: string[] = [];
  if (/NaN|undefined|Infinity|null|\[object/.test(text)) faults.push("holds what is no word");
  if (/ {2}|^ | $/.test(text)) faults.push("has a space too many");
  if (/\.\.|[,;:]\s*[.,;:]|\s[.,;:]|\(\)|:;|;;/.test(text)) faults.push("has signs of punctuation that meet");
  if (!/[^.]\.$/.test(text)) faults.push("does not end with one full stop");
  if (/\bN\*|certified|BCa|bootstrap|TOST/.test(text)) faults.push("has jargon");
  for (const sentence of text.split(/(?<=\.) (?=\p{Lu})/u)) {
    const words = sentence.split(" ").filter((word) => /[\p{L}\d]/u.test(word)).length;
    if (words > most) faults.push(`has a sentence of ${words} words`);
    if (!/^[\p{Lu}\d]/u.test(sentence)) faults.push("has a sentence that begins small");
  }
  return faults;
}

describe("an answer in words", () => {
  it("of every outcome, reason, start and horizon is the sentence that was read for its grammar", async () => {
    const startName = ({ from }: (typeof combinations)[number]): string => (from.kind === "fitted" && from.interval[1] === null ? "fitted, unbounded" : from.kind === "tested" && from.failing === null ? "tested, undecided below" : from.kind);
    const lines = combinations.map((one) => `${one.outcome} | ${startName(one)} | ${one.horizon === undefined ? "-" : "horizon"} | ${one.reason ?? "-"}\n    ${answerInWords("Mean field", one.answer)}`);
    const telling = reasons.flatMap((reason) => (reason === undefined ? [] : [`${reason}\n    ${asSentence(reasonClause(reason))}\n    ${explainReason(reason)}\n    ${remedyFor(reason)}`]));
    await expect(`${["# Reasons", ...telling, "# Answers", ...lines].join("\n")}\n`).toMatchFileSnapshot("./sentences.txt");
  });

  it("is one sentence of at most 45 words, with one full stop and no hole", () => {
    for (const { answer: one } of combinations) {
      const text = answerInWords("The corrected mean-field limit", one);
      expect(faultsOf(text), text).toEqual([]);
      const full = answerInWords("The corrected mean-field limit", one, { deviation: true });
      expect(faultsOf(full, 60), full).toEqual([]);
    }
  });

  it("says the tolerance, the size with its interval, the time and the deviation where the data have them", () => {
    for (const { answer: one, from, horizon } of combinations) {
      const text = answerInWords("It", one);
      expect(text).toContain("5 %");
      if (from.kind === "fitted") expect(text).toContain(from.interval[1] === null ? "612 [542, ∞)" : "612 [542, 718]");
      if (from.kind === "extrapolated") expect(text).toContain("18 [12, 56]");
      if (from.kind === "tested" && (one.outcome === "holds" || horizon !== undefined)) expect(text).toContain("256");
      if (horizon !== undefined) expect(text).toContain("until t = 1.8 T_e");
      if (horizon === undefined && one.outcome !== "holds") expect(text).toContain(one.deviation);
      expect(answerInWords("It", { ...one, outcome: "holds" }, { deviation: true })).toContain(one.deviation);
    }
  });

  it("never says of one outcome what is true of another", () => {
    for (const { answer: one, horizon } of combinations) {
      const text = answerInWords("It", one, { reason: false });
      if (one.outcome === "holds") expect(text).not.toMatch(/is undecided at|fails at n = 4096/);
      else if (horizon === undefined) expect(text).toMatch(one.outcome === "fails" ? /^It fails/ : /^It is undecided/);
      else expect(text).toMatch(/^It holds .* until t = 1\.8/);
    }
  });

  it("names the reason of every failure", () => {
    for (const { answer: one, reason } of combinations) if (one.outcome === "fails" && reason !== undefined) expect(answerInWords("It", one)).toContain(reasonClause(reason));
  });

  it("has words for a theory that speaks about no size, and for a deviation or tolerance that is not known", () => {
    const bare: Answer = { outcome: "fails", axis: "n", from: { kind: "none" }, reason: "no-limit" };
    expect(answerInWords("It", bare)).toBe("It fails at every size; there is no limit to compare with.");
    for (const outcome of outcomes) for (const from of starts) for (const sizes of [[64, 4096], [64, 64]] as const) {
      const text = answerInWords("It", { outcome, axis: "n", from, sizes });
      expect(faultsOf(text), text).toEqual([]);
    }
  });

  it("would be caught with a hole, a full stop too many, or no end", () => {
    for (const bad of ["It holds within undefined.", "It holds..", "It holds", "It  holds.", "It holds; .", "it holds."]) expect(faultsOf(bad)).not.toEqual([]);
  });
});

describe("several cases in words", () => {
  const named = combinations.map(({ answer: one }, i): CaseAnswer => ({ name: `case ${i % 7}`, answer: one }));
  const groups = [2, 4, 6].flatMap((size) => Array.from({ length: 60 }, (_, g) => Array.from({ length: size }, (__, i) => named[(g * 37 + i * 101) % named.length]!)));

  it("are whole sentences, whatever meets", () => {
    for (const cases of groups) for (const text of [casesInWords("The law", cases), changeInWords(cases), whyInWords(cases)]) expect(faultsOf(text), text).toEqual([]);
  });

  it("count every case once", () => {
    for (const cases of groups) {
      const told = [...casesInWords("The law", cases).matchAll(/in (?:all )?(both|\d+) (?:of \d+ )?cases/g)].map(([, count]) => (count === "both" ? 2 : Number(count)));
      expect(told.reduce((sum, count) => sum + count, 0)).toBe(cases.length);
    }
  });

  it("say once what several names begin with", () => {
    const failing = ["β = 5, softmax", "β = 5, unnormalised", "β = 2, softmax", "d = 3", "d = 8", "d = 9"].map((name, i): CaseAnswer => ({ name, answer: answer(i < 3 ? "fails" : "holds", { kind: "all" }, undefined, undefined) }));
    expect(casesInWords("The law", failing)).toContain("It fails in 3 of 6 cases (β = 5, softmax and unnormalised; β = 2, softmax) at n = 4096");
  });

  it("that end in time tell until when all of them hold", () => {
    const timed = (until: number): CaseAnswer => ({ name: `until ${until}`, answer: answer("fails", { kind: "all" }, "escape", { symbol: "t", unit: "", until }) });
    expect(casesInWords("The law", [timed(1.8), timed(1.2)])).toBe("The law holds within 5 % in both cases at n = 4096, until t = 1.2 at least; then some runs leave the predicted state.");
  });

  it("give the latest size from which on all of those that hold do", () => {
    const holding = [{ name: "a", answer: answer("holds", { kind: "tested", value: 256, failing: 128 }, undefined, undefined) }, { name: "b", answer: answer("holds", { kind: "all" }, undefined, undefined) }];
    expect(casesInWords("The law", holding)).toBe("The law holds within 5 % in both cases, from n = 256 on at the latest.");
    const thousand = { name: "c", answer: answer("holds", { kind: "tested", value: 1024, failing: 512 }, undefined, undefined) };
    expect(casesInWords("The law", [...holding, thousand])).toContain("from n = 1024 on at the latest");
    expect(changeInWords(holding)).toMatch(/^Within this tolerance nothing needs to change/);
    expect(whyInWords(holding)).toMatch(/^At smaller sizes it fails/);
    expect(whyInWords([holding[1]!])).toMatch(/^Nothing fails/);
  });
});
