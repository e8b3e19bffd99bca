/**
 * @file What one imported function costs a page: its bundle, tree-shaken and minified, in bytes, and the same compressed.
 * rolldown is pinned exactly in package.json: another release may minify to another number of bytes.
 */
import { brotliCompressSync } from "node:zlib";
import { rolldown } from "rolldown";

const ENTRY = "\0entry";

/**
 * [bytes, bytes after Brotli] of the minified bundle of `export { names } from entry` (all exports if no names are given), dependencies included.
 * As a page gets it from a server, and as size-limit counts: without the comments by which one bundler tells the next what is pure.
 */
export async function bundleSize(entry, names) {
  const code = names === undefined ? `export * from ${JSON.stringify(entry)};` : `export { ${names.join(", ")} } from ${JSON.stringify(entry)};`;
  const virtual = {
    name: "entry",
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) => (id === ENTRY ? code : null),
  };
  const bundle = await rolldown({ input: ENTRY, plugins: [virtual], platform: "neutral", resolve: { extensionAlias: { ".js": [".ts", ".js"] } }, logLevel: "silent" });
  try {
    const { output } = await bundle.generate({ format: "esm", minify: true, comments: false });
    const text = output.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")).join("");
    return [Buffer.byteLength(text), brotliCompressSync(text).length];
  } finally {
    await bundle.close();
  }
}

/** [name, bytes, bytes after Brotli] of every name alone, in the order given. */
export async function bundleSizes(entry, names) {
  const sizes = [];
  for (const name of names) sizes.push([name, ...(await bundleSize(entry, [name]))]);
  return sizes;
}
