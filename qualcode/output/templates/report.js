"use strict";
/* Quotes behind numbers. Everything from the material is set as text, never as markup. */
const report = (function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const say = (key, values) => data.said[key].replace(/\{(\w+)\}/g, (all, name) =>
    values && name in values ? String(values[name]) : all);
  const make = (tag, text, attributes) => {
    const element = document.createElement(tag);
    if (text !== undefined && text !== null) element.textContent = text;
    Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };
  const draw = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };

  /* One quote; evidence of the codes asked about stands out, that of others less. */
  function quote(number, codes) {
    const held = data.quotes[number], block = make("blockquote");
    held.text.forEach(([text, own]) => {
      if (!own.length) return block.append(text);
      const mark = make("mark", text);
      mark.title = own.map((code) => data.codes[code].label).join(" + ");
      if (codes && !own.some((code) => codes.includes(code))) mark.className = "other";
      block.append(mark);
    });
    const cite = make("cite", held.ref);
    cite.title = held.id;
    block.append(" ", cite);
    return block;
  }

  /* Show quotes under a title in a box that was empty; Esc closes it and leads back. */
  function show(box, title, note, groups, back, codes) {
    const head = make("h3", title, { tabindex: "-1" }), close = make("button", say("close"), { type: "button" });
    close.addEventListener("click", () => leave());
    const leave = () => {
      box.replaceChildren();
      box.hidden = true;
      if (back && back.isConnected) back.focus();
    };
    box.hidden = false;
    box.onkeydown = (event) => { if (event.key === "Escape") leave(); };
    const list = make("ol");
    groups.forEach((group) => {
      const item = make("li");
      item.append(...group.map((number) => quote(number, codes)));
      list.append(item);
    });
    box.replaceChildren(head, make("p", note, { class: "note" }), list, close);
    head.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
    return leave;
  }

  function openRow(cell, button) {
    const row = cell.parentElement, after = row.nextElementSibling;
    const there = after && after.classList.contains("quoted") ? after : null;
    const mine = there && there.dataset.of === String(cell.cellIndex);
    if (there) there.remove();
    row.querySelectorAll("button[aria-expanded=true]").forEach((one) => one.setAttribute("aria-expanded", "false"));
    if (mine) return;
    const numbers = cell.dataset.behind.split(" ").map(Number);
    const shown = make("tr", null, { class: "quoted" }), wide = make("td", null, { colspan: row.cells.length });
    const box = make("div", null, { class: "quotes" });
    shown.dataset.of = cell.cellIndex;
    wide.append(box);
    shown.append(wide);
    row.after(shown);
    button.setAttribute("aria-expanded", "true");
    const total = Number(button.textContent);
    const note = Number.isFinite(total) && total >= numbers.length
      ? say("quotes", { shown: numbers.length, n: total }) : say("some");
    show(box, what(row), note, numbers.map((number) => [number]), button);
    new MutationObserver(() => {
      if (!box.hidden) return;
      shown.remove();
      button.setAttribute("aria-expanded", "false");
    }).observe(box, { attributes: true, attributeFilter: ["hidden"] });
  }

  /* What a row is about: its words, without its numbers. */
  const what = (row) => Array.from(row.cells).filter((cell) => !cell.classList.contains("n") && !cell.dataset.behind)
    .map((cell) => cell.textContent).filter((text) => text && text !== "–" && text.length < 60).slice(0, 4).join(" · ");

  document.querySelectorAll("td[data-behind]").forEach((cell) => {
    const button = make("button", cell.textContent, { type: "button", class: "behind", "aria-expanded": "false" });
    button.setAttribute("aria-label", cell.textContent + ": " + say("show", { what: what(cell.parentElement) }));
    button.addEventListener("click", () => openRow(cell, button));
    cell.replaceChildren(button);
  });

  /* What the widgets share: fields, options, a table. */
  function field(text, input) {
    const label = make("label");
    if (input.type === "checkbox") label.append(input, " " + text);
    else label.append(text + " ", input);
    return label;
  }
  function select(pairs, chosen) {
    const made = make("select");
    pairs.forEach(([value, text]) => {
      const option = make("option", text);
      option.value = value;
      option.selected = String(value) === String(chosen);
      made.append(option);
    });
    return made;
  }
  function table(heads, caption) {
    const made = make("table"), head = make("tr");
    made.append(make("caption", caption), make("thead"), make("tbody"));
    heads.forEach((text, i) => head.append(make("th", text, { scope: "col", class: i ? "n" : "" })));
    made.tHead.append(head);
    return made;
  }
  const number = (value, digits) => (value === null ? "–" : value.toFixed(digits === undefined ? 2 : digits));
  const percent = (value) => (value === null ? "–" : (100 * value).toFixed(value < 0.1 && value > 0 ? 1 : 0) + "%");
  return { data, say, make, draw, show, field, select, table, number, percent };
})();
