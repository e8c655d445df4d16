"use strict";
(function () {
  const { data, say, make, draw, show, field, select, table, percent } = report;
  const root = document.getElementById("widget-timeline"), series = data.timeline;
  if (!root || !series || !series.rows.length) return;
  root.hidden = false;
  const [KIND, GRAIN, PERIOD, CODE, N, OF, DOCUMENTS, SHARE, LOW, HIGH, AT] = Array(11).keys();
  const WIDE = 1100, TALL = 420, LEFT = 70, RIGHT = 20, TOP = 20, BOTTOM = 60, MOST = 6;
  const kinds = Object.keys(series.kinds);
  const state = { kind: kinds[0], grain: "", codes: new Set(series.first) };
  kinds.forEach((kind) => {  /* the one with most to show comes first */
    const size = (one) => series.rows.filter((row) => row[KIND] === one && row[GRAIN] === "year" && row[N]).length;
    if (size(kind) > size(state.kind)) state.kind = kind;
  });

  const form = make("form", null, { class: "filters", "aria-label": root.firstElementChild.textContent });
  const picture = draw("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, role: "img", "aria-label": say("timeline"), class: "drawn" });
  const key = make("p", null, { class: "key" });
  const scroll = make("div", null, { class: "scroll tall", tabindex: "0", role: "group", "aria-label": say("timeline") });
  const list = table([say("period"), say("code"), say("segments"), say("exposure"), say("documents"), say("share"), say("interval")], "");
  const box = make("div", null, { class: "quotes" });
  box.hidden = true;
  scroll.append(list);
  root.append(form, picture, key, scroll, box);
  form.addEventListener("submit", (event) => event.preventDefault());

  /* Columns of rows: see report_data. */
  const kind = select(kinds.map((one) => [one, series.kinds[one]]), state.kind);
  const grain = make("select"), group = make("fieldset");
  kind.addEventListener("change", () => { state.kind = kind.value; choices(); update(); });
  grain.addEventListener("change", () => { state.grain = grain.value; update(); });
  form.append(field(say("kind"), kind), field(say("period"), grain), group);

  const here = () => series.rows.filter((row) => row[KIND] === state.kind && row[GRAIN] === state.grain);
  const called = (period) => (state.grain === "phase" && series.phases[period]) || period;

  function choices() {
    const grains = [...new Set(series.rows.filter((row) => row[KIND] === state.kind).map((row) => row[GRAIN]))];
    if (!grains.includes(state.grain)) state.grain = grains[0];
    grain.replaceChildren(...select(grains.map((one) => [one, say(one)]), state.grain).options);
    grain.value = state.grain;
    const found = series.rows.filter((row) => row[KIND] === state.kind && row[N]).map((row) => row[CODE]);
    const codes = [...new Set(found)].sort((a, b) => data.codes[a].level - data.codes[b].level || a - b);
    group.replaceChildren(make("legend", say("codes")));
    codes.slice(0, 40).forEach((code) => {
      const input = make("input", null, { type: "checkbox" });
      input.checked = state.codes.has(code);
      input.dataset.code = data.codes[code].id;
      input.addEventListener("change", () => {
        state.codes[input.checked ? "add" : "delete"](code);
        update();
      });
      group.append(field(data.codes[code].label, input));
    });
  }

  /* Shapes tell codes apart where colours do not. */
  const SHAPES = [
    (x, y) => draw("circle", { cx: x, cy: y, r: 6 }),
    (x, y) => draw("rect", { x: x - 6, y: y - 6, width: 12, height: 12 }),
    (x, y) => draw("path", { d: `M${x} ${y - 8}l7 13h-14z` }),
    (x, y) => draw("path", { d: `M${x} ${y - 8}l8 8l-8 8l-8 -8z` }),
    (x, y) => draw("path", { d: `M${x} ${y + 8}l7 -13h-14z` }),
    (x, y) => draw("path", { d: `M${x - 2} ${y - 7}h4v5h5v4h-5v5h-4v-5h-5v-4h5z` }),
  ];

  function update() {
    const rows = here(), codes = [...state.codes].filter((code) => rows.some((row) => row[CODE] === code)).slice(0, MOST);
    const shown = rows.filter((row) => codes.includes(row[CODE]));
    const periods = [...new Set(shown.map((row) => row[PERIOD]))];
    if (state.grain !== "phase") periods.sort();
    /* A period of one or two documents, and its wide interval, must not flatten all the others. */
    const firm = shown.filter((row) => row[DOCUMENTS] >= 3), scale = firm.length ? firm : shown;
    const peak = Math.max(0.05, ...scale.map((row) => row[SHARE] || 0));
    const most = Math.min(Math.max(peak, ...scale.map((row) => row[HIGH] || 0)), peak * 1.5);
    const x = (period, code) => LEFT + (periods.indexOf(period) + 0.5) / Math.max(1, periods.length) * (WIDE - LEFT - RIGHT) +
      (codes.indexOf(code) - (codes.length - 1) / 2) * 13;
    const y = (share) => TALL - BOTTOM - Math.min(share, most * 1.02) / most * (TALL - TOP - BOTTOM);
    const parts = [];
    for (let step = 0; step <= 4; step += 1) {
      const share = most * step / 4;
      parts.push(draw("line", { x1: LEFT, x2: WIDE - RIGHT, y1: y(share), y2: y(share), class: "grid" }));
      const text = draw("text", { x: LEFT - 8, y: y(share) + 5, "text-anchor": "end" });
      text.textContent = percent(share);
      parts.push(text);
    }
    const skip = Math.ceil(periods.length / 14);
    periods.forEach((period, i) => {
      if (i % skip) return;
      const text = draw("text", { x: x(period, codes[0]) - (0 - (codes.length - 1) / 2) * 13, y: TALL - BOTTOM + 26, "text-anchor": "middle" });
      text.textContent = called(period);
      parts.push(text);
    });
    codes.forEach((code, c) => {
      const own = shown.filter((row) => row[CODE] === code && row[SHARE] !== null)
        .sort((a, b) => periods.indexOf(a[PERIOD]) - periods.indexOf(b[PERIOD]));
      own.forEach((row, i) => {
        const before = own[i - 1];
        if (before && periods.indexOf(row[PERIOD]) - periods.indexOf(before[PERIOD]) === 1) {
          parts.push(draw("line", { x1: x(before[PERIOD], code), y1: y(before[SHARE]), x2: x(row[PERIOD], code),
            y2: y(row[SHARE]), class: `line c${c}` }));
        }
      });
      own.forEach((row) => {
        const left = x(row[PERIOD], code);
        if (row[LOW] !== null) parts.push(draw("line", { x1: left, x2: left, y1: y(row[LOW]), y2: y(row[HIGH]), class: `bar c${c}` }));
        const point = SHAPES[c](left, y(row[SHARE])), title = draw("title");
        title.textContent = `${data.codes[code].label}, ${called(row[PERIOD])}: ${percent(row[SHARE])}`;
        point.setAttribute("class", `point c${c}` + (row[AT].length ? " open" : ""));
        point.append(title);
        if (row[AT].length) point.addEventListener("click", () => open(row, null));
        parts.push(point);
      });
    });
    picture.replaceChildren(...parts);
    key.replaceChildren(...codes.map((code, c) => {
      const entry = make("span", null, { class: "entry" }), sign = draw("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" });
      const shape = SHAPES[c](10, 10);
      shape.setAttribute("class", `point c${c}`);
      sign.append(shape);
      entry.append(sign, data.codes[code].label);
      return entry;
    }));
    if (!shown.length) key.textContent = say("empty");
    list.caption.textContent = series.kinds[state.kind];
    list.tBodies[0].replaceChildren(...shown.map((row) => {
      const line = make("tr"), n = make("td", null, { class: "n" });
      if (row[AT].length) {
        const button = make("button", row[N], { type: "button", class: "behind" });
        button.setAttribute("aria-label", row[N] + ": " + say("show", { what: data.codes[row[CODE]].label + ", " + called(row[PERIOD]) }));
        button.addEventListener("click", () => open(row, button));
        n.append(button);
      } else n.textContent = row[N];
      line.append(make("td", called(row[PERIOD])), make("td", data.codes[row[CODE]].label), n, ...[row[OF], row[DOCUMENTS],
        percent(row[SHARE]), row[LOW] === null ? "–" : percent(row[LOW]) + " – " + percent(row[HIGH])]
        .map((text) => make("td", text, { class: "n" })));
      return line;
    }));
  }

  function open(row, button) {
    show(box, `${data.codes[row[CODE]].label} · ${called(row[PERIOD])}`, say("quotes", { shown: row[AT].length, n: row[N] }),
      row[AT].map((at) => [at]), button, [row[CODE]]);
  }
  choices();
  update();
})();
