import { packageConfig } from "@mesoscope/config/eslint";

export default packageConfig(import.meta.dirname);
