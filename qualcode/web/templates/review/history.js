"use strict";
// The coder's latest decisions: where they are, and taking back any of them.

async function openHistory() {
  const answer = await ask("history", {});
  if (answer.status !== 200) { complain(reason(answer)); return; }
  renderHistory(answer.data.decisions);
  $("past").showModal();
}

function renderHistory(decisions) {
  fill($("past-list"), decisions.map((one) => el(
    "li",
    {},
    el("span", { className: one.holds ? "" : "gone" }, words(said(one))),
    one.holds ? null : ` (${say("history.gone")})`,
    " ",
    el("span", { className: "id" }, words(one.segment)),
    one.words ? el("div", { className: "soft" }, words(one.words)) : null,
    one.segment ? el("button", { type: "button", className: "quiet", onclick: () => { $("past").close(); show({ here: { segment: one.segment, code: one.action === "memo" ? "" : one.code } }).then(focusEntry); } }, say("go")) : null,
    " ",
    one.holds ? el("button", { type: "button", className: "quiet", "aria-label": `${say("takeback")}: ${said(one)}`, onclick: async () => { await undo(false, one.id); $("past").close(); } }, say("takeback")) : null,
  )));
  if (!decisions.length) fill($("past-list"), el("li", {}, say("history.none")));
}

function startHistory() {
  $("open-history").addEventListener("click", openHistory);
  $("past-close").addEventListener("click", () => $("past").close());
}
