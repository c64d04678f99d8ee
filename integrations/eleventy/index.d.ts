export interface AlttextOptions {
  /** "check" (default) fails the build if something is left to do; "fix" writes alternatives, and warns of what is left. */
  mode?: "check" | "fix";
  /** The program, or the program and its first arguments. By default `alttext` on the PATH, else `python -m alttext`. */
  command?: string | readonly string[];
  /** More arguments of `alttext check` or `alttext fix`, each a string of its own. */
  args?: readonly string[];
  /** Whether to run after the builds of `--serve` and `--watch`, too. */
  serve?: boolean;
}

interface EleventyConfig {
  on(event: string, listener: (event: any) => unknown): unknown;
  versionCheck(range: string): unknown;
}

export default function alttext(eleventyConfig: EleventyConfig, options?: AlttextOptions): void;
