/**
 * @file Entry of the root's npm scripts. Written in syntax that any Node with modules can read, so that an old one gets
 * a sentence instead of a SyntaxError: no `node:` imports and no top-level await here.
 */
import process from "process";
import { nodeProblem } from "./src/node-version.mjs";

var problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exit(1);
}
import("./src/jobs.mjs").then(function (module) {
  return module.runJob(process.argv[2], process.argv.slice(3));
});
