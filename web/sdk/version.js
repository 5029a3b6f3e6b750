/** The version of this build; a test compares it with pyproject.toml. */
export const VERSION = "0.1.0";
