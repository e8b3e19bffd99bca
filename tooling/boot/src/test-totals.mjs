/**
 * @file Adds up what every package's test run wrote to `test-results/` (vitest's JSON). A package that should have run
 * and left no result, or that failed without a failed test, counts as one failure: silence is never success.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { workspacePackages } from "./freshness.mjs";

/** Packages that declare the script, as `{ name, folder, result }`; result: where the run leaves its counts. */
export function packagesWith(root, script, resultName) {
  return workspacePackages(root)
    .map(({ folder, text }) => ({ folder, manifest: JSON.parse(text) }))
    .filter(({ manifest }) => manifest.scripts?.[script] !== undefined)
    .map(({ folder, manifest }) => ({
      name: manifest.name ?? basename(folder),
      folder,
      result: join(folder, "test-results", `${resultName}.json`),
    }));
}

/** Results of earlier runs must not be counted. */
export function forgetResults(packages) {
  for (const { result } of packages) rmSync(result, { force: true });
}

/** Counts of one package: `{ passed, failed, crashed, seconds }`. */
export function packageTotals({ result }) {
  let report;
  try {
    report = JSON.parse(readFileSync(result, "utf8"));
  } catch {
    return { passed: 0, failed: 1, crashed: true, seconds: 0 };
  }
  const passed = report.numPassedTests ?? 0;
  // A file that could not be loaded has no test of its own to fail.
  const unloadable = (report.testResults ?? []).filter(
    (file) => file.status === "failed" && !(file.assertionResults ?? []).some((test) => test.status === "failed"),
  ).length;
  let failed = (report.numFailedTests ?? 0) + unloadable;
  if (report.success !== true && failed === 0) failed = 1;
  if (passed + failed === 0) failed = 1;
  const end = Math.max(report.startTime, ...(report.testResults ?? []).map((file) => file.endTime ?? 0));
  return { passed, failed, crashed: false, seconds: (end - report.startTime) / 1000 };
}

/**
 * The sum over packages.
 * @param {{ result: string }[]} packages
 * @param {number} exitCode of the whole run: a failure that no package owns up to still counts
 */
export function sumTotals(packages, exitCode) {
  let passed = 0;
  let failed = 0;
  for (const one of packages) {
    const totals = packageTotals(one);
    passed += totals.passed;
    failed += totals.failed;
  }
  if (exitCode !== 0 && failed === 0) failed = 1;
  return { passed, failed };
}

/** One line for a package whose run has just left its result; undefined while it has not. */
export function packageLine(one) {
  if (!existsSync(one.result)) return undefined;
  const { passed, failed, crashed, seconds } = packageTotals(one);
  if (crashed) return undefined; // still being written
  return `  ${one.name.padEnd(32)} ${String(passed).padStart(5)} passed${failed ? `, ${failed} FAILED` : ""}  (${seconds.toFixed(1)} s)`;
}
