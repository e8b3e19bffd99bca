/**
 * Writes gpu.js as one module, unchanged, into vendor/. It is carried inside the package because its own
 * manifest names two native packages that nothing here calls (`webgpu`, 84 MB, and `gl`, compiled on the spot): whoever installs
 * @mesoscope/backend-gpujs gets neither. Not minified: that is for whoever bundles a page.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const gpu = dirname(require.resolve("gpu.js/package.json"));
const beside = createRequire(join(gpu, "package.json"));

/** `gl` is asked for inside a try block, which allows for its absence; `worker_threads` by gpu.js's asynchronous mode in Node only, which is not used. */
const withoutNode = {
  name: "without-node",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(gl|worker_threads)$/ }, () => ({ path: "none", namespace: "absent" }));
    onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "module.exports = undefined;" }));
  },
};

const licences = ["gpu.js", "gpu-mock.js", "acorn"].map((name) => {
  const folder = name === "gpu.js" ? gpu : dirname(beside.resolve(`${name}/package.json`));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}`;
});
const { outputFiles } = await build({
  stdin: { contents: 'export { GPU, input } from "gpu.js/src/index.js";', resolveDir: root, sourcefile: "entry.js" },
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  target: "es2022",
  legalComments: "none",
  write: false,
  logLevel: "warning",
  plugins: [withoutNode],
});
const code = `/*!\n${licences.join("\n\n---\n\n").replaceAll("*/", "* /")}\n*/\n${outputFiles[0].text}`;
const types = 'import type { Library } from "../src/library.js";\n\nexport const GPU: Library["GPU"];\nexport const input: Library["input"];\n';
mkdirSync(join(root, "vendor"), { recursive: true });
writeFileSync(join(root, "vendor/gpu.js"), code);
writeFileSync(join(root, "vendor/gpu.d.ts"), types);
