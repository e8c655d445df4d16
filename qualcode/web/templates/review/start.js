"use strict";
// The beginning: what the desk holds, the language, and the place where a reload left off.

async function learnDesk() {
  const answer = await ask("desk", {});
  if (answer.status !== 200) return answer;
  state.codes = new Map(answer.data.codes.map((code) => [code.id, code]));
  state.documents = new Map(answer.data.documents.map((one) => [one.id, one]));
  const { problems } = answer.data;
  fill($("notices"), problems.length ? el("details", {}, el("summary", {}, say("problems", { n: problems.length })), el("ul", {}, problems.map((one) => el("li", {}, words(one))))) : null);
  fillFilters();
  return answer;
}

async function speak(tongue) {
  lang = tongue;
  speakPage();
  remember();
  await learnDesk();
  tell("");
  await show(state.entry ? { here: here() } : { walk: "next", here: null });
}

async function finish() {
  if (state.saving) return;
  const answer = await ask("stop", {});
  if (answer.status !== 200) { complain(reason(answer)); return; }
  state.ended = true;
  fill(document.querySelector("main"), el("section", { id: "work" }, el("h2", { id: "current", tabIndex: -1 }, say("closed"))));
  $("current").focus();
}

async function start() {
  const before = recall();
  if (before.lang in DATA.said) lang = before.lang;
  if (before.filter) state.filter = { ...state.filter, ...before.filter };
  speakPage();
  startFilters();
  startList();
  startChooser();
  startMemo();
  startHistory();
  startKeys();
  $("tongue").addEventListener("click", () => speak(lang === "zh" ? "en" : "zh"));
  $("finish").addEventListener("click", finish);
  // Who comes back to the tab sees what others, or another window, decided meanwhile.
  window.addEventListener("focus", () => { if (!state.saving && !state.ended && state.entry && !document.querySelector("dialog[open]")) refresh(); });
  if (window.matchMedia("(max-width: 46rem)").matches) $("fold").open = false;
  const answer = await learnDesk();
  if (answer.status !== 200) { complain(reason(answer)); return; }
  await show(before.here ? { here: before.here } : { walk: "next", here: null });
  if (!state.places) await setFilter({ document: "", code: "", rule: "" });
}

/** Look at the same entry again, without a word. */
async function refresh() {
  const walk = ++walks;
  const answer = await ask("entry", { here: here() });
  if (walk === walks && answer.status === 200 && answer.data.entry && answer.data.entry.seen !== state.entry.seen) {
    take(answer.data);
    tell(say("meanwhile"));
  }
}

start();
