/**
 * @file Bundles the programs of the pages into `dist/scripts/`: one text each, which the page carries inside. The licences of what is
 * in them lie beside them. Drawings are composed by the same functions that write the page; linkedom's part is played by the document.
 */
import { build } from "esbuild";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const browser = join(root, "src/page/browser");
const out = join(root, "dist/scripts");
mkdirSync(out, { recursive: true });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { index: join(browser, "index.ts"), study: join(browser, "study.ts") },
  outdir: out,
  // Texts that pages carry, no modules of the package.
  outExtension: { ".js": ".txt" },
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  // Other characters would depend on the page's declaration of them; as escapes they do not.
  charset: "ascii",
  legalComments: "none",
  // Plot shifts lines by half a pixel on coarse screens; the page as it was written knows no screen.
  define: { "window.devicePixelRatio": "2" },
  alias: { linkedom: join(browser, "document.ts") },
  metafile: true,
  logLevel: "warning",
});

writeFileSync(join(out, "LICENCES.txt"), licences(Object.keys(metafile.inputs)));

/** The licence of each package that files come from, as its authors wrote it. */
function licences(files) {
  const packages = new Map();
  for (const file of files.filter((name) => name.includes("node_modules/"))) {
    let folder = dirname(join(root, file));
    while (!existsSync(join(folder, "package.json")) || JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name === undefined) folder = dirname(folder);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const text = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (text === undefined) throw new RangeError(`${relative(root, folder)} has no licence file: say what it allows before its code goes into a page`);
    packages.set(`${name} ${version} (${license})`, readFileSync(join(folder, text), "utf8").trim());
  }
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => `${name}\n\n${text}\n`).join("\n----\n\n");
}
