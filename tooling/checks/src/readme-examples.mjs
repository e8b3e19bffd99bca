/**
 * @file What a stranger does first: npm-install the packed packages into an empty project and run the first example of
 * every README, under the Node that runs this check. Nothing of the workspace is within reach there.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "./command.mjs";
import { packed } from "./packed.mjs";

export const title = "readme examples: run from the packed packages in an empty project";
export const needsBuild = true;

/**
 * The first example of a README: its first ```js block, else its first ```sh block that is more than an installation.
 * @returns {{ language: "js" | "sh", code: string } | undefined}
 */
export function firstExample(markdown) {
  const blocks = [...markdown.matchAll(/^```(js|sh)\s*\n([\s\S]*?)^```/gm)].map(([, language, code]) => ({ language, code }));
  const commands = (code) => code.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  return (
    blocks.find(({ language }) => language === "js") ??
    blocks.find(({ language, code }) => language === "sh" && !commands(code).every((line) => /^\s*(npm|pnpm|yarn) (install|i|add)\b/.test(line)))
  );
}

/** Installs tarballs into a new empty project; returns its folder, or what npm said. */
export async function emptyProjectWith(tarballs) {
  const project = mkdtempSync(join(tmpdir(), "empty-project-"));
  writeFileSync(join(project, "package.json"), `${JSON.stringify({ name: "empty-project", version: "1.0.0", private: true, type: "module" })}\n`);
  const { code, output } = await run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", ...tarballs],
    { cwd: project },
  );
  return { project, problem: code === 0 ? undefined : `npm install of the tarballs failed:\n${output.trim()}` };
}

/** Runs one README's first example in a project that has the packages; "" if all is well. */
export async function runExample(project, { path, folder }) {
  const readme = join(folder, "README.md");
  if (!existsSync(readme)) return `${path}/README.md is missing: one sentence, an install line, a first example`;
  const example = firstExample(readFileSync(readme, "utf8"));
  if (example === undefined) return `${path}/README.md has no example: give a js block that runs with the package alone`;
  const place = join(project, "examples", path.replaceAll("/", "-"));
  mkdirSync(place, { recursive: true });
  const file = join(place, example.language === "js" ? "example.mjs" : "example.sh");
  writeFileSync(file, example.code);
  const path_ = [join(project, "node_modules", ".bin"), dirname(process.execPath), process.env.PATH].join(":");
  const { code, output } =
    example.language === "js"
      ? await run(process.execPath, [file], { cwd: place, timeout: 60_000 })
      : await run("bash", ["-e", file], { cwd: place, timeout: 240_000, env: { PATH: path_ } });
  if (code !== 0) return `${path}/README.md: its first example fails (exit ${code}):\n${output.trim()}`;
  if (output.trim() === "") return `${path}/README.md: its first example prints nothing: show the reader a result`;
  return "";
}

export async function check(root) {
  const all = await packed(root);
  const { project, problem } = await emptyProjectWith(all.map(({ tarball }) => tarball));
  try {
    if (problem) return [problem];
    const findings = [];
    for (const one of all) {
      const finding = await runExample(project, one);
      if (finding) findings.push(finding);
    }
    return findings;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
