import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { quantities } from "../src/index.js";

interface Section {
  readonly tolerance: { readonly rel?: number; readonly abs?: number; readonly exact?: boolean };
  readonly cases: readonly Readonly<Record<string, number | null>>[];
}

const { sections } = JSON.parse(readFileSync(new URL("./fixtures/linear-theory.json", import.meta.url), "utf8")) as { sections: Readonly<Record<string, Section>> };

function ask(id: string, input: Record<string, unknown>): Record<string, unknown> {
  return quantities.find((one) => one.id === id)!.compute(input) as Record<string, unknown>;
}

/** What each reference value is called through `compute`: [section, value, question]. */
const questions: readonly [section: string, value: string, (it: Readonly<Record<string, number | null>>) => unknown][] = [
  ["funk_hecke", "log_c_k", ({ d, beta, k }) => ask("funk-hecke", { d, beta, k })["log"]],
  ["funk_hecke", "ratio_c_k_c_0", ({ d, beta, k }) => ask("funk-hecke", { d, beta, k })["ratio"]],
  ["funk_hecke", "gamma_sa", ({ d, beta, k }) => (k === 0 ? 0 : ask("growth-rate", { flow: "SA", d, beta, k })["rate"])],
  ["funk_hecke", "log_gamma_usa", ({ d, beta, k }) => (k === 0 ? null : ask("growth-rate", { flow: "USA", d, beta, k })["log"])],
  ["negative_beta", "gamma_usa", ({ d, beta, k }) => ask("growth-rate", { flow: "USA", d, beta, k })["rate"]],
  ["negative_beta", "gamma_sa", ({ d, beta, k }) => ask("growth-rate", { flow: "SA", d, beta, k })["rate"]],
  ["gegenbauer", "P", ({ d, k, t }) => ask("gegenbauer", { d, k, t })["value"]],
  ["kernel_expansion", "partial_sum", ({ d, beta, t, K }) => ask("kernel-expansion", { d, beta, t, K })["partialSum"]],
  ["kernel_expansion", "exact", ({ d, beta, t, K }) => ask("kernel-expansion", { d, beta, t, K })["exact"]],
  ["truncation", "K_circle", ({ beta, eps }) => ask("circle-truncation", { beta, epsilon: eps })["order"]],
  ["truncation", "K_S2", ({ beta, eps }) => ask("sphere-truncation", { beta, epsilon: eps })["order"]],
  ["k_max", "k_max", ({ d, beta }) => ask("dominant-degree", { d, beta })["k"]],
  ["beta_transitions", "beta", ({ d, k }) => ask("growth-transition", { d, k })["beta"]],
  ["harmonic_dims", "dim", ({ d, k }) => ask("harmonics", { d, k })["dimension"]],
];

describe("compute answers the independent reference cases", () => {
  it.each(questions)("%s: %s", (name, value, question) => {
    const { tolerance, cases } = sections[name]!;
    expect(cases.length).toBeGreaterThan(1);
    for (const one of cases) {
      const expected = one[value];
      const answer = question(one);
      const words = JSON.stringify(one);
      if (expected === null || expected === undefined) expect(answer ?? null, words).toBeNull();
      else {
        // Near zeros of a logarithm relative error means nothing: there the error is absolute, as that of the value itself.
        const allowed = tolerance.exact === true ? 0 : (tolerance.abs ?? tolerance.rel! * Math.max(Math.abs(expected), value.startsWith("log") ? 1 : 0));
        expect(Math.abs((answer as number) - expected), words).toBeLessThanOrEqual(allowed);
      }
    }
  });

  it("would catch a rate without its lambda_k", () => {
    const { d, beta, k, gamma_usa: expected } = sections["negative_beta"]!.cases.at(-1)!;
    const rate = ask("growth-rate", { flow: "USA", d, beta, k })["rate"] as number;
    const { eigenvalue } = ask("harmonics", { k, d }) as { eigenvalue: number };
    expect(Math.abs(rate / eigenvalue - expected!)).toBeGreaterThan(0.1 * expected!);
  });
});
