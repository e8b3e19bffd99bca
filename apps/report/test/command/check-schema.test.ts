import { Ajv2020 } from "ajv/dist/2020.js";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { tell, temporaryFolder } from "../fixtures/world.js";

const catalogue = new URL("../../dist/composition.js", import.meta.url).href;
const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));
const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

let fits: (content: unknown) => boolean;
beforeAll(async () => {
  const told = await tell(folder.path, ["check", "--schema"], { catalogue });
  expect(told).toMatchObject({ status: 0, stderr: "" });
  // Strict: a keyword that JSON Schema does not know, or one that cannot act, is refused.
  fits = new Ajv2020({ strict: true, strictRequired: false }).compile(JSON.parse(told.stdout) as object) as typeof fits;
});

describe("the published schema of study files", () => {
  it("takes the bundled examples", () => {
    const files = readdirSync(examples).filter((name) => name.endsWith(".yaml"));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect([file, fits(parse(readFileSync(join(examples, file), "utf8")))]).toEqual([file, true]);
  });

  it("is one draft 2020-12 document, with an alternative for each study that names its parameters", async () => {
    const schema = JSON.parse((await tell(folder.path, ["check", "--schema"], { catalogue })).stdout) as { $schema: string; oneOf: { properties: { study?: { const: string }; parameters: { properties?: object } } }[] };
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    const studies = JSON.parse((await tell(folder.path, ["studies", "--json"], { catalogue })).stdout) as { id: string; parameters: { properties: object } }[];
    const named = schema.oneOf.flatMap(({ properties: { study, parameters } }) => (study === undefined ? [] : [[study.const, Object.keys(parameters.properties ?? {})]]));
    expect(named).toEqual(studies.map(({ id, parameters }) => [id, Object.keys(parameters.properties)]));
    expect(schema.oneOf).toHaveLength(studies.length + 1);
  });

  // What one value may be, the schema and the reader must say alike.
  it.each([
    ["a study alone", { study: "growth-rates" }, true],
    ["everything set", { study: "circle-emergence", level: "quick", seed: 7, parameters: { beta: 0.5, sizes: [64, 128] } }, true],
    ["no study", { level: "quick" }, false],
    ["an unknown study", { study: "growth-rate" }, false],
    ["study and pair", { study: "growth-rates", pair: "./x.mjs" }, false],
    ["an unknown name", { study: "growth-rates", levle: "quick" }, false],
    ["an unknown level", { study: "growth-rates", level: "fast" }, false],
    ["a parameter of another study", { study: "growth-rates", parameters: { rivalBetas: [2] } }, false],
    ["a value out of range", { study: "circle-emergence", parameters: { beta: 0 } }, false],
    ["a number for a list", { study: "growth-rates", parameters: { betas: 0.5 } }, false],
    ["text for a number", { study: "circle-emergence", parameters: { beta: "0.5" } }, false],
    ["an empty seed", { study: "growth-rates", seed: "" }, false],
    ["a seed that rings", { study: "growth-rates", seed: "a\u0007" }, false],
    ["half a seed", { study: "growth-rates", seed: 0.5 }, false],
    ["a design of a study", { study: "growth-rates", design: { sizes: [1] } }, false],
  ])("%s: says what `check` says", async (_, content, valid) => {
    expect(fits(content)).toBe(valid);
    writeFileSync(join(folder.path, "study.json"), JSON.stringify(content));
    const told = await tell(folder.path, ["check", "study.json"], { catalogue });
    expect([told.status, told.stderr]).toEqual([valid ? 0 : 2, ""]);
  });
});
