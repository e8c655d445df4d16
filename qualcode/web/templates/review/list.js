"use strict";
// The list of entries that pass the filter, a page at a time.

const ROWS = 40;
const SIGNS = { accepted: "✓", rejected: "✗", recoded: "→", added: "+", conflict: "≠", review_again: "!", looked: "✓", unreviewed: "·" };
const list = { start: 0, of: 0, asked: 0 };

function row(one) {
  const now = state.entry && one.segment === state.entry.segment && one.code === state.entry.code;
  const names = one.codes.length ? one.codes.map(labelOf).join(" · ") : one.code ? labelOf(one.code) : say("nocode");
  const status = one.status || (one.codes.length ? "added" : "");
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", onclick: () => show({ here: { segment: one.segment, code: one.code } }).then(focusEntry), ...(now ? { "aria-current": "true" } : {}) },
      el("span", { className: `sign ${status}`, "aria-hidden": "true" }, SIGNS[status] || "·"),
      el("span", {}, names),
      status && status !== "unreviewed" ? el("span", { className: "unseen" }, ` (${say(`status.${status}`)})`) : null,
      " ",
      el("span", { className: "id" }, one.segment),
      el("span", { className: "words" }, words(one.text)),
    ),
  );
}

async function showList(start) {
  const asked = ++list.asked;
  const answer = await ask("list", { start });
  if (asked !== list.asked || answer.status !== 200) return;
  Object.assign(list, { start: answer.data.start, of: answer.data.of });
  fill($("list"), answer.data.rows.map(row));
  const last = list.start + answer.data.rows.length;
  $("list-range").textContent = list.of ? say("listrange", { first: list.start + 1, last, of: list.of }) : "0";
  $("list-back").setAttribute("aria-disabled", String(list.start === 0));
  $("list-on").setAttribute("aria-disabled", String(last >= list.of));
  bringIntoView($("left"), $("list").querySelector("[aria-current]"));
}

/** Scroll a pane, never the page, so far that a row in it is seen. */
function bringIntoView(pane, row) {
  if (!row || pane.scrollHeight <= pane.clientHeight) return;
  const [inside, outside] = [row.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (inside.top < outside.top) pane.scrollTop -= outside.top - inside.top;
  else if (inside.bottom > outside.bottom) pane.scrollTop += inside.bottom - outside.bottom;
}

/** Show the page of the list on which the entry stands. */
function followList() {
  const place = state.places ? state.places.place : 0;
  return showList(Math.floor(place / ROWS) * ROWS);
}

function startList() {
  $("list-back").addEventListener("click", () => { if (list.start > 0) showList(Math.max(list.start - ROWS, 0)); });
  $("list-on").addEventListener("click", () => { if (list.start + ROWS < list.of) showList(list.start + ROWS); });
}
