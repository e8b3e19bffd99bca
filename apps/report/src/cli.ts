#!/usr/bin/env node
import { runProcess } from "./process.js";

await runProcess(new URL("./composition.js", import.meta.url).href);
