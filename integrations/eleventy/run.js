/**
 * Runs the command `alttext` on what a build has written.
 *
 * The packages alttext-eleventy and alttext-astro have the same copy of this file, so that neither needs another package.
 */
import { spawn } from "node:child_process";

const PLACES = [["alttext"], ["python3", "-m", "alttext"], ["python", "-m", "alttext"]];
const DEFAULTS = { mode: "check", command: undefined, args: [] };
const MODES = ["check", "fix"];
const LEFT = 1; // exit code: something needs a person

/** Returns the options with their defaults. Throws where one is wrong, so that no build has to run first. */
export function settings(given = {}, defaults = {}) {
  const known = { ...DEFAULTS, ...defaults };
  const unknown = Object.keys(given).find((name) => !(name in known));
  if (unknown !== undefined) {
    throw new TypeError(`alttext: unknown option ${unknown}; there are ${Object.keys(known).join(", ")}`);
  }
  const all = { ...known, ...given };
  if (!MODES.includes(all.mode)) {
    throw new TypeError(`alttext: mode is "check" or "fix", not ${JSON.stringify(all.mode)}`);
  }
  if (!Array.isArray(all.args)) {
    throw new TypeError('alttext: args is a list with one string for each argument, such as ["--ignore", "svg-without-name"]');
  }
  return all;
}

/**
 * Checks or fixes a folder, with the report on the terminal.
 *
 * Rejects if the command cannot do its work and, in check mode, if something is left. In fix mode that is a warning.
 */
export async function run(folder, { mode, command, args }, warn) {
  const program = await find(command);
  // The output is written anew by each build: there is nothing in it to keep a ledger of.
  const own = mode === "fix" ? ["--no-ledger"] : [];
  const code = await exitCode([...program, mode, ...own, ...args, "--", folder]);
  if (code === 0) return;
  if (code === LEFT && mode === "fix") {
    warn("alttext: some images are left for a person, see above");
    return;
  }
  throw new Error(code === LEFT ? "alttext: images without a text alternative, see above" : `alttext: failed (${code})`);
}

async function find(command) {
  const places = command === undefined ? PLACES : [[command].flat()];
  for (const place of places) {
    if (await isAlttext(place)) return place;
  }
  if (command !== undefined) {
    throw new Error(`alttext: the option "command" is ${JSON.stringify(command)}, which does not run alttext`);
  }
  throw new Error(
    "alttext: there is no command alttext. Install it with: pip install alttext-clip\n" +
      'Where it is installed but not on the PATH, name it: command: ".venv/bin/alttext"',
  );
}

/** Whether a program is this alttext: other projects have commands and modules of that name, too. */
function isAlttext([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, "--version"], { stdio: ["ignore", "pipe", "ignore"] });
    let said = "";
    child.stdout.on("data", (data) => (said += data));
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0 && /^alttext \d/.test(said)));
  });
}

function exitCode([program, ...args]) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
}
