"use strict";
// Deciding, going on, taking back. Nothing moves on before the program has said that it is written.

const VERDICTS = [
  { id: "accept", key: "A", className: "yes", run: () => accept() },
  { id: "reject", key: "R", className: "no", run: () => reject(), needs: "code" },
  { id: "recode", key: "C", run: () => openChooser("recode"), needs: "code" },
  { id: "add", key: "D", run: () => openChooser("add") },
  { id: "memo", key: "M", run: () => openMemo() },
];
const WALKS = [
  { id: "back", key: "K", run: (held) => step("previous", held === true) },
  { id: "skip", key: "J", run: (held) => step("next", held === true) },
  { id: "next", key: "N", run: () => step("undecided") },
  { id: "undo", key: "U", run: () => undo(false) },
  { id: "redo", key: "Shift+U", run: () => undo(true) },
];

function button(one, text) {
  const made = el("button", { type: "button", id: `do-${one.id}`, className: one.className || "", "aria-keyshortcuts": one.key, onclick: one.run });
  made.append(el("span", {}, text), " ", el("kbd", {}, one.key));
  return made;
}

/** Make the buttons once; later only their words and states change, so that focus stays where it is. */
function renderVerdicts() {
  const entry = state.entry;
  for (const [box, actions] of [[$("verdicts"), VERDICTS], [$("walks"), WALKS]]) {
    if (!box.children.length) box.append(...actions.map((one) => button(one, "")));
    for (const one of actions) {
      const made = $(`do-${one.id}`);
      const text = one.id !== "accept" ? one.id : DATA.blind ? "acceptblind" : entry && !entry.code ? "acceptnone" : "accept";
      made.firstChild.textContent = say(text);
      const off = (one.needs && !(entry && entry.code)) || (one.id === "undo" && !state.places.last) || (one.id === "redo" && !state.places.undone);
      made.hidden = DATA.blind && one.needs === "code";
      made.setAttribute("aria-disabled", String(Boolean(off)));
    }
  }
  const last = state.places.last;
  const taken = state.places.undone;
  $("do-undo").title = last ? said(last) : say("nothingundo");
  $("do-redo").title = taken ? said(taken) : say("nothingredo");
}

const accept = () => state.entry && decide({ action: "accept", code: state.entry.code });
const reject = () => state.entry && state.entry.code && decide({ action: "reject", code: state.entry.code });

let steps = Promise.resolve();

/** Go on or back. Steps asked for quickly are taken one after the other, each from where the last one led. */
function step(walk, held) {
  if (state.saving || state.ended || (held && state.loading)) return;
  state.around = 3;
  steps = steps.then(() => show({ walk, here: here() }));
}

/** Write a decision about the segment shown. Returns whether it is written. */
async function decide(body, trouble) {
  if (!ready() || !state.entry) return false;
  const asked = { segment: state.entry.segment, seen: state.entry.seen, settles: $("settle").checked, ...body };
  return send("decide", { ...asked, here: here() }, outcomeOf(asked), trouble);
}

function outcomeOf(asked) {
  const key = asked.action === "accept" && !asked.code ? "did.accept.none" : `did.${asked.action}`;
  return say(key, { code: labelOf(asked.code || ""), to: labelOf(asked.to || "") });
}

/** Send what is to be written; on failure nothing is shown as done, and it can be tried again. */
async function send(name, body, outcome, trouble) {
  state.saving = true;
  const waiting = setTimeout(() => tell(say("saving")), 400);
  walks += 1; // an entry asked for before this is not wanted any more
  const answer = await ask(name, body);
  clearTimeout(waiting);
  state.saving = false;
  if (answer.status === 200) {
    hush();
    await learnCodes(answer.data.decided);
    const before = here();
    if (answer.data.entry !== undefined || answer.data.scope) { state.around = sameSegment(before, answer.data.entry) ? state.around : 3; take(answer.data); }
    const moved = state.entry && before && !(state.entry.segment === before.segment && state.entry.code === before.code);
    tell(outcome, moved ? goesOn() : "", answer.data.wrapped ? say("wrapped") : "", state.entry ? "" : say("done"));
    return true;
  }
  tell("");
  if (answer.status === 409 && answer.data.entry) {
    take(answer.data);
    const { latest } = answer.data;
    const who = latest && latest.coder !== DATA.coder ? plainWords(latest.coder) : say("you");
    const text = name === "undo" ? say("notsaved.oldundo", { said: latest ? said(latest) : "" }) : say("notsaved.old", { who, said: latest ? said(latest) : say("said.undo") });
    (trouble || complain)(text);
    return false;
  }
  const text = answer.status === 409 ? say("notsaved.oldundo", { said: answer.data.latest ? said(answer.data.latest) : "" }) : reason(answer);
  if (trouble) trouble(text);
  else complain(text, answer.status === 422 ? null : () => send(name, body, outcome, trouble));
  return false;
}

function sameSegment(before, entry) {
  return Boolean(before && entry && before.segment === entry.segment);
}

function goesOn() {
  const text = state.entry.text.map(([part]) => part).join("");
  return say("goeson", { code: state.entry.code ? labelOf(state.entry.code) : say("nocode"), words: plainWords(text.length > 40 ? `${text.slice(0, 40)}…` : text) });
}

/** A code that came into the world by a decision is one of the codes from now on. */
async function learnCodes(decided) {
  const codes = decided ? [decided.code, decided.to].filter(Boolean) : [];
  if (codes.some((code) => !state.codes.has(code))) await learnDesk();
}

/** Take back the latest decision, or the one named; `again` gives the last one taken back its force again. */
async function undo(again, id) {
  if (!ready()) return;
  const target = again ? state.places.undone : state.places.last;
  if (!id && !target) { tell(say(again ? "nothingredo" : "nothingundo")); return; }
  const named = id || target.id;
  const known = id ? null : target;
  const outcome = say(again ? "did.redo" : "did.undo", { said: known ? said(known) : "" }).replace(/[:：] *$/, "");
  await send("undo", { id: named, again, last: !id, here: here() }, outcome);
}
