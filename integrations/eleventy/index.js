import { existsSync } from "node:fs";

import { run, settings } from "./run.js";

/** Plugin of Eleventy: checks or fixes the pages of a build once they are written. */
export default function alttext(eleventyConfig, options) {
  eleventyConfig.versionCheck(">=3");
  const chosen = settings(options, { serve: false });
  eleventyConfig.on("eleventy.after", async ({ directories, runMode, outputMode }) => {
    const isWritten = outputMode === "fs" && existsSync(directories.output);
    if (isWritten && (runMode === "build" || chosen.serve)) {
      await run(directories.output, chosen, console.warn);
    }
  });
}
