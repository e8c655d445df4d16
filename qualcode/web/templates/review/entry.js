"use strict";
// The segment in the middle: where it stands, its words, its codes, and what can be done about it.

let walks = 0;

/** Ask for an entry and show it. */
async function show(body) {
  const walk = ++walks;
  state.loading += 1;
  const answer = await ask("entry", body);
  state.loading -= 1;
  if (walk !== walks) return;
  if (answer.status !== 200) { complain(reason(answer)); return; }
  take(answer.data);
  if (answer.data.wrapped) tell(say(body.walk === "previous" ? "wrappedback" : "wrapped"));
  else if (body.walk || body.here) tell("");
}

/** Take in what an answer shows: an entry, or that there is none. */
function take(data) {
  const before = here();
  state.entry = data.entry ?? null;
  state.places = data.entry ?? data;
  if (!state.entry || !before || state.entry.segment !== before.segment || state.entry.code !== before.code) {
    $("settle").checked = false;
  }
  render();
  remember();
  followList();
}

function render() {
  renderProgress();
  renderVerdicts();
  $("entry").hidden = !state.entry;
  $("empty").hidden = Boolean(state.entry);
  if (!state.entry) { renderEmpty(); return; }
  renderHead(state.entry);
  renderContext(state.entry);
  renderCodings(state.entry);
  renderMemos(state.entry);
  showCode(state.entry.code);
  showEvidence(state.entry);
}

function renderProgress() {
  const { scope, all } = state.places;
  $("bar").max = Math.max(scope.of, 1);
  $("bar").value = scope.decided;
  $("progress-text").textContent = say("progress", scope);
  $("progress-all").textContent = all.of === scope.of ? "" : `(${say("progressall", all)})`;
}

function renderHead(entry) {
  const { document: doc, at } = entry;
  const title = [doc.title || doc.id, doc.title ? doc.id : "", doc.kind ? say(`kind.${doc.kind}`) : "", doc.date, doc.case].filter(Boolean).join(" · ");
  const role = at.role ? say(`role.${at.role}`) : "";
  const from = [at.speaker, at.speaker === role ? "" : role, at.actor, at.time, at.section, at.article, doc.split === "test" ? say("testdoc") : ""].filter(Boolean).join(" · ");
  fill($("current"), words(title), " ", el("small", {}, words([entry.segment, from].filter(Boolean).join(" · "))));
}

/** Whose words follow; a Chinese name takes a Chinese colon, whatever the page speaks. */
function speaks(name) {
  return el("span", { className: "label" }, words(`${name}${/\p{Script=Han}/u.test(name) ? "：" : ":"}`));
}

function beside(one) {
  const kind = one.heading ? "beside heading" : one.asks ? "beside asks" : "beside";
  return el("p", { className: kind, dir: "auto" }, one.speaker ? speaks(one.speaker) : null, words(one.text));
}

function piece([text, kind, codes]) {
  if (!kind) return words(text);
  const title = kind === "own" ? say("mark.own") : say(`mark.${kind}`, { codes: codes.map(labelOf).join(", ") });
  return el("mark", { className: kind, title }, words(text));
}

/** Say a speaker's name only where it changes. */
function named(rows) {
  let last = null;
  return rows.map((one) => {
    const shown = { ...one, speaker: one.speaker === last ? "" : one.speaker };
    last = one.speaker;
    return shown;
  });
}

function renderContext(entry) {
  const now = { speaker: entry.at.speaker, here: true };
  const rows = named([...entry.before, now, ...entry.after]);
  fill(
    $("context"),
    entry.question ? el("p", { className: "beside asks", id: "question" }, speaks(say("question")), words(entry.question)) : null,
    rows.map((one) => one.here
      ? el("p", { className: "here", id: "here", dir: "auto", lang: entry.document.language || lang }, one.speaker ? speaks(one.speaker) : null, entry.text.map(piece).flat())
      : beside(one)),
  );
  $("more").hidden = !(entry.more.before || entry.more.after);
}

function said(one) {
  const key = one.action === "accept" && !one.code ? "said.accept.none" : `said.${one.action}`;
  return say(key, { code: labelOf(one.code), to: labelOf(one.to), memo: plainWords(one.memo) });
}

function renderCodings(entry) {
  fill($("again"), entry.again.length ? [el("strong", {}, say("again")), ...entry.again.map((one) =>
    el("div", {}, words(say("again.was", { coder: one.coder, said: said({ memo: "", ...one }), words: one.words }))))] : null);
  const rows = entry.codings.map((one) => el(
    "li",
    { className: one.code === entry.code ? "now" : "", ...(one.code === entry.code ? { "aria-current": "true" } : {}) },
    el("span", { className: "name" }, words(labelOf(one.code))),
    DATA.blind ? null : el("span", { className: `badge ${one.status}` }, say(`status.${one.status}`)),
    one.counts || DATA.blind ? null : el("span", { className: "soft" }, say("notcounted")),
    el("span", { className: "soft" }, words([
      one.machine ? say("bymachine") : "",
      one.mine ? `${DATA.coder}: ${said(one.mine)}` : "",
      ...one.others.map((other) => `${other.coder}: ${said(other)}`),
    ].filter(Boolean).join(" · "))),
    one.mine ? el("button", { type: "button", className: "quiet", "aria-label": `${say("takeback")}: ${said(one.mine)}`, onclick: () => undo(false, one.mine.id) }, say("takeback")) : null,
  ));
  fill($("coding-list"), rows);
  if (!rows.length) fill($("coding-list"), el("li", { className: "soft" }, entry.looked ? say("status.looked") : say("nocodings")));
  $("settle-line").hidden = !entry.codings.some((one) => one.code === entry.code && one.status === "conflict");
}

function renderMemos(entry) {
  $("memos").hidden = !entry.memos.length;
  fill($("memo-list"), entry.memos.map((one) => el(
    "li",
    {},
    el("span", { className: "label" }, `${plainWords(one.coder)}, ${say(`on.${one.on}`)}`),
    words(one.text),
    " ",
    one.mine ? el("button", { type: "button", className: "quiet", "aria-label": `${say("takeback")}: ${plainWords(one.text)}`, onclick: () => undo(false, one.id) }, say("takeback")) : null,
  )));
}

function renderEmpty() {
  const { scope } = state.places;
  $("current").textContent = scope.of ? say("done") : say("nothing");
  for (const id of ["code", "evidence", "usage"]) fill($(id));
  fill(
    $("empty"),
    el("p", {}, scope.of ? say("donewhy", scope) : ""),
    DATA.blind || state.filter.show !== "codings" ? null : el("button", { type: "button", onclick: () => setFilter({ show: "uncoded" }) }, say("showuncoded")),
    " ",
    state.filter.status === "all" ? null : el("button", { type: "button", onclick: () => setFilter({ status: "all" }) }, say("showall")),
  );
}

function focusEntry() {
  $("current").focus({ preventScroll: false });
}
