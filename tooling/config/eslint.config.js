import { packageConfig } from "./eslint/index.js";

// This package has no compiler project: its one declaration file stands for a script.
export default [{ ignores: ["**/*.d.ts"] }, ...packageConfig(import.meta.dirname)];
