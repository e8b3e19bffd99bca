/**
 * @file An installed project as a web site of this machine alone: one page per example, under a content security policy
 * that lets in the site's own files and the import map and nothing else (no code from strings, no other host).
 */
import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { importMap } from "./page-map.mjs";

const recorder = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "page-recorder.js"), "utf8");

/**
 * Runs the example, and says when it is at its end and what the browser refused: code made from a string does not show
 * on the console where the attempt is caught. A task of its own before the end, because refusals come as events.
 */
const main = `import "/recorder.js";
const refused = [];
globalThis.addEventListener("securitypolicyviolation", ({ blockedURI, sourceFile, lineNumber }) => {
  if (blockedURI.endsWith("eval")) refused.push({ what: blockedURI, where: new URL(sourceFile).pathname, line: lineNumber });
});
const end = (problem) => setTimeout(() => globalThis.ended({ problem, refused }), 0);
import("./example.js").then(() => end(""), (error) => end(error?.stack ?? String(error)));
`;

function pageFor(map) {
  const text = JSON.stringify(map);
  const hash = createHash("sha256").update(text).digest("base64");
  return {
    // Code from strings is refused; a WebAssembly module, which can do nothing that it is not handed, is let in.
    policy: `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    html: `<!doctype html><meta charset="utf-8"><title>example</title><script type="importmap">${text}</script><script type="module" src="main.js"></script>`,
  };
}

/**
 * Serves a project from a free port of the loopback.
 * @param {string} project with node_modules
 * @param {{ name: string, code: string }[]} examples package and its example
 * @returns {Promise<{ address: (name: string) => string, close: () => Promise<void> }>}
 */
export async function serve(project, examples) {
  const root = realpathSync(project);
  const files = new Map([["/recorder.js", { text: recorder }]]);
  for (const { name, code } of examples) {
    const { html, policy } = pageFor(importMap(root, name));
    files.set(`/run/${name}/`, { text: html, policy });
    files.set(`/run/${name}/main.js`, { text: main });
    files.set(`/run/${name}/example.js`, { text: code });
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const { text, policy = "default-src 'none'" } = files.get(path) ?? { text: installed(root, path) };
    if (text === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "content-type": `${/\.m?js$/.test(path) ? "text/javascript" : "text/html"}; charset=utf-8`,
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
    });
    response.end(text);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    address: (name) => `${origin}/run/${name}/`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

/** Text of an installed script; undefined for anything else. */
function installed(root, path) {
  if (!path.startsWith("/node_modules/") || !/\.m?js$/.test(path)) return undefined;
  try {
    const file = realpathSync(join(root, path));
    return file.startsWith(join(root, "node_modules") + sep) ? readFileSync(file, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
