/** @file A crew of one thread that plays several: tasks backwards, each on the scratch of another thread than the one before. What depends on their order shows. */
import type { Crew, CrewSetting } from "../../src/threads/crew.js";

export function scrambled({ threads, task }: CrewSetting): Crew {
  return {
    divide: (count) => {
      for (let index = count - 1; index >= 0; index -= 1) task(index, (index + 1) % threads);
    },
    use: () => ({ asked: threads, running: threads }),
    failure: () => undefined,
    end: () => undefined,
  };
}
