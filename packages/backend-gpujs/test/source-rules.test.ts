import { describe, expect, test } from "vitest";
import { GPU } from "../vendor/gpu.js";
import { checkedText, MAX_ITERATIONS } from "../src/source-rules.js";
import { activated, activatedBack } from "../src/sources/activations.js";
import * as columns from "../src/sources/columns.js";
import * as harmonics from "../src/sources/harmonics.js";
import * as matrices from "../src/sources/matrices.js";
import * as rows from "../src/sources/rows.js";
import { textOf, type Source } from "../src/sources/source.js";
import * as tokens from "../src/sources/tokens.js";
import * as vectors from "../src/sources/vectors.js";
import { segmentOf } from "../src/programs/division.js";

const HERE = "x[this.thread.z][this.thread.y][this.thread.x]";
const source = (body: string): Source => ({ parameters: { x: "array" }, body });

/** The inner `value` lives in its block only: 1 + 2 * (10 + ... ) is added to the outer one. */
const SHADOWING = source(`let value = ${HERE};
for (let j = 0; j < 1; j++) {
  let value = 2.5 * ${HERE};
  value = value + 0.5;
}
return value;`);

describe("names", () => {
  test("why: gpu.js's webasm mode runs a shadowing kernel and gives another number than JavaScript", async () => {
    const results: number[] = [];
    for (const mode of ["cpu", "webasm"] as const) {
      const kernel = new GPU({ mode }).createKernel(textOf(SHADOWING), {
        argumentTypes: { x: "Array" },
        output: [1, 1, 1],
        dynamicOutput: true,
        dynamicArguments: true,
        precision: "single",
        tactic: "precision",
        fixIntegerDivisionAccuracy: false,
        loopMaxIterations: 10,
        pipeline: false,
        immutable: false,
        asyncMode: false,
      });
      results.push(((await kernel([[Float32Array.of(4)]])) as number[][][])[0]![0]![0]!);
    }
    expect(results[0]).toBe(4);
    expect(results[1]).not.toBe(4);
  });

  test("a kernel that shadows a variable or a parameter is refused before gpu.js sees it", () => {
    expect(() => checkedText(SHADOWING)).toThrow(/declares value again: a name is declared once.*block scopes.*Give the inner one a name of its own/);
    expect(() => checkedText(source("let x = 1.0;\nreturn x;"))).toThrow(/declares x again/);
    expect(() => checkedText(source("for (let x = 0; x < 3; x++) {\n}\nreturn 1.0;"))).toThrow(/declares x again/);
  });

  test("declarations that hide from the check are refused", () => {
    for (const body of ["let a = 1.0, b = 2.0;\nreturn a;", "let a;\nreturn a;", "var a = 1.0;\nreturn a;", "function f() {\n}\nreturn 1.0;", "const { a } = x;\nreturn a;"]) {
      expect(() => checkedText(source(body)), body).toThrow(/declaration is/);
    }
  });
});

describe("loops", () => {
  test("only loops that count to a number are taken", () => {
    for (const loop of ["for (let j = 0; j < n; j++) {", "for (let j = 1; j < 9; j++) {", "for (let j = 0; j < 9; j += 2) {", "for (let j = 0; k < 9; j++) {", "while (true) {", "do {"]) {
      expect(() => checkedText(source(`${loop}\n}\nreturn 1.0;`)), loop).toThrow(/has the loop/);
    }
  });

  test("iterations are counted over nested and following loops", () => {
    const nested = (inner: number): Source => source(`let s = 0.0;\nfor (let i = 0; i < 200; i++) {\n  if (s > 1.0) { s = 0.0; }\n  for (let j = 0; j < ${inner}; j++) {\n    s = s + 1.5;\n  }\n}\nfor (let k = 0; k < 10; k++) {\n  s = s + 1.0;\n}\nreturn s;`);
    expect(() => checkedText(nested(198))).not.toThrow(); // 200 + 39,600 + 10
    expect(() => checkedText(nested(200))).toThrow(/makes 40210 iterations: a thread makes at most 40000/);
  });
});

test("every source that the programs use keeps the rules, at the longest loops that they ask for", () => {
  const all: Source[] = [vectors.copy, vectors.turned, vectors.folded, vectors.combination, vectors.larger, vectors.exponentials, vectors.hyperbolicTangents, vectors.longLoop, tokens.quotients, columns.exponentialsBelow];
  for (const d of [1, 2, 3, 4, 5, 8, 16, 17, 32, 33, 64, 129, 511, 512]) {
    all.push(tokens.weights(d), tokens.tangent(d), tokens.unitColumns(d), tokens.largestProducts(d, segmentOf(65_536, d)));
  }
  for (const chunk of tokens.CHUNKS) all.push(tokens.addWeights(chunk), tokens.addWeighted(chunk, true), tokens.addWeighted(chunk, false));
  for (const length of columns.SEGMENTS) all.push(columns.largest(length), columns.sums(length));
  for (const length of harmonics.PARTICLES) all.push(harmonics.moments(length));
  all.push(matrices.scaled, matrices.zeros, matrices.swapped, matrices.headsApart, matrices.headsBeside, matrices.sharedCombination, matrices.secondMean, matrices.descended, rows.lessColumn, rows.roots, rows.weightedLess, rows.normalisedBack);
  for (const length of matrices.TERMS) all.push(matrices.addProducts(length, { transposeA: true, transposeB: false, shareA: true, shareB: false }));
  for (const length of columns.SEGMENTS) all.push(rows.productSums(length));
  for (const name of ["relu", "erf", "gelu", "tanh"] as const) all.push(activated(name), activatedBack(name));
  for (const order of harmonics.ORDERS) all.push(harmonics.velocity(order));
  for (const one of all) expect(() => checkedText(one)).not.toThrow();
  expect(MAX_ITERATIONS).toBeLessThan(65_535);
});
