import { packageConfig } from "@mesoscope/config/eslint";

// What the compiler of AssemblyScript makes is data.
export default [{ ignores: ["src/generated/"] }, ...packageConfig(import.meta.dirname)];
