/**
 * @file Every package that is not for Node alone runs in a web page: the first example of its README, from the packed
 * packages, prints there what it prints in Node, number by number to the last bit.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { run } from "./command.mjs";
import { firstExample } from "./readme-examples.mjs";
import { publishedPackages } from "./workspace.mjs";

const recorder = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), "page-recorder.js")).href;

/**
 * Published libraries whose sources are compiled without Node's types: they say that they know nothing of Node.
 * Each with its README's first js block.
 */
export function pagePackages(root) {
  return publishedPackages(root)
    .filter(({ path, folder }) => path.startsWith("packages/") && !forNode(folder))
    .map((one) => ({ ...one, code: exampleOf(one.folder) }));
}

function forNode(folder) {
  const config = join(folder, "tsconfig.build.json");
  return existsSync(config) && /"types"\s*:\s*\[[^\]]*"node"/.test(readFileSync(config, "utf8"));
}

function exampleOf(folder) {
  const readme = join(folder, "README.md");
  const example = existsSync(readme) ? firstExample(readFileSync(readme, "utf8")) : undefined;
  return example?.language === "js" ? example.code : undefined;
}

/** Lines of the recorder among others, as what was given to the console. */
const printed = (lines) => lines.filter((line) => line.startsWith("printed ")).map((line) => JSON.parse(line.slice(8)));

/** What the example prints under the Node that runs this. */
export async function runInNode(project, { name, code }) {
  const place = join(project, "examples", name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "example.mjs"), code);
  const { code: exit, output } = await run(process.execPath, ["--import", recorder, "example.mjs"], { cwd: place, timeout: 60_000 });
  return { printed: printed(output.split("\n")), complaints: exit === 0 ? [] : [output.trim()] };
}

/** Who may try to make code from strings, in the knowledge that a page may refuse. */
const triesAndGoesOn = [
  // Zod asks once, by an empty function; refused, it reads schemas without compiling them.
  "/node_modules/zod/v4/core/util.js",
];

/** What the browser says by itself to an example that asks for something and goes on without. */
const saidAndGoneOn = [
  // WebGPU was asked for, and this browser has been started without a GPU.
  "No available adapters.",
  // A WebGL program on the processor reads its result.
  "GPU stall due to ReadPixels",
];

/**
 * What it prints in a page, and what the browser complains of: errors, refused code, files not found.
 * @param {number} patience in ms
 */
export async function runInPage(browser, server, { name }, patience = 60_000) {
  const page = await browser.newPage();
  const lines = [];
  const complaints = [];
  let late;
  try {
    page.on("console", (message) => {
      if (message.type() === "log") lines.push(message.text());
      else if (!saidAndGoneOn.some((said) => message.text().includes(said))) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
    let end;
    const ended = new Promise((resolve) => (end = resolve));
    late = setTimeout(() => end({ problem: `not at its end after ${patience / 1000} s`, refused: [] }), patience);
    await page.exposeFunction("ended", (result) => end(result));
    await page.goto(server.address(name));
    const { problem, refused } = await ended;
    if (problem) complaints.push(problem);
    for (const { what, where, line } of refused) if (!triesAndGoesOn.includes(where)) complaints.push(`${where}:${line}: ${what} refused`);
    return { printed: printed(lines), complaints };
  } finally {
    clearTimeout(late);
    await page.close();
  }
}

/** What differs between the two runs of one example, in sentences. */
export function differences({ path }, inNode, inPage) {
  const findings = [];
  for (const complaint of inNode.complaints) findings.push(`${path}/README.md: its first example fails in Node: ${complaint}`);
  for (const complaint of inPage.complaints) findings.push(`${path}/README.md: its first example in a page: ${complaint}`);
  if (inNode.printed.length === 0) findings.push(`${path}/README.md: its first example prints nothing`);
  for (let line = 0; line < Math.max(inNode.printed.length, inPage.printed.length); line++) {
    const [one, other] = [inNode, inPage].map((run) => JSON.stringify(run.printed[line]) ?? "nothing");
    if (one !== other) findings.push(`${path}/README.md: its first example prints as line ${line + 1} ${one} in Node and ${other} in a page`);
  }
  return findings;
}
