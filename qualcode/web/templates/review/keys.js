"use strict";
// The keyboard alone suffices: single keys wherever no text is being typed.

const OTHER_KEYS = [
  { key: "S", does: "help.settle", run: () => { if (!$("settle-line").hidden) $("settle").checked = !$("settle").checked; } },
  { key: "X", does: "help.more", run: () => moreContext() },
  { key: "/", does: "help.search", run: () => { $("fold").open = true; $("f-search").focus(); $("f-search").select(); } },
  { key: "F", does: "help.filter", run: () => { $("fold").open = true; (DATA.blind ? $("f-status") : $("f-show")).focus(); } },
  { key: "L", does: "help.list", run: () => ($("list").querySelector("[aria-current]") || $("list-head").parentElement.querySelector("button")).focus() },
  { key: "?", does: "help.help", run: () => openHelp() },
];
const HELP = { accept: "help.accept", reject: "help.reject", recode: "help.recode", add: "help.add" };

function moreContext() {
  if (!state.entry || $("more").hidden) return;
  state.around = Math.min(state.around + 6, 60);
  show({ here: here() });
}

function openHelp() {
  const own = [...VERDICTS, ...WALKS].filter((one) => !(DATA.blind && one.needs)).map((one) => ({ key: one.key, does: HELP[one.id] || one.id }));
  const rows = [...own, ...OTHER_KEYS.filter((one) => !(DATA.blind && one.key === "S")), { key: "Ctrl+Z", does: "undo" }, { key: "Ctrl+Y", does: "redo" }, { key: "Esc", does: "help.close" }];
  fill($("help-rows"), rows.map((one) => el("tr", {}, el("td", {}, el("kbd", {}, one.key)), el("td", {}, say(one.does)))));
  $("help").showModal();
}

function typingIn(node) {
  const dialog = node instanceof Element && node.closest("dialog");
  if (dialog && !dialog.open) return false; // closed a moment ago: the browser moves the focus with the next frame
  return node instanceof HTMLElement && (node.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(node.tagName)) && !["checkbox", "radio"].includes(node.type);
}

function pressed(event) {
  if (event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    hush();
    focusEntry();
    return;
  }
  if (typingIn(event.target) || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    const again = event.key.toLowerCase() === "y" || (event.shiftKey && event.key.toLowerCase() === "z");
    if (again || event.key.toLowerCase() === "z") {
      event.preventDefault();
      if (!event.repeat) undo(again);
    }
    return;
  }
  if (!$("single").checked) return;
  const shifted = event.shiftKey && /^[a-z]$/i.test(event.key) ? `Shift+${event.key.toUpperCase()}` : event.key.toUpperCase();
  const name = { ARROWRIGHT: "J", ARROWLEFT: "K", "？": "?", "、": "/", "／": "/" }[shifted] || shifted;
  const found = [...VERDICTS, ...WALKS, ...OTHER_KEYS].find((one) => one.key === name);
  if (!found) return;
  event.preventDefault();
  if (event.repeat && found.id !== "skip" && found.id !== "back") return; // a key held down decides once
  found.run(event.repeat);
}

function startKeys() {
  document.addEventListener("keydown", pressed);
  $("open-help").addEventListener("click", openHelp);
  $("help-close").addEventListener("click", () => $("help").close());
  $("more").addEventListener("click", moreContext);
}
