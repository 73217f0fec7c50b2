// One answer's mark: as the gradebook has it, what is not saved yet, and what went wrong.
"use strict";
import { ask } from "./talk.js";

export class Mark {
  constructor(told, question, changed) {
    this.now = told; // as the gradebook has it
    this.question = question;
    this.changed = changed; // called whenever anything of this is another
    this.wanted = {}; // to be saved
    this.sent = null; // on its way
    this.theirs = null; // what somebody else has put there meanwhile
    this.error = ""; // what the server refused, in words
    this.waits = false; // why it could not be saved: to be sent again
    this.at = 0; // when the gradebook was last heard of
  }

  get id() { return this.now.id; }
  get saved() { return !this.sent && !Object.keys(this.wanted).length; }
  get points() { return this.value("points"); }
  get comment() { return this.value("comment"); }
  get empty() { return this.now.empty && this.points === null; }
  get awaited() {
    const pending = { ...this.sent, ...this.wanted };
    if (!("points" in pending)) return this.now.awaited;
    return pending.points === null ? !this.now.empty : Boolean(pending.awaited);
  }

  value(part) {
    for (const held of [this.wanted, this.sent || {}]) if (part in held) return held[part];
    return this.now[part];
  }

  change(part) {
    this.error = "";
    if ("points" in part) delete this.wanted.awaited;
    Object.assign(this.wanted, part);
    this.changed(this);
  }

  // What is said while something is on its way is sent after it.
  async save() {
    if (this.sent || this.theirs || this.saved) return;
    this.sent = this.wanted;
    this.wanted = {};
    this.changed(this);
    let goOn = false;
    try {
      const place = { question: this.question, id: this.id, seen: this.now.version };
      this.now = await ask("PUT", "mark", { ...place, ...this.sent });
      this.waits = false;
      goOn = true;
    } catch (refused) {
      this.refused(refused);
    }
    this.sent = null;
    this.at = performance.now();
    this.changed(this);
    if (goOn) await this.save();
  }

  refused(why) {
    if (why.status === 400) {
      this.error = why.message;
      return;
    }
    const mine = { ...this.sent, ...this.wanted };
    if (why.status === 409) {
      // An answer that was lost on its way: what we sent is there.
      const same = Object.entries(this.sent).every(([k, v]) => k === "awaited" || why.now[k] === v);
      if (same && why.now.answer === this.now.answer) {
        this.now = why.now;
        return;
      }
      this.theirs = why.now;
    } else {
      this.waits = why;
    }
    this.wanted = mine;
  }

  // Of two marks the person decides for one.
  settle(mine) {
    this.now = this.theirs;
    this.theirs = null;
    if (!mine) this.wanted = {};
    this.changed(this);
    return this.save();
  }

  // What the gradebook held when it was asked; what was saved since, or is to be, stays.
  refresh(told, when) {
    if (!this.saved || this.at > when || told.version === this.now.version) return;
    this.now = told;
    this.changed(this);
  }
}

// What was changed, in order; a comment that is written in one go is one change.
export class History {
  constructor() { this.done = []; }

  note(mark, kind) {
    const last = this.done.at(-1);
    if (kind === "comment" && last?.open && last.mark === mark) return;
    this.close();
    this.done.push({ mark, kind, was: mark.value(kind), awaited: mark.awaited, open: true });
  }

  // Whatever comes next is a change of its own.
  close() { if (this.done.length) this.done.at(-1).open = false; }

  // Takes the last change back; returns the mark that it was one of.
  undo() {
    const last = this.done.pop();
    if (!last) return null;
    const part = { [last.kind]: last.was };
    if (last.kind === "points" && last.was !== null) part.awaited = last.awaited;
    last.mark.change(part);
    last.mark.save();
    return last.mark;
  }
}
