"use strict";
// The filter: what the list holds and where the keys lead.

const STATES = DATA.blind
  ? ["all", "undecided", "decided", "added", "looked", "review_again"]
  : ["all", "undecided", "decided", "unreviewed", "accepted", "rejected", "recoded", "added", "review_again", "conflict", "looked"];

function labelOf(code) {
  const found = state.codes.get(code);
  return found ? spoken(found.name) : code;
}

function option(value, text) {
  return el("option", { value }, text);
}

/** Write the choices again: after the language changed, or new codes came. */
function fillFilters() {
  const filter = state.filter;
  fill($("f-show"), ["codings", "uncoded", "all"].map((one) => option(one, say(`show.${one}`))));
  fill($("f-status"), STATES.map((one) => option(one, say(`status.${one}`))));
  const codes = [...state.codes.values()];
  fill($("f-code"), option("", say("any")), codes.map((code) =>
    option(code.id, `${"\u2003".repeat(code.level - 1)}${spoken(code.name)}${spoken(code.name) === code.id ? "" : ` (${code.id})`}`)));
  const inside = codes.filter((code) => !filter.code || code.id === filter.code || code.id.startsWith(`${filter.code}.`));
  fill($("f-rule"), option("", say("any")), inside.flatMap((code) => code.rules).map((rule) => option(rule, rule)));
  fill($("f-document"), option("", say("any")), [...state.documents.values()].map((one) =>
    option(one.id, plainWords([one.id, one.title, one.date].filter(Boolean).join(" · ")))));
  for (const [id, name] of [["f-show", "show"], ["f-status", "status"], ["f-code", "code"], ["f-rule", "rule"], ["f-document", "document"], ["f-search", "search"]]) {
    $(id).value = filter[name];
  }
  $("f-below").checked = filter.below;
  $("f-refused").checked = filter.refused;
  for (const id of ["f-show", "f-rule", "f-refused"]) $(id).closest("label").hidden = DATA.blind;
}

function readFilters() {
  const before = state.filter.code;
  state.filter = {
    show: $("f-show").value || "all",
    status: $("f-status").value || "all",
    code: $("f-code").value,
    below: $("f-below").checked,
    rule: $("f-code").value === before ? $("f-rule").value : "",
    document: $("f-document").value,
    search: $("f-search").value,
    refused: $("f-refused").checked,
  };
}

async function filterChanged() {
  readFilters();
  fillFilters();
  remember();
  await show({ walk: "next", here: null });
}

let typing = 0;

function startFilters() {
  $("filters").addEventListener("change", (event) => { if (event.target.id !== "f-search") filterChanged(); });
  $("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    if ($("f-search").value !== state.filter.search) filterChanged();
    focusEntry();
  });
  $("f-search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(filterChanged, 250);
  });
  $("filters").addEventListener("reset", (event) => {
    event.preventDefault();
    setFilter({ show: DATA.blind ? "all" : "codings", status: "undecided", code: "", below: true, rule: "", document: "", search: "", refused: false });
  });
}

function setFilter(changes) {
  state.filter = { ...state.filter, ...changes };
  fillFilters();
  remember();
  return show({ walk: "next", here: null });
}

/** Keep filter and place for a reload of this tab; nothing outlives the tab. */
function remember() {
  try {
    sessionStorage.setItem("qualcode", JSON.stringify({ filter: state.filter, here: here(), lang }));
  } catch { /* a browser that keeps nothing: a reload begins anew */ }
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem("qualcode")) || {};
  } catch {
    return {};
  }
}
