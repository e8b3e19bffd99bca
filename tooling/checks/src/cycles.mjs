/** @file No file of a package imports itself by a way round. Imports of types alone vanish and are not counted. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import dpdm from "dpdm";
import { packages } from "./workspace.mjs";

export const title = "cycles: no value imports in a ring";

export async function check(root) {
  const findings = [];
  for (const { folder, path } of packages(root)) {
    if (!existsSync(join(folder, "src"))) continue;
    const tsconfig = join(folder, "tsconfig.json");
    const tree = await dpdm.parseDependencyTree([`${folder}/src/**/*.{ts,mjs}`], {
      context: folder,
      transform: true,
      // Without the compiler's own resolution `./a.js` would not be found to mean a.ts.
      ...(existsSync(tsconfig) ? { tsconfig } : {}),
      extensions: ["", ".ts", ".mjs", ".js", ".json"],
      include: /src/,
      exclude: /node_modules/,
    });
    // An import that leads nowhere would hide a ring.
    for (const { issuer, request, id } of Object.values(tree).flatMap((imports) => imports ?? [])) {
      if (id === null && request.startsWith(".")) findings.push(`${path}/${issuer}: import of ${request}: no such file`);
    }
    for (const ring of dpdm.parseCircular(tree)) {
      findings.push(`${path}: ${[...ring, ring[0]].join(" -> ")}: break the ring by moving what both need into its own file`);
    }
  }
  return findings;
}
