// An answer on the page: what was written, the points and the comment.
"use strict";
const PAUSE = 600; // milliseconds after the last stroke
const BUTTONS = 12; // more points than that are typed

export const plain = (points) => String(Math.round(points * 1000) / 1000);
export const named = (points) => `${plain(points)} ${points === 1 ? "point" : "points"}`;

export class Card {
  constructor(mark, number, act) {
    this.mark = mark;
    this.number = number;
    this.act = act; // what is done to a mark
    this.length = 0;
    this.loaded = "";
    const made = document.getElementById("card").content.cloneNode(true);
    this.root = made.querySelector("article");
    this.part = (selector) => this.root.querySelector(selector);
    this.root.dataset.id = mark.id;
    this.part("h2").id = `h-${mark.id}`;
    this.root.setAttribute("aria-labelledby", `h-${mark.id}`);
    this.part(".points").setAttribute("aria-label", `Points of answer ${number}`);
    this.part(".of").textContent = `of ${plain(mark.now.max)}`;
    this.call("");
    this.makeButtons();
    this.listen();
    this.show();
  }

  call(name) {
    this.part("h2").textContent = `Answer ${this.number}${name ? ` · ${name}` : ""}`;
  }

  fill(told) {
    this.part(".body").innerHTML = told.html; // cleaned by the server; the policy lets no script run
    this.length = told.length;
    this.loaded = told.answer;
  }

  makeButtons() {
    const most = this.mark.now.max;
    const steps = most <= BUTTONS ? [...Array(Math.floor(most) + 1).keys()] : [];
    if (steps.length && most % 1) steps.push(most);
    for (const points of steps) {
      this.button(plain(points), () => this.act.points(this.mark, points)).dataset.points = points;
    }
    this.half = this.button("½", () => this.act.half(this.mark));
    this.half.setAttribute("aria-label", "Half a point more, or less again");
  }

  button(label, does) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", (event) => {
      does();
      if (event.detail) this.root.focus({ preventScroll: true }); // a pointer's: keys go on
    });
    this.part(".points").append(button);
    return button;
  }

  listen() {
    const number = this.part("input");
    const text = this.part("textarea");
    let wait = 0;
    const typed = () => {
      clearTimeout(wait);
      const value = number.value.trim();
      if (number.validity.badInput) this.act.points(this.mark, NaN);
      else if (value !== this.written()) this.act.points(this.mark, value === "" ? null : Number(value));
    };
    number.max = this.mark.now.max;
    number.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(typed, PAUSE); });
    number.addEventListener("change", typed);
    text.addEventListener("input", () => {
      this.act.comment(this.mark, text.value);
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.mark.save(), PAUSE);
      this.fit();
    });
    text.addEventListener("blur", () => this.leave());
    this.part(".keep").addEventListener("click", () => this.act.keep(this.mark));
  }

  written() { return this.mark.points === null ? "" : plain(this.mark.points); }

  // Whoever leaves the field waits for no pause.
  leave() {
    clearTimeout(this.pause);
    this.act.close();
    this.mark.save();
  }

  fit() {
    const text = this.part("textarea");
    text.rows = Math.min(12, text.value.split("\n").length);
  }

  show() {
    const { mark } = this;
    const { points, comment, now } = mark;
    const kind = mark.empty ? "empty" : !mark.awaited ? "marked" : points === null ? "waits" : "changed";
    this.root.classList.remove("empty", "marked", "waits", "changed");
    this.root.classList.add(kind);
    const count = points === null ? "" : `${plain(points)} of ${named(now.max)}`;
    const extra = now.extra ? `, ${plain(now.extra)} extra` : "";
    this.part(".state").textContent = extra && !count ? extra.slice(2) : {
      waits: "Waits for you",
      empty: "Left as it was handed out: 0 points",
      changed: `Changed since it was marked: ${count}`,
      marked: count,
    }[kind] + extra;
    for (const button of this.part(".points").children) {
      const rest = points === null ? NaN : points % 1 === 0.5 && points < now.max ? points - 0.5 : points;
      button.setAttribute("aria-pressed", String(Number(button.dataset.points) === rest));
    }
    this.half.setAttribute("aria-pressed", String(points !== null && points % 1 === 0.5));
    const number = this.part("input");
    const text = this.part("textarea");
    if (document.activeElement !== number) number.value = this.written();
    if (text.value !== comment && !(document.activeElement === text && !mark.theirs)) {
      text.value = comment;
      this.fit();
    }
    this.part(".keep").hidden = !comment.trim();
    this.part(".saved").textContent = mark.theirs || mark.waits || mark.error ? "Not saved"
      : mark.sent ? "Saving …" : !mark.saved ? "Not saved yet" : this.touched ? "Saved" : "";
    this.touched ||= !mark.saved;
    this.warn();
  }

  warn() {
    const { mark } = this;
    const box = this.part(".alert");
    const said = mark.theirs ? this.overtaken() : mark.error;
    if (box.dataset.said === said) return;
    box.dataset.said = said;
    box.hidden = !said;
    box.replaceChildren();
    if (!said) return;
    const words = document.createElement("p");
    words.textContent = said;
    box.append(words);
    for (const [label, mine] of mark.theirs ? [["Keep that", false], ["Put mine in its place", true]] : []) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
      button.addEventListener("click", () => { mark.settle(mine); this.root.focus({ preventScroll: true }); });
      box.append(button);
    }
  }

  overtaken() {
    const { theirs, wanted, now } = this.mark;
    const say = (points, comment) =>
      `${points === null ? "no points" : named(points)}, ${comment ? `“${comment}”` : "no comment"}`;
    const mine = say("points" in wanted ? wanted.points : now.points, wanted.comment ?? now.comment);
    const other = theirs.answer !== now.answer
      ? "The student's answer was graded again meanwhile; above stands the new one."
      : "Somebody else has marked this answer meanwhile.";
    return `${other} Yours is not saved.\nThere: ${say(theirs.points, theirs.comment)}\nYours: ${mine}`;
  }
}
