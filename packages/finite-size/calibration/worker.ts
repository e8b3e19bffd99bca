/** @file A worker of the calibration: blocks of studies in, their counts out. */
import { parentPort } from "node:worker_threads";
import { runBlock, type Block } from "./run.js";

// A promise that is rejected ends the thread with its error, which the run that waits for it then shows.
parentPort?.on("message", (block: Block) => {
  void runBlock(block).then((tally) => {
    parentPort?.postMessage(tally);
  });
});
