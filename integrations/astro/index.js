import { fileURLToPath } from "node:url";

import { run, settings } from "./run.js";

/** Integration of Astro: checks or fixes the pages of a build once they are written. */
export default function alttext(options) {
  const chosen = settings(options);
  return {
    name: "alttext-astro",
    hooks: {
      "astro:build:done": ({ dir, logger }) => run(fileURLToPath(dir), chosen, (message) => logger.warn(message)),
    },
  };
}
