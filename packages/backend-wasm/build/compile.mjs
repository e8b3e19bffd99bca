/**
 * Compiles assembly/ to src/generated/module.ts: the bytes of the module as text, so that they load the same way in Node, in a
 * browser, in a worker and under a bundler. Fixed-width SIMD only: relaxed instructions have other bits on other machines.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";

const root = join(import.meta.dirname, "..");
const flags = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd,bulk-memory", "--importMemory", "--initialMemory", "1", "--maximumMemory", "65536"];

const written = new Map();
const { error, stderr } = await asc.main(["assembly/index.ts", ...flags, "--baseDir", root, "--outFile", "module.wasm"], {
  // AssemblyScript decorates functions and constants, which no parser of TypeScript allows: its files have a name of their own.
  readFile: (name, folder) => {
    const path = join(folder, name.replace(/\.ts$/, ".as"));
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  },
  writeFile: (name, contents) => written.set(name, contents),
});
if (error) {
  process.stderr.write(`${stderr.toString()}\n${error.message}\n`);
  process.exit(1);
}
const base64 = Buffer.from(written.get("module.wasm")).toString("base64");
const lines = base64.match(/.{1,140}/g).map((line) => `  "${line}",`);
mkdirSync(join(root, "src/generated"), { recursive: true });
writeFileSync(
  join(root, "src/generated/module.ts"),
  `/** @file Written by build/compile.mjs from assembly/: the WebAssembly module, base64. */\n\nexport const MODULE: readonly string[] = [\n${lines.join("\n")}\n];\n`,
);
