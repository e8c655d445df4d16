"use strict";
(function () {
  const { data, say, make, draw, show, field, select, table, number } = report;
  const root = document.getElementById("widget-network"), net = data.network;
  if (!root || !net) return;
  root.hidden = false;
  const ROWS = 60, LINES = 120, WIDE = 1100, HIGH = 760;
  const facets = [...new Set(data.codes.map((code) => code.facet))];
  const state = { level: net.level, from: "all", least: 2, strong: true, code: "", chosen: null,
    facets: new Set(net.facets.length ? net.facets : facets), sure: false };
  /* Lines that may be chance hide the others: they come at a click, unless there is hardly another. */
  state.sure = net.edges.filter((edge) => !edge.chance && edge.lift > 1 && data.codes[edge.a].level === state.level &&
    state.facets.has(data.codes[edge.a].facet) && state.facets.has(data.codes[edge.b].facet)).length >= 6;
  const count = (edge) => (state.from === "all" ? edge.n : edge[state.from]);
  const name = (edge) => data.codes[edge.a].label + " – " + data.codes[edge.b].label;

  const form = make("form", null, { class: "filters", "aria-label": root.firstElementChild.textContent });
  const picture = draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": say("network"), class: "drawn" });
  const status = make("p", null, { class: "note", role: "status" });
  const scroll = make("div", null, { class: "scroll tall", tabindex: "0", role: "group", "aria-label": say("pair") });
  const list = table([say("pair"), say("n"), say("documents"), say("lift"), say("interval"), say("p")], net.unit);
  const box = make("div", null, { class: "quotes" });
  box.hidden = true;
  scroll.append(list);
  root.append(form, picture, status, scroll, box);

  function control(text, input, change) {
    input.addEventListener(input.type === "number" ? "input" : "change", () => { change(input); update(); });
    return field(text, input);
  }
  const level = select([...new Set(data.codes.map((code) => code.level))].map((n) => [n, n]), state.level);
  const from = select(["all", "talk", "written"].map((key) => [key, say(key)]), state.from);
  const least = make("input", null, { type: "number", min: "1", value: "2" });
  const strong = make("input", null, { type: "checkbox" });
  strong.checked = true;
  const sure = make("input", null, { type: "checkbox" });
  sure.checked = state.sure;
  const code = select([["", say("any")]], "");
  form.append(
    control(say("level"), level, (input) => { state.level = Number(input.value); state.code = ""; }),
    control(say("material"), from, (input) => { state.from = input.value; }),
    control(say("with"), code, (input) => { state.code = input.value; }),
    control(say("least"), least, (input) => { state.least = Math.max(1, Number(input.value) || 1); }),
    control(say("strong"), strong, (input) => { state.strong = input.checked; }),
    control(say("sure"), sure, (input) => { state.sure = input.checked; }));
  if (facets.length > 1) {
    const group = make("fieldset");
    group.append(make("legend", say("facets")));
    facets.forEach((facet) => {
      const input = make("input", null, { type: "checkbox" });
      input.checked = state.facets.has(facet);
      input.dataset.facet = facet;
      group.append(control((facet && net.names[facet]) || facet || say("nofacet"), input, () => {
        state.facets[input.checked ? "add" : "delete"](facet);
      }));
    });
    form.append(group);
  }
  form.addEventListener("submit", (event) => event.preventDefault());

  const inside = (i) => data.codes[i].level === state.level && state.facets.has(data.codes[i].facet);
  function passing() {
    return net.edges.filter((edge) => inside(edge.a) && inside(edge.b) && count(edge) >= state.least &&
      (!state.strong || edge.lift > 1) && (!state.sure || !edge.chance) && (!state.code || [edge.a, edge.b].includes(Number(state.code))))
      .sort((x, y) => count(y) - count(x) || x.a - y.a || x.b - y.b);
  }

  function paint(edges) {
    const most = Math.max(1, ...edges.map(count)), at = (i) => net.places[i];
    const nodes = [...new Set(edges.flatMap((edge) => [edge.a, edge.b]))].sort((a, b) => a - b);
    const documents = Math.max(1, ...nodes.map((i) => at(i)[2]));
    const xs = nodes.map((i) => at(i)[0]), ys = nodes.map((i) => at(i)[1]);
    const low = [Math.min(...xs), Math.min(...ys)], high = [Math.max(...xs), Math.max(...ys)];
    const scale = (value, axis, size, pad) => high[axis] > low[axis]
      ? pad + (value - low[axis]) / (high[axis] - low[axis]) * (size - 2 * pad) : size / 2;
    const place = (i) => [scale(at(i)[0], 0, WIDE, 110), scale(at(i)[1], 1, HIGH, 50)];
    const parts = [];
    edges.slice(0, LINES).reverse().forEach((edge) => {
      const [x1, y1] = place(edge.a), [x2, y2] = place(edge.b), ends = { x1, y1, x2, y2 };
      const line = draw("line", { ...ends, class: "edge" + (edge.chance ? " chance" : "") +
        (edge === state.chosen ? " chosen" : ""), "stroke-width": 1.2 + 7 * Math.sqrt(count(edge) / most) });
      const hit = draw("line", { ...ends, class: "hit" }), title = draw("title");
      title.textContent = name(edge) + ": " + count(edge);
      hit.append(title);
      hit.addEventListener("click", () => choose(edge, null));
      parts.push(line, hit);
    });
    const size = (i) => Math.max(7, 26 * Math.sqrt(at(i)[2] / documents));
    const taken = nodes.map((i) => { const [x, y] = place(i), r = size(i); return [x - r, y - r, x + r, y + r]; });
    nodes.forEach((i) => {
      const [x, y] = place(i);
      parts.push(draw("circle", { cx: x, cy: y, r: size(i), class: "node" }));
    });
    nodes.forEach((i) => {
      const [x, y] = place(i), box = free(data.codes[i].label, x, y, size(i), taken);
      const label = draw("text", { x: (box[0] + box[2]) / 2, y: box[3] - 4, "text-anchor": "middle" });
      label.textContent = data.codes[i].label;
      taken.push(box);
      parts.push(label);
    });
    picture.replaceChildren(...parts);
  }

  /* The place of a label: below, above, right or left of its circle, where it covers least. */
  function free(text, x, y, radius, taken) {
    const wide = [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 16 : 8.5), 4), high = 20;
    const tries = [[x - wide / 2, y + radius + 1], [x - wide / 2, y - radius - high - 1],
      [x + radius + 3, y - high / 2], [x - radius - wide - 3, y - high / 2],
      [x - wide / 2, y + radius + 14], [x - wide / 2, y - radius - high - 14]];
    const cost = ([left, top]) => taken.reduce((sum, [a, b, c, d]) =>
      sum + Math.max(0, Math.min(left + wide, c) - Math.max(left, a)) * Math.max(0, Math.min(top + high, d) - Math.max(top, b)), 0) +
      (left < 0 || left + wide > WIDE || top < 0 || top + high > HIGH ? 1e5 : 0);
    const best = tries.reduce((one, other) => (cost(other) < cost(one) ? other : one));
    return [best[0], best[1], best[0] + wide, best[1] + high];
  }

  function fill(edges) {
    list.tBodies[0].replaceChildren(...edges.slice(0, ROWS).map((edge) => {
      const row = make("tr"), first = make("td"), button = make("button", name(edge), { type: "button", class: "behind" });
      button.addEventListener("click", () => choose(edge, button));
      first.append(button);
      if (edge === state.chosen) row.className = "chosen";
      row.append(first, ...[count(edge), edge.docs, number(edge.lift),
        edge.lo === null ? "–" : number(edge.lo) + " – " + number(edge.hi),
        edge.p === null ? "–" : edge.p < 0.001 ? "< .001" : number(edge.p, 3)].map((text) => make("td", text, { class: "n" })));
      return row;
    }));
  }

  function choose(edge, button) {
    state.chosen = edge;
    const groups = edge.at.filter((group) => group.length);
    paint(passing());
    list.querySelectorAll("tr.chosen").forEach((row) => row.classList.remove("chosen"));
    const own = Array.from(list.tBodies[0].rows).find((row) => row.cells[0].textContent === name(edge));
    if (own) own.className = "chosen";
    show(box, say("behind", { what: name(edge) }), say("quotes", { shown: groups.length, n: edge.n }), groups,
      button || (own ? own.querySelector("button") : null), [edge.a, edge.b]);
  }

  function codes() {
    const held = [...new Set(net.edges.flatMap((edge) => [edge.a, edge.b]))].filter(inside).sort((a, b) => a - b);
    code.replaceChildren(...select([["", say("any")], ...held.map((i) => [i, data.codes[i].label])], state.code).options);
    code.value = state.code;
  }

  function update() {
    codes();
    const edges = passing();
    if (state.chosen && !edges.includes(state.chosen)) {
      state.chosen = null;
      box.hidden = true;
      box.replaceChildren();
    }
    paint(edges);
    fill(edges);
    status.textContent = edges.length ? say("edges", { shown: Math.min(ROWS, edges.length), n: edges.length }) : say("none");
  }
  update();
})();
