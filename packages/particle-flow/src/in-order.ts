/** @file Calls on one ensemble take effect in the order in which they were made, whether or not the caller waits between them. */

/** A runner that starts each task when the one before has ended; a failed task does not stop the next. */
export function inOrder(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
