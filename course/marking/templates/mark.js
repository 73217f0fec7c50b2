// The page: which question, which answer, what keys do.
"use strict";
import { Card, named, plain } from "./card.js";
import { History, Mark } from "./saving.js";
import { ask, enter, show } from "./talk.js";

const CHUNK = 25; // answers that are fetched at once
const LOOK = 20_000; // milliseconds until others' marks are looked for
const AGAIN = 2_000; // until what could not be saved is sent again
const TWO = 700; // between two digits of one number
const LETTERS = "asdfghjkl";
const find = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 860px)");
const past = new History();
const left = new Set(); // marks of other questions that are not saved yet
let sheet = null, cards = new Map(), here = null, names = null, kept = [], typed = { text: "", at: 0 };

// ---- what is said

let silence = 0;
function tell(words) {
  find("told").textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => { find("told").textContent = ""; }, 5_000);
}

function alarm(words) {
  find("alarm").hidden = !words;
  if (find("alarm").textContent !== words) find("alarm").textContent = words;
}

async function asked(...what) {
  try {
    const told = await ask(...what);
    return told;
  } catch (refused) {
    alarm(refused.message);
    throw refused;
  }
}

const marks = () => [...cards.values()].map((card) => card.mark);
const unsaved = () => [...marks(), ...left].filter((mark) => !mark.saved);

function say(key, waiting) {
  const option = [...find("question").options].find((one) => one.value === key);
  option.textContent = option.name + (waiting ? ` · ${waiting} ${waiting === 1 ? "waits" : "wait"}` : " · all marked");
}

function count() {
  const all = marks().filter((mark) => !mark.empty);
  const done = all.filter((mark) => !mark.awaited).length;
  const changed = all.filter((mark) => mark.awaited && mark.points !== null).length;
  const empty = cards.size - all.length;
  find("bar").max = all.length || 1;
  find("bar").value = done;
  find("count").textContent = `${done} of ${all.length} marked` +
    (changed ? `, ${changed} changed since` : "") + (empty ? `, ${empty} left empty` : "");
  document.title = `${done} of ${all.length} · ${sheet.name}`;
  find("undo").disabled = !past.done.length;
  say(sheet.key, all.length - done);
}

function changed(mark) {
  const card = cards.get(mark.id);
  if (card?.mark === mark) {
    card.show();
    const answer = (mark.theirs || mark.now).answer;
    if (card.loaded && card.loaded !== answer) { card.loaded = ""; load([mark.id]); }
    count();
  }
  if (mark.saved) left.delete(mark);
  const troubled = unsaved().find((one) => one.waits);
  alarm(troubled ? `${troubled.waits.message} Not saved yet: it stays on this page, and is sent again.` : "");
}

// ---- what is done to a mark

const act = {
  points(mark, points) {
    past.note(mark, "points");
    past.close();
    mark.change({ points });
    mark.save().then(() => {
      if (mark.saved && !mark.error) tell(`${mark.points === null ? "No points" : named(mark.points)}, saved. ${find("count").textContent}.`);
    });
  },
  half(mark) {
    const points = mark.points ?? 0;
    const wanted = points % 1 ? Math.floor(points) : points + 0.5;
    if (wanted > mark.now.max) return tell(`This question has at most ${named(mark.now.max)}.`);
    act.points(mark, wanted);
  },
  comment(mark, comment) {
    past.note(mark, "comment");
    mark.change({ comment });
  },
  close() { past.close(); },
  async keep(mark) {
    if (!mark.comment.trim()) return tell("There is no comment to keep.");
    showKept(await asked("PUT", "comment", { question: sheet.key, text: mark.comment }));
    tell("Kept for use again.");
  },
};

function digit(mark, text) {
  const { max } = mark.now;
  const next = typed.mark === mark && Date.now() - typed.at < TWO && max >= 10 ? typed.text + text : text;
  const points = Number(next) <= max ? next : text;
  if (Number(points) > max) return tell(`This question has at most ${named(max)}.`);
  typed = { mark, text: points, at: Date.now() };
  act.points(mark, Number(points));
}

function use(text) {
  const { mark } = cards.get(here);
  const lines = `\n${mark.comment}\n`;
  const there = lines.includes(`\n${text}\n`);
  const comment = there ? lines.replace(`\n${text}\n`, "\n") : `${mark.comment}\n${text}`;
  past.close();
  act.comment(mark, comment.trim());
  past.close();
  mark.save();
}

function undo() {
  const mark = past.undo();
  if (!mark) return tell("There is nothing to undo.");
  if (cards.get(mark.id)?.mark === mark) go(mark.id);
  tell("Undone.");
  find("undo").disabled = !past.done.length;
}

// ---- where one is

function go(id) {
  if (!id) return;
  const card = cards.get(id);
  const tall = card.root.offsetHeight > innerHeight * 0.7;
  card.root.focus({ preventScroll: true });
  card.root.scrollIntoView({ block: tall ? "start" : "center" });
}

function at(id) {
  if (here === id) return;
  cards.get(here)?.root.classList.remove("here");
  here = id;
  cards.get(id).root.classList.add("here");
  sessionStorage.setItem(`at ${sheet.key}`, id);
  place();
}

// On a narrow page what can be used again stands with the answer.
function place() {
  const where = narrow.matches && here ? cards.get(here).root : find("beside");
  if (find("again").parentNode !== where) where.append(find("again"));
}

const order = () => [...find("answers").children].map((root) => root.dataset.id).filter(Boolean);

function step(by) {
  const ids = order();
  go(ids[ids.indexOf(here) + by]);
}

function next() {
  const ids = order();
  const from = ids.indexOf(here) + 1;
  const waiting = [...ids.slice(from), ...ids.slice(0, from)].filter((id) => cards.get(id).mark.awaited);
  if (waiting.length) go(waiting[0]);
  else tell("No answer to this question waits.");
}

function arrange(how) {
  const all = [...cards.values()];
  const by = {
    any: (card) => card.number,
    mixed: () => Math.random(),
    short: (card) => card.length,
    long: (card) => -card.length,
    waiting: (card) => (card.mark.awaited ? 0 : 1) * 1e6 + card.number,
  }[how];
  const keys = new Map(all.map((card) => [card, by(card)]));
  all.sort((one, other) => keys.get(one) - keys.get(other) || one.number - other.number);
  find("answers").append(...all.map((card) => card.root));
  if (here) go(here);
}

// ---- what is fetched

async function load(ids) {
  const { key } = sheet;
  const told = await asked("GET", "answers", null, [["question", key], ...ids.map((id) => ["id", id])]);
  for (const [id, one] of Object.entries(told)) if (sheet.key === key) cards.get(id)?.fill(one);
}

async function loadAll() {
  const { key } = sheet;
  const ids = order();
  const from = Math.max(0, ids.indexOf(here));
  const first = [...ids.slice(from), ...ids.slice(0, from)];
  for (let i = 0; i < first.length && sheet.key === key; i += CHUNK) await load(first.slice(i, i + CHUNK));
}

async function open(key) {
  for (const mark of unsaved()) left.add(mark);
  const told = await asked("GET", "sheet", null, { question: key });
  find("beside").append(find("again"));
  sheet = told;
  here = names = null;
  past.done = [];
  find("names").setAttribute("aria-pressed", "false");
  find("order").value = "any";
  show(key);
  find("question").value = key;
  find("task").innerHTML = told.task;
  find("guide").innerHTML = told.guide || "<p>None is in the source notebook.</p>";
  cards = new Map(told.marks.map((one, i) => [one.id, new Card(new Mark(one, key, changed), i + 1, act)]));
  find("answers").replaceChildren(...[...cards.values()].map((card) => card.root));
  if (!cards.size) find("answers").textContent = "Nobody has handed in an answer to this question.";
  showKept(told.comments);
  count();
  const before = sessionStorage.getItem(`at ${key}`);
  const waiting = marks().find((mark) => mark.awaited);
  const first = cards.has(before) ? before : (waiting || marks()[0])?.id;
  if (first) go(first);
  await loadAll();
}

function showKept(texts) {
  kept = texts;
  find("none").hidden = texts.length > 0;
  find("kept").replaceChildren(...texts.map((text, i) => {
    const line = document.createElement("li");
    const use_ = document.createElement("button");
    const drop = document.createElement("button");
    use_.type = drop.type = "button";
    use_.className = "use";
    if (LETTERS[i]) use_.append(Object.assign(document.createElement("kbd"), { textContent: LETTERS[i] }));
    use_.append(Object.assign(document.createElement("span"), { textContent: text }));
    use_.addEventListener("click", () => here && use(text));
    drop.textContent = "×";
    drop.setAttribute("aria-label", `Keep no longer: ${text}`);
    drop.addEventListener("click", async () => {
      showKept(await asked("DELETE", "comment", { question: sheet.key, text }));
    });
    line.append(use_, drop);
    return line;
  }));
}

async function showNames() {
  const button = find("names");
  const on = button.getAttribute("aria-pressed") !== "true";
  names = on ? await asked("GET", "names", null, { question: sheet.key }) : null;
  button.setAttribute("aria-pressed", String(on));
  for (const card of cards.values()) card.call(names?.[card.mark.id] || "");
}

async function look() {
  if (document.hidden || !sheet) return;
  const { key } = sheet, when = performance.now();
  const told = await ask("GET", "marks", null, { question: key }).catch(() => null);
  if (!told || sheet.key !== key) return;
  for (const one of told.marks) cards.get(one.id)?.mark.refresh(one, when);
}

// ---- keys

function inField(event) {
  const card = cards.get(here);
  if (!event.target.closest("article")) return;
  const text = event.target.tagName === "TEXTAREA";
  const onward = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (event.key !== "Escape" && !onward && (text || event.key !== "Enter")) return;
  event.preventDefault();
  card.root.focus({ preventScroll: true });
  if (onward) next();
}

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: next,
  ".": () => act.half(cards.get(here).mark),
  c: () => cards.get(here).root.querySelector("textarea").focus(),
  x: () => act.points(cards.get(here).mark, null),
  "+": () => act.keep(cards.get(here).mark),
  u: undo,
  v: showNames,
  q: () => find("question").focus(),
  "?": () => find("keys").showModal(),
};

function onKey(event) {
  const { target, key } = event;
  if (find("keys").open) return;
  if (target.matches("input, textarea, select")) return inField(event);
  if (event.ctrlKey || event.altKey || event.metaKey || !find("on").checked) return;
  if (key === "Enter" && target.matches("button, summary, a")) return;
  const text = kept[LETTERS.indexOf(key)];
  const does = /^\d$/.test(key) ? () => digit(cards.get(here).mark, key)
    : key.length === 1 && LETTERS.includes(key) ? text && (() => use(text)) : KEYS[key];
  if (!does || (!here && !["?", "q"].includes(key))) return;
  event.preventDefault();
  does();
}

// ---- begin

// The server was started again, and its address is opened on this page: what waits is saved after all.
async function again() {
  await enter().catch((refused) => alarm(refused.message));
  if (!sheet) return begin();
  show(sheet.key);
  for (const mark of unsaved()) mark.save();
}

addEventListener("keydown", onKey);
addEventListener("hashchange", again);
addEventListener("focusin", (event) => {
  const root = event.target.closest?.("article");
  if (root) at(root.dataset.id);
});
addEventListener("beforeunload", (event) => { if (unsaved().length) event.preventDefault(); });
addEventListener("pagehide", () => unsaved().forEach((mark) => mark.save()));
narrow.addEventListener("change", place);
document.addEventListener("visibilitychange", look);
find("question").addEventListener("change", (event) => open(event.target.value));
find("order").addEventListener("change", (event) => arrange(event.target.value));
find("names").addEventListener("click", showNames);
find("undo").addEventListener("click", undo);
find("help").addEventListener("click", () => find("keys").showModal());
setInterval(look, LOOK);
setInterval(() => unsaved().filter((mark) => mark.waits).forEach((mark) => mark.save()), AGAIN);

function group(section) {
  const there = [...find("question").children].find((one) => one.label === section);
  if (there) return there;
  const made = Object.assign(document.createElement("optgroup"), { label: section });
  find("question").append(made);
  return made;
}

async function begin() {
  let wanted, all;
  try {
    wanted = await enter();
    all = await ask("GET", "questions");
  } catch (refused) {
    return alarm(refused.message);
  }
  for (const one of all) {
    group(one.section).append(Object.assign(new Option(one.name, one.key), { name: one.name }));
    say(one.key, one.waiting);
  }
  const first = all.find((one) => one.key === wanted) || all.find((one) => one.waiting) || all[0];
  await open(first.key);
}
begin();
