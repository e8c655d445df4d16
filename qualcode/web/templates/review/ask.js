"use strict";
// Asking the program. One question of a kind at a time; an answer that comes too late is dropped.

const state = {
  filter: { show: DATA.blind ? "all" : "codings", status: "undecided", code: "", below: true, rule: "", document: "", search: "", refused: false },
  codes: new Map(), // id -> code, in the order of the codebook
  documents: new Map(),
  entry: null, // what is shown, null where nothing passes the filter
  places: null, // how far the work is
  around: 3,
  saving: false, // a decision is on its way
  loading: 0, // entries that are on their way
  ended: false,
};

/** Ask `name`; returns `{status, data}`, status 0 where the program does not answer. */
async function ask(name, body) {
  try {
    const answer = await fetch(`/api/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Qualcode": "1" },
      body: JSON.stringify({ lang, around: state.around, filter: state.filter, ...body }),
      credentials: "same-origin",
    });
    const text = await answer.text();
    let data = {};
    try { data = JSON.parse(text); } catch { data = { message: text.trim() }; }
    return { status: answer.status, data };
  } catch {
    return { status: 0, data: {} };
  }
}

/** Whether what is shown is what a key is meant for: nothing is on its way that would replace it. */
const ready = () => !state.saving && !state.loading && !state.ended;

const here = () => (state.entry ? { segment: state.entry.segment, code: state.entry.code } : null);

/** Show what could not be done until the person closes it; `again` tries it once more. */
function complain(text, again) {
  const box = $("alert");
  fill(
    box,
    el("p", {}, text),
    again ? el("button", { type: "button", id: "retry", onclick: () => { hush(); again(); } }, say("retry")) : null,
    el("button", { type: "button", onclick: hush }, say("dismiss")),
  );
  box.hidden = false;
}

function hush() {
  $("alert").hidden = true;
  fill($("alert"));
}

/** Why an answer is none, in words. */
function reason(answer) {
  if (answer.status === 0 || answer.status === 403) return say("notsaved.gone");
  return `${say("notsaved")}: ${answer.data.message || answer.status}`;
}

function tell(...texts) {
  $("outcome").textContent = texts.filter(Boolean).join(" · ");
}
