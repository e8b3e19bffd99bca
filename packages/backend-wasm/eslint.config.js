import { packageConfig } from "@mesoscope/config/eslint";

// The sources of the module are AssemblyScript, which its own compiler checks; what it makes of them is data.
export default [{ ignores: ["assembly/", "src/generated/"] }, ...packageConfig(import.meta.dirname)];
