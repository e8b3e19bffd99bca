/**
 * @file What the studies must find at their full level: run by .ci/deep on the folder of the records.
 *   node tooling/checks/src/full-verdicts.mjs FOLDER
 * Prints a line for each expectation; exits non-zero if one is not met or speaks of no verdict.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** [study, verdicts, outcome, reason]: every verdict whose id matches has that outcome. */
export const expectations = [
  ["growth-rates", /-corrected$/, "holds"],
  ["circle-emergence", /^one-.*-departure-mean-limit$/, "holds"],
  ["circle-emergence", /^rivals-(sa|usa)-5-.*-first-departure-mean-limit$/, "fails", "selection"],
  ["circle-emergence", /^rivals-(sa|usa)-5-.*-first-departure-mean-corrected$/, "holds"],
  ["circle-convergence", /^exponent-/, "holds"],
  ["attention-saturation", /^growth-half-/, "fails"],
  ["attention-saturation", /^(growth|soft)-one-/, "holds"],
  ["coordinate-check", /-(activations|kernel|weights)$/, "holds"],
  ["feature-learning", /-(kernel-regime|below-floor|odd-width-power)$/, "holds"],
  ["feature-learning", /-mean-(lazy|limit)$/, "holds"],
  ["attention-kernels", /^(one|half)-block-.*-exact$/, "holds"],
  ["attention-kernels", /^(one|half)-(width|heads)-.*-mean-/, "holds"],
  ["attention-kernels", /^(one|half)-width-.*-spread-corrected$/, "holds"],
  ["attention-kernels", /^one-spread-power$|^half-left-noise$/, "holds"],
  ["attention-kernels", /-depth-(one|half)$|-networks-(mean|spread)$/, "holds"],
  ["head-diversity", /-start-(law|mean)-exact$|-end-(law|mean)-many-heads$/, "holds"],
  ["head-diversity", /-variance-power-(start|end)$/, "holds"],
  ["head-diversity", /-narrow-not-gaussian$|-all-weights$/, "holds"],
  ["width-and-heads", /^(heads|block)-(one|half)-output-1-mean-limit$/, "holds"],
  ["width-and-heads", /-output-variance-(n|h)$/, "holds"],
  ["width-and-heads", /^heads-(one|half)-line-output-1-mean-(many-heads|corrected)$/, "holds"],
];

/** One line a failed expectation. */
export function unmet(records, expected = expectations) {
  return expected.flatMap(([study, pattern, outcome, reason]) => {
    const matching = (records[study]?.verdicts ?? []).filter(({ id }) => pattern.test(id));
    if (matching.length === 0) return [`${study}: no verdict matches ${pattern}`];
    return matching
      .filter((verdict) => verdict.outcome !== outcome || (reason !== undefined && verdict.reason !== reason))
      .map((verdict) => `${study}: ${verdict.id}: ${verdict.outcome}${verdict.reason === undefined ? "" : ` (${verdict.reason})`} instead of ${outcome}. ${verdict.because}`);
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const folder = process.argv[2] ?? "reports/records";
  const studies = [...new Set(expectations.map(([study]) => study))];
  const records = Object.fromEntries(studies.map((study) => [study, JSON.parse(readFileSync(join(folder, `${study}.record.json`), "utf8"))]));
  const findings = unmet(records);
  for (const finding of findings) console.log(finding);
  console.log(`${expectations.length} expectations, ${findings.length} verdicts not as expected`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
