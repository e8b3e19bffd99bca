import { packageConfig } from "@mesoscope/config/eslint";

export default [{ ignores: ["**/*.d.ts"] }, ...packageConfig(import.meta.dirname)];
