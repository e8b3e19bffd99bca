import { packageConfig } from "@mesoscope/config/eslint";

export default [{ ignores: ["calibration/dist/"] }, ...packageConfig(import.meta.dirname)];
