import type { Output } from "../world.js";

/** Words on how far a study is: one line that changes on a terminal, a line now and then elsewhere. */
export interface ProgressLine {
  update(done: number, of: number): void;
  end(words: string): void;
}

const framesApart = 100;
const linesApart = 15_000;

/** @param now milliseconds; given so that a test need not wait */
export function progressLine(output: Output, name: string, now: () => number = () => performance.now()): ProgressLine {
  const start = now();
  const isTerminal = output.isTTY === true;
  let last = start;
  if (isTerminal) output.write(`${name} ...`);
  else output.write(`${name}: started\n`);
  return {
    update(done, of) {
      const time = now();
      if (time - last < (isTerminal ? framesApart : linesApart)) return;
      last = time;
      const words = `${name}: ${percent(done, of)} after ${seconds(time - start)}`;
      output.write(isTerminal ? `\r\u001B[2K${words}` : `${words}\n`);
    },
    end(words) {
      output.write(`${isTerminal ? "\r\u001B[2K" : ""}${name}: ${words} (${seconds(now() - start)})\n`);
    },
  };
}

function percent(done: number, of: number): string {
  return `${of > 0 ? Math.min(100, Math.floor((100 * done) / of)) : 0} %`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
