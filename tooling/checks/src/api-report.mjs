/**
 * @file The public surface of a package as a committed declaration report, `api/<package>.api.md`, one for every entry
 * of its `exports`. `npm run api` writes them (this file as a program, run in the package's folder); the check compares.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { publishedPackages } from "./workspace.mjs";

export const title = "api reports: the committed public surface is the built one";
export const needsBuild = true;

/** Entries with types, as `{ report, declarations }`: `.` gives `name.api.md`, `./sub` gives `name.sub.api.md`. */
export function reportEntries(folder, manifest) {
  const base = manifest.name.replace(/^@[^/]+\//, "");
  return Object.entries(manifest.exports ?? {})
    .filter(([, target]) => typeof target === "object" && target !== null && typeof target.types === "string")
    .map(([entry, target]) => ({
      report: `${base}${entry === "." ? "" : `.${entry.slice(2).replaceAll("/", ".")}`}.api.md`,
      declarations: join(folder, target.types),
    }));
}

const silent = { logLevel: "none" };

/** Writes the reports of one package into `target`; returns what stood in the way. */
export function writeReports(folder, target) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const problems = [];
  mkdirSync(target, { recursive: true });
  for (const { report, declarations } of reportEntries(folder, manifest)) {
    if (!existsSync(declarations)) {
      problems.push(`${manifest.name}: ${relative(folder, declarations)} is missing: build the package first`);
      continue;
    }
    const config = ExtractorConfig.prepare({
      configObjectFullPath: join(folder, "api-extractor.json"),
      packageJsonFullPath: join(folder, "package.json"),
      configObject: {
        projectFolder: folder,
        mainEntryPointFilePath: declarations,
        newlineKind: "lf",
        compiler: {
          overrideTsconfig: {
            compilerOptions: { target: "ES2022", lib: ["ES2023", "DOM"], module: "NodeNext", moduleResolution: "NodeNext", strict: true, skipLibCheck: true, types: [] },
            files: [declarations],
          },
        },
        apiReport: { enabled: true, reportFileName: report, reportFolder: target, reportTempFolder: join(target, ".temp"), includeForgottenExports: true },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: { default: { logLevel: "error" } },
          // Docstrings are for readers of the source, with formulas; TSDoc's syntax is not asked of them.
          extractorMessageReporting: { default: silent },
          tsdocMessageReporting: { default: silent },
        },
      },
    });
    const result = Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
        if (message.logLevel === "error") problems.push(`${manifest.name}: ${message.text}`);
      },
    });
    if (!result.succeeded && problems.length === 0) problems.push(`${manifest.name}: the report could not be made`);
  }
  rmSync(join(target, ".temp"), { recursive: true, force: true });
  return problems;
}

/** Compares the committed reports of one package with fresh ones. */
export function compareReports({ folder, name, path }) {
  const fresh = mkdtempSync(join(tmpdir(), "api-report-"));
  try {
    const findings = writeReports(folder, fresh);
    const committed = existsSync(join(folder, "api")) ? readdirSync(join(folder, "api")).filter((file) => file.endsWith(".api.md")) : [];
    const made = readdirSync(fresh);
    for (const file of new Set([...committed, ...made])) {
      const old = committed.includes(file) ? readFileSync(join(folder, "api", file), "utf8") : undefined;
      const now = made.includes(file) ? readFileSync(join(fresh, file), "utf8") : undefined;
      if (old === now) continue;
      const what = old === undefined ? "is missing" : now === undefined ? "belongs to no entry any more" : `is out of date (${firstDifference(old, now)})`;
      findings.push(`${path}/api/${file} ${what}: run "npm run api" there, read the difference, and name ${name} in a changeset`);
    }
    return findings;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function firstDifference(old, now) {
  const before = old.split("\n");
  const after = now.split("\n");
  const line = after.findIndex((text, i) => text !== before[i]);
  return `line ${line + 1}: ${JSON.stringify(after[line] ?? "")} was ${JSON.stringify(before[line] ?? "")}`;
}

export async function check(root) {
  return publishedPackages(root).flatMap(compareReports);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const problems = writeReports(process.cwd(), join(process.cwd(), "api"));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
