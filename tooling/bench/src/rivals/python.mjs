/** @file A competitor written in Python, in an interpreter of its own for each form and number of threads. rival.py is the other side. */
import { pythonRival } from "../python-rival.mjs";
import { Absent } from "./absent.mjs";

/**
 * @param {object} words
 * @param {string} words.title
 * @param {string} words.form
 * @param {string} words.script beside python-rival.mjs, for example "drift/drift_numpy.py"
 * @param {string} words.needs the Debian package that it imports
 * @param {string} words.name of the form within the script
 */
export const pythonCompetitor = ({ title, form, script, needs, name }) => ({
  title,
  form,
  dtypes: ["f64", "f32"],
  threads: [1, 2],
  open: async (threads) => {
    const rival = pythonRival(script, needs, threads);
    const about = await rival.ask({ about: name, threads }).catch((error) => ({ absent: error.message }));
    if (about.absent !== undefined) {
      rival.end();
      throw new Absent(about.absent);
    }
    const load = async (problem, dtype) => {
      await rival.ask({ keep: asJson(problem), dtype });
      return {
        time: async (calls, clock) => (await rival.ask({ run: name, dtype, calls, clock })).seconds,
        result: async () => Float64Array.from((await rival.ask({ run: name, dtype, calls: 1, clock: "wall", result: true })).result),
        free: () => rival.ask({ forget: dtype }),
      };
    };
    return { version: about.version, load, close: rival.end };
  },
});

const asJson = (problem) => Object.fromEntries(Object.entries(problem).map(([name, value]) => [name, ArrayBuffer.isView(value) ? Array.from(value) : value]));
