/**
 * @file What one imported function costs a page: its bundle, tree-shaken and minified, in bytes.
 * rolldown is pinned exactly in package.json: another release may minify to another number of bytes.
 */
import { rolldown } from "rolldown";

const ENTRY = "\0entry";

/** Bytes of the minified bundle of `export { names } from entry` (all exports if no names are given), dependencies included. */
export async function bundleSize(entry, names) {
  const code = names === undefined ? `export * from ${JSON.stringify(entry)};` : `export { ${names.join(", ")} } from ${JSON.stringify(entry)};`;
  const virtual = {
    name: "entry",
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) => (id === ENTRY ? code : null),
  };
  const bundle = await rolldown({ input: ENTRY, plugins: [virtual], platform: "neutral", logLevel: "silent" });
  try {
    const { output } = await bundle.generate({ format: "esm", minify: true });
    return output.reduce((sum, chunk) => sum + (chunk.type === "chunk" ? Buffer.byteLength(chunk.code) : 0), 0);
  } finally {
    await bundle.close();
  }
}

/** [name, bytes] of every name alone, in the order given. */
export async function bundleSizes(entry, names) {
  const sizes = [];
  for (const name of names) sizes.push([name, await bundleSize(entry, [name])]);
  return sizes;
}
