#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { main } from "./command/main.js";

const interruption = new AbortController();
process.once("SIGINT", () => {
  interruption.abort();
});
// A reader that has gone (`| head`) is no fault of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
});

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: async () => (process.stdin.isTTY ? undefined : text(process.stdin)),
  folder: process.cwd(),
  environment: process.env,
  signal: interruption.signal,
  catalogue: new URL("./composition.js", import.meta.url).href,
});
