// Makes the forms of the review quicker to use. Everything works without it, by sending them.
"use strict";

const PAUSE = 400; // milliseconds without typing until a text is looked at
const POLL = 1500;
const KEYS = "alttext-keys";

const find = (selector) => document.querySelector(selector);
const form = find("#answer");
const box = find("#box");
const live = find("#live");

document.documentElement.classList.add("scripted");

function tell(text) {
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 60); // a change, also where the words are the same
}

// The edit box: length, remarks, and what a screen reader would say.

let timer = 0;
let told = "";

function show(seen) {
  find("#count").textContent = seen.length;
  find("#then").textContent = seen.heard;
  const rows = seen.remarks.map((remark) => {
    const row = document.createElement("li");
    row.textContent = remark;
    return row;
  });
  find("#remarks").replaceChildren(...rows);
  const remarks = seen.remarks.join(" ");
  if (remarks !== told && remarks) tell(remarks);
  told = remarks;
}

async function look() {
  const text = box.value;
  const body = new URLSearchParams({ text });
  try {
    const reply = await fetch(`/look/${form.dataset.task}`, { method: "POST", body });
    if (reply.ok && text === box.value) show(await reply.json());
  } catch {
    tell("The review has ended in the terminal.");
  }
}

function length() {
  const count = [...box.value.trim().replace(/\s+/g, " ")].length;
  find("#count").textContent = count === 1 ? "1 character" : `${count} characters`;
}

function edited() {
  length();
  sessionStorage.setItem(form.dataset.task, box.value);
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

// As `added` does on the other side, but at the cursor, and so that the browser can undo it.
function insert(phrase) {
  const before = box.value.slice(0, box.selectionEnd).trimEnd();
  const after = box.value.slice(box.selectionEnd);
  let text = `, ${phrase}`;
  if (!before) text = phrase.slice(0, 1).toUpperCase() + phrase.slice(1);
  else if (before.endsWith("(")) text = phrase;
  else if (/[,;:–—]$/.test(before)) text = ` ${phrase}`;
  if (after.trim() && !/^[\s,.;:)]/.test(after)) text += " ";
  const focused = document.activeElement;
  const start = before.length;
  box.focus({ preventScroll: true });
  box.setSelectionRange(start, box.selectionEnd);
  document.execCommand("insertText", false, text); // the only way that keeps the undo of the browser
  focused.focus({ preventScroll: true });
  tell(`Added: ${phrase}. The text is now: ${box.value}`);
}

if (box) {
  const kept = sessionStorage.getItem(form.dataset.task);
  if (kept && !box.value && form.dataset.state === "open") {
    box.value = kept;
    length();
    look();
  }
  box.setSelectionRange(box.value.length, box.value.length);
  box.addEventListener("input", edited);
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "insert") {
      event.preventDefault();
      insert(button.dataset.phrase);
    } else {
      sessionStorage.removeItem(form.dataset.task);
    }
  });
}

// Keys. Those without a modifier can be turned off: https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts

const follow = (selector) => find(selector)?.click();
const SINGLE = {
  e: () => box?.focus(),
  d: () => follow("#decorative"),
  s: () => follow("#skip"),
  u: () => follow("#undo"),
  j: () => follow('a[rel="next"]'),
  k: () => follow('a[rel="prev"]'),
};
const listens = () => !document.cookie.split("; ").includes(`${KEYS}=off`);

const keys = find(".keys");
const switched = find("#keys-on");
keys.hidden = false;
switched.checked = listens();
switched.addEventListener("change", () => {
  document.cookie = `${KEYS}=${switched.checked ? "on" : "off"}; Path=/; Max-Age=31536000; SameSite=Strict`;
});

document.addEventListener("keydown", (event) => {
  if (box && event.target.form === form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(find("#write"));
  } else if (event.target === box && event.key === "Escape") {
    find("#task").focus();
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat && listens()) {
    if (event.target.closest("input, textarea, select")) return;
    const act = SINGLE[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }
});

// While pictures are being looked at.

const looking = find("#looking");

async function poll() {
  try {
    const state = await (await fetch("/state")).json();
    find('label[for="progress"]').textContent = state.said;
    find("#progress").max = Math.max(1, state.total);
    find("#progress").value = state.answered;
    if (find("#waiting") && (state.total || !state.is_looking)) location.assign("/");
    if (state.is_looking) {
      setTimeout(poll, POLL);
    } else {
      looking.hidden = true;
      tell(`All pictures were looked at: ${state.said}.`);
    }
  } catch {
    tell("The review has ended in the terminal.");
  }
}

if (!looking.hidden) setTimeout(poll, POLL);
