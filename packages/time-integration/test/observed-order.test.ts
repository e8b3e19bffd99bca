/**
 * The order of every method and form as observed on problems with closed solutions, and the table of methods in README.md.
 *
 * `MESOSCOPE_UPDATE_ACCURACY=1 npx vitest run test/observed-order.test.ts` writes the table.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Tableau } from "../src/index.js";
import { dormandPrince5, dormandPrince8, euler, heun, isFirstSameAsLast, linearErrorConstant, rungeKutta4 } from "../src/index.js";
import { observedOrder } from "./observed-order.js";
import { equiangular, moebius, twoTokens } from "./problems.js";

const low = {
  "equiangular tokens": equiangular(32, 4, 0, 0.5),
  "two tokens": twoTokens(4, 2.0943951023931953, 0.01),
  "Moebius flow, projected": moebius(3, 1.2),
  "Moebius flow, Munthe-Kaas": moebius(4, 3, "Munthe-Kaas"),
};
/** Problems on which the leading term of an error of order 8 rules before rounding does. */
const high = {
  "equiangular tokens": equiangular(32, 1, 0, 0.5),
  "two tokens": twoTokens(2, 2.5, 1.5),
  "Moebius flow, projected": moebius(4, 6),
  "Moebius flow, Munthe-Kaas": moebius(4, 3, "Munthe-Kaas"),
};
const methods = [euler, heun, rungeKutta4, dormandPrince5, dormandPrince8];
const figures = methods.map((method) => ({ method, orders: Object.entries(method.order > 5 ? high : low).map(([name, problem]) => ({ name, order: observedOrder(problem, method) })) }));

describe.each(figures.map((figure) => [figure.method.name, figure] as const))("%s: observed order within 0.1 of theory", (_, { method, orders }) => {
  test.each(orders)("$name", ({ order }) => {
    expect(Math.abs(order - method.order)).toBeLessThan(0.1);
  });
});

test("a wrong weight loses the order, and so does an error of 1e-6 in one coefficient of the pair of order 8", () => {
  const wrong: Tableau = { ...rungeKutta4, b: [1 / 6, 1 / 3, 1 / 4, 1 / 4] };
  expect(observedOrder(equiangular(32, 1, 0, 0.5), wrong)).toBeLessThan(3.1);
  const off: Tableau = { ...dormandPrince8, a: dormandPrince8.a.map((row, i) => (i === 6 ? row.map((entry, j) => (j === 3 ? entry + 1e-6 : entry)) : row)) };
  expect(observedOrder(equiangular(32, 1, 0, 0.5), off)).toBeLessThan(6);
});

const BEGIN = "<!-- methods: begin (written by test/observed-order.test.ts) -->";
const END = "<!-- methods: end -->";
const readme = new URL("../README.md", import.meta.url);

function table(): string {
  const names = Object.keys(low);
  const rows = figures.map(({ method, orders }) => {
    const evaluations = method.stages - (isFirstSameAsLast(method) ? 1 : 0);
    const cells = [method.name, method.order, evaluations, method.dense?.order ?? "", linearErrorConstant(method).toExponential(1), ...orders.map(({ order }) => order.toFixed(2))];
    return `| ${cells.join(" | ")} |`;
  });
  return [`| method | order | evaluations a step | dense output | linear error | ${names.join(" | ")} |`, `| --- |${" ---: |".repeat(4 + names.length)}`, ...rows].join("\n");
}

test("the README shows these figures", () => {
  const text = readFileSync(readme, "utf8");
  const shown = `${BEGIN}\n${table()}\n${END}`;
  if (process.env["MESOSCOPE_UPDATE_ACCURACY"] === "1") writeFileSync(readme, text.slice(0, text.indexOf(BEGIN)) + shown + text.slice(text.indexOf(END) + END.length));
  expect(readFileSync(readme, "utf8")).toContain(shown);
});
