/**
 * @file The bytes of every kernel in both precisions are those that are committed, so that another engine, another machine and another
 * release of the compiler are held against them. `BYTES=write npx vitest run bytes` writes them anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { wasmBackend } from "../src/index.js";
import { kernelHashes } from "./bytes/hashes.js";

const file = new URL("fixtures/bytes.json", import.meta.url);

test("the same bytes as ever", async () => {
  const hashes = await kernelHashes(wasmBackend());
  if (process.env["BYTES"] === "write") writeFileSync(file, `${JSON.stringify(hashes, null, 2)}\n`);
  expect(hashes).toEqual(JSON.parse(readFileSync(file, "utf8")));
});
