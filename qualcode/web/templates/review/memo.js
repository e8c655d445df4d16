"use strict";
// A memo on the coding, the segment, the document or the code. What was typed stays until it is written.

function openMemo() {
  if (!state.entry || !ready()) return;
  const kinds = state.entry.code && !DATA.blind ? ["coding", "segment", "document", "code"] : ["segment", "document"];
  fill($("memo-on"), el("legend", {}, say("memo.on")), kinds.map((kind, at) =>
    el("label", {}, el("input", { type: "radio", name: "memo-on", value: kind, checked: at === 0 }), " ", say(`on.${kind}`))));
  $("memo-wrong").textContent = "";
  $("memo").showModal();
  $("memo-text").focus();
}

async function saveMemo() {
  const text = $("memo-text").value.trim();
  if (!text || state.saving) return;
  const kind = new FormData($("memo-form")).get("memo-on");
  const on = {
    coding: { code: state.entry.code },
    segment: { code: "" },
    document: { segment: "", document: state.entry.document.id, code: "" },
    code: { segment: "", code: state.entry.code },
  }[kind];
  const done = await decide({ action: "memo", memo: text, settles: false, ...on }, (why) => { $("memo-wrong").textContent = why; });
  if (done) {
    $("memo-text").value = "";
    $("memo").close();
  }
}

function closeMemo() {
  if (!$("memo-text").value.trim() || window.confirm(say("memo.keep"))) {
    $("memo-text").value = "";
    $("memo").close();
  }
}

function startMemo() {
  $("memo-form").addEventListener("submit", (event) => { event.preventDefault(); saveMemo(); });
  $("memo-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); saveMemo(); }
  });
  $("memo").addEventListener("cancel", (event) => { event.preventDefault(); closeMemo(); });
  $("memo-cancel").addEventListener("click", closeMemo);
  window.addEventListener("beforeunload", (event) => {
    if (state.saving || ($("memo").open && $("memo-text").value.trim())) event.preventDefault();
  });
}
