/**
 * Compiles assembly/ to src/generated/module.ts: the bytes of the module as text, so that they load the same way in Node, in a
 * browser, in a worker and under a bundler. Fixed-width SIMD only: relaxed instructions have other bits on other machines.
 * Beside it src/generated/helper.ts: the program of the helping threads, as text, too.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import asc from "assemblyscript/asc";
import { build } from "esbuild";

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
const module = written.get("module.wasm");

/** Where the flags of the imported memory are: 1 has a maximum, 3 has one and is shared. Nothing else differs between the two. */
function memoryFlags() {
  const name = [3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2]; // "env", "memory", the kind of a memory
  const at = module.findIndex((_, index) => name.every((byte, k) => module[index + k] === byte)) + name.length;
  const shared = Uint8Array.from(module);
  shared[at] = 3;
  if (at < name.length || module[at] !== 1 || !WebAssembly.validate(shared)) throw new RangeError("build/compile.mjs: the import of the memory was not found");
  return at;
}

const { outputFiles } = await build({ entryPoints: [join(root, "src/threads/helper.ts")], bundle: true, minify: true, format: "iife", target: "es2022", write: false });

function textOf(comment, text) {
  return `/** @file Written by build/compile.mjs: ${comment}. */\n\n${text}\n`;
}

const lines = Buffer.from(module).toString("base64").match(/.{1,140}/g).map((line) => `  "${line}",`);
const bytes = `/** Where the byte is that says whether the memory is shared. */\nexport const MEMORY_FLAGS: number = ${memoryFlags()};\n\nexport const MODULE: readonly string[] = [\n${lines.join("\n")}\n];`;
mkdirSync(join(root, "src/generated"), { recursive: true });
writeFileSync(join(root, "src/generated/module.ts"), textOf("assembly/ as a WebAssembly module, base64", bytes));
writeFileSync(join(root, "src/generated/helper.ts"), textOf("src/threads/helper.ts with what it imports, as text", `export const HELPER: string = ${JSON.stringify(outputFiles[0].text)};`));
