"use strict";
// Choosing a code by typing part of its name; a name that is no code can become one (open:...).

const chooser = { action: "add", options: [], at: 0, used: [] };
const MOST = 60;

function openChooser(action) {
  if (!state.entry || !ready() || (action === "recode" && !state.entry.code)) return;
  chooser.action = action;
  $("chooser-head").textContent = action === "recode" ? `${say("choose.recode")} (${labelOf(state.entry.code)})` : say("choose.add");
  $("chooser-find").value = "";
  $("chooser-wrong").textContent = "";
  findCodes();
  $("chooser").showModal();
  $("chooser-find").focus();
}

/** How well a code fits what was typed: lower is better, -1 not at all. */
function fits(code, typed) {
  const names = [code.id, ...Object.values(code.name)].map((name) => name.toLowerCase());
  if (names.includes(typed)) return 0;
  if (names.some((name) => name.startsWith(typed))) return 1;
  if (names.some((name) => name.includes(typed))) return 2;
  const parts = typed.split(/\s+/);
  return parts.every((part) => names.some((name) => name.includes(part))) ? 3 : -1;
}

/** A code of one's own from what was typed; "" where it cannot be one. */
function ownCode(typed) {
  const name = typed.replace(/^open[:：]\s*/i, "").trim().normalize("NFC").replace(/\s+/g, "_");
  const whole = `open:${name}`;
  return name && !/[\s.#@;:,/\\]/.test(name) && !state.codes.has(whole) ? whole : "";
}

function findCodes() {
  const typed = $("chooser-find").value.trim().toLowerCase();
  const taken = new Set(chooser.action === "recode" ? [state.entry.code] : []);
  const all = [...state.codes.values()].filter((code) => !taken.has(code.id));
  let found;
  if (!typed) {
    const used = chooser.used.map((id) => state.codes.get(id)).filter((code) => code && !taken.has(code.id));
    found = [...used, ...all.filter((code) => !used.includes(code))].map((code) => ({ code }));
  } else {
    found = all.map((code) => ({ code, fit: fits(code, typed) })).filter((one) => one.fit >= 0).sort((a, b) => a.fit - b.fit);
  }
  chooser.options = found.slice(0, typed ? MOST : 500);
  const own = ownCode($("chooser-find").value.trim());
  if (own && !(found[0] && found[0].fit === 0)) chooser.options.push({ own });
  chooser.at = 0;
  renderOptions(!typed);
}

function renderOptions(tree) {
  const has = new Set(state.entry.codings.map((one) => one.code));
  fill($("chooser-list"), chooser.options.map((one, at) => {
    if (one.own) return choice(at, "", words(say("choose.new", { code: one.own })));
    const label = spoken(one.code.name);
    return choice(at, tree ? `depth${Math.min(one.code.level, 4)}` : "", [
      ...words(label), " ", label === one.code.id ? null : el("span", { className: "id" }, one.code.id), has.has(one.code.id) ? ` · ${say("choose.has")}` : null]);
  }));
  pointAt(chooser.at);
}

function choice(at, className, children) {
  return el("li", { id: `choice-${at}`, role: "option", className, "aria-selected": "false", onclick: () => { pointAt(at); takeChoice(); } }, children);
}

function pointAt(at) {
  const many = chooser.options.length;
  for (const node of $("chooser-list").children) node.setAttribute("aria-selected", "false");
  if (!many) {
    $("chooser-find").removeAttribute("aria-activedescendant");
    $("chooser-about").textContent = say("choose.none");
    return;
  }
  chooser.at = (at + many) % many;
  const node = $(`choice-${chooser.at}`);
  node.setAttribute("aria-selected", "true");
  node.scrollIntoView({ block: "nearest" });
  $("chooser-find").setAttribute("aria-activedescendant", node.id);
  const { code } = chooser.options[chooser.at];
  fill($("chooser-about"), code ? words(spoken(code.definition)) : "");
}

async function takeChoice() {
  const one = chooser.options[chooser.at];
  if (!one || state.saving) return;
  const code = one.own || one.code.id;
  const body = chooser.action === "recode" ? { action: "recode", code: state.entry.code, to: code } : { action: "add", code };
  const done = await decide(body, (text) => { $("chooser-wrong").textContent = text; });
  if (done) {
    chooser.used = [code, ...chooser.used.filter((id) => id !== code)].slice(0, 5);
    $("chooser").close();
  }
}

function startChooser() {
  $("chooser-find").addEventListener("input", findCodes);
  $("chooser-find").addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // Enter belongs to the input method
    if (event.key === "ArrowDown") pointAt(chooser.at + 1);
    else if (event.key === "ArrowUp") pointAt(chooser.at - 1);
    else if (event.key === "Enter") takeChoice();
    else return;
    event.preventDefault();
  });
  $("chooser-form").addEventListener("submit", (event) => event.preventDefault());
  $("chooser-cancel").addEventListener("click", () => $("chooser").close());
}
