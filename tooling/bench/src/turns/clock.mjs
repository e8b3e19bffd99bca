/** @file Two clocks. One thread is timed by the processor's, which a busy machine lengthens less; several threads only by the wall's. */

/** Seconds of each clock, from any origin. */
export const clocks = {
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  wall: () => performance.now() / 1000,
};

/** The clock for so many threads. */
export const clockFor = (threads) => (threads === 1 ? "processor" : "wall");

/**
 * An entrant's `time` for work in this process.
 * @param {() => unknown} work one call; what it returns is awaited when it is a promise
 */
export function inThisProcess(work) {
  return async (calls, clock) => {
    const read = clocks[clock];
    const start = read();
    for (let call = 0; call < calls; call++) {
      const done = work();
      if (done instanceof Promise) await done;
    }
    return read() - start;
  };
}
