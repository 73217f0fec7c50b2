// Speaks to the server. The token goes into a header, which no other page can send.
"use strict";
const key = "token";

export class Refused extends Error {
  constructor(status, told) {
    super(told.error || `The server answers ${status}.`);
    this.status = status;
    this.now = told.now;
  }
}

// Returns the question that the address names; tickets and tokens do not stay in it, nor in the browser's history.
export async function enter() {
  const given = new URLSearchParams(location.hash.slice(1));
  const question = given.get("question") || "";
  if (given.get("token")) sessionStorage.setItem(key, given.get("token"));
  if (given.has("token") || given.has("ticket")) show(question);
  if (given.get("ticket")) {
    sessionStorage.setItem(key, await ask("POST", "ticket", { ticket: given.get("ticket") }));
  }
  return question;
}

export function show(question) {
  history.replaceState(null, "", `#question=${encodeURIComponent(question).replaceAll("%2F", "/")}`);
}

// Status 0: nobody answers.
export async function ask(method, what, sent, query) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(key) || ""}` };
  const body = sent && JSON.stringify(sent);
  if (body) headers["Content-Type"] = "application/json";
  const address = `/api/${what}${query ? `?${new URLSearchParams(query)}` : ""}`;
  let answer, told;
  try {
    answer = await fetch(address, { method, headers, body, keepalive: method === "PUT" });
    told = await answer.json();
  } catch {
    throw new Refused(0, { error: "`course mark` does not answer: is it running?" });
  }
  if (!answer.ok) throw new Refused(answer.status, told);
  return told.is;
}
