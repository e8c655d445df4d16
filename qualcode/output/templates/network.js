"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const COLUMNS = ["pair", "n", "docs", "lift", "interval", "p"];
  const state = { tongue: data.lang, unit: data.unit, level: data.level, source: "all", least: 2, strong: true,
    facets: new Set(data.facets.length ? data.facets : data.codes.map((code) => code.facet)), cap: data.shown, sort: "n", down: true, chosen: null };

  const say = (key, values) => data.said[state.tongue][key].replace(/\{(\w+)\}/g, (all, name) =>
    values && name in values ? String(values[name]) : all);
  const label = (number) => data.codes[number][state.tongue];
  const count = (edge) => (state.source === "all" ? edge.n : edge[state.source]);
  const number = (value) => (value === null ? "" : Math.abs(value) < 0.001 && value !== 0
    ? value.toExponential(0) : value.toFixed(Math.abs(value) < 0.1 ? 3 : 2));
  const key = (edge) => edge.a + "-" + edge.b;
  const make = (tag, text) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    return element;
  };

  function passing() {
    return data.edges[state.unit].filter((edge) => {
      const a = data.codes[edge.a], b = data.codes[edge.b];
      return a.level === state.level && b.level === state.level && state.facets.has(a.facet) &&
        state.facets.has(b.facet) && count(edge) >= state.least && (!state.strong || edge.lift > 1);
    }).sort((x, y) => count(y) - count(x) || x.a - y.a || x.b - y.b);
  }

  const value = (edge, column) => ({ pair: label(edge.a) + label(edge.b), n: count(edge), docs: edge.docs,
    lift: edge.lift, interval: edge.lo, p: edge.p })[column];

  function sorted(edges) {
    return edges.slice().sort((x, y) => {
      const a = value(x, state.sort), b = value(y, state.sort);
      if (a === null || b === null) return (a === null) - (b === null);
      const order = typeof a === "string" ? a.localeCompare(b, state.tongue) : a - b;
      return state.down ? -order : order;
    });
  }

  /* ---- picture ---- */
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const styles = () => [
    { selector: "node", style: { label: "data(label)", width: "data(size)", height: "data(size)",
      "background-color": color("--node"), "border-width": 1.2, "border-color": color("--edge"),
      color: color("--ink"), "font-size": 21, "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap",
      "text-max-width": 190, "text-background-color": color("--paper"), "text-background-opacity": 0.75 } },
    { selector: "edge", style: { width: "data(width)", "line-color": color("--edge"), "curve-style": "straight",
      opacity: 0.85 } },
    { selector: "edge.chance", style: { "line-color": color("--chance"), "line-style": "dashed" } },
    { selector: "edge.chosen", style: { "line-color": color("--hit"), opacity: 1, "z-index": 9 } },
    { selector: "node.chosen", style: { "border-color": color("--hit"), "border-width": 3 } },
  ];
  const cy = cytoscape({ container: by("graph"), style: styles(), layout: { name: "preset" }, minZoom: 0.2,
    maxZoom: 4, boxSelectionEnabled: false, autounselectify: true });
  cy.on("tap", "edge", (event) => choose(event.target.data("edge")));
  cy.on("mouseover", "edge", () => { by("graph").style.cursor = "pointer"; });
  cy.on("mouseout", "edge", () => { by("graph").style.cursor = ""; });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(styles()));

  function draw(edges) {
    const codes = data.codes.map((code, i) => ({ code, i })).filter(({ code }) =>
      code.level === state.level && state.facets.has(code.facet) && code.n[state.unit][0] > 0);
    const mostDocuments = Math.max(1, ...codes.map(({ code }) => code.n[state.unit][1]));
    const most = Math.max(1, ...edges.map(count));
    const elements = codes.map(({ code, i }) => ({ group: "nodes", data: { id: "n" + i, label: label(i),
      size: Math.max(14, 56 * Math.sqrt(code.n[state.unit][1] / mostDocuments)) },
      position: { x: code.x, y: code.y } }));
    edges.forEach((edge) => elements.push({ group: "edges", classes: edge.chance ? "chance" : "",
      data: { id: key(edge), source: "n" + edge.a, target: "n" + edge.b, edge: edge,
        width: 1.5 + 9 * Math.sqrt(count(edge) / most) } }));
    cy.batch(() => { cy.elements().remove(); cy.add(elements); });
    cy.fit(undefined, 40);
    highlight();
  }

  function highlight() {
    cy.elements(".chosen").removeClass("chosen");
    if (state.chosen) {
      const found = cy.getElementById(key(state.chosen));
      found.addClass("chosen");
      found.connectedNodes().addClass("chosen");
    }
    by("edges").querySelectorAll("tbody tr").forEach((row) => {
      row.classList.toggle("chosen", !!state.chosen && row.dataset.edge === key(state.chosen));
    });
  }

  /* ---- table ---- */
  function head() {
    by("edges").tHead.rows[0].replaceChildren(...COLUMNS.map((column) => {
      const cell = make("th"), button = make("button", say(column));
      cell.scope = "col";
      cell.setAttribute("aria-sort", state.sort !== column ? "none" : state.down ? "descending" : "ascending");
      button.type = "button";
      button.dataset.column = column;
      button.addEventListener("click", () => {
        state.down = state.sort === column ? !state.down : column !== "pair" && column !== "p";
        state.sort = column;
        show();
        by("edges").tHead.querySelector(`[data-column="${column}"]`).focus();
      });
      cell.append(button);
      return cell;
    }));
  }

  function table(edges) {
    by("edges").tBodies[0].replaceChildren(...sorted(edges).map((edge) => {
      const row = make("tr"), first = make("td"), button = make("button", label(edge.a) + " – " + label(edge.b));
      button.type = "button";
      button.addEventListener("click", () => choose(edge));
      first.append(button);
      row.dataset.edge = key(edge);
      row.append(first, make("td", count(edge)), make("td", edge.docs), make("td", number(edge.lift)),
        make("td", edge.lo === null ? "–" : number(edge.lo) + " – " + number(edge.hi)),
        make("td", edge.p === null ? "–" : number(edge.p)));
      if (edge.lo === null) row.cells[4].title = say("nointerval");
      if (edge.p === null) row.cells[5].title = say("withheld");
      return row;
    }));
  }

  /* ---- segments behind an edge ---- */
  function piece([text, codes], edge) {
    const a = codes.includes(edge.a), b = codes.includes(edge.b);
    if (!a && !b) return document.createTextNode(text);
    const mark = make("mark", text);
    mark.title = [a && label(edge.a), b && label(edge.b)].filter(Boolean).join(" + ");
    if (b) mark.className = "b";
    return mark;
  }

  function behind() {
    const edge = state.chosen, list = by("quotes");
    list.replaceChildren();
    if (!edge) {
      by("behind-head").textContent = "";
      by("behind-note").textContent = say("choose");
      return;
    }
    const from = (at) => state.source === "all" || at.every((i) => data.segments[i].from === state.source);
    const groups = edge.at.filter(from);
    by("behind-head").textContent = say("behind", { a: label(edge.a), b: label(edge.b) });
    by("behind-note").textContent = [say("contexts", { shown: groups.length, n: count(edge) }),
      edge.shared ? say("shared", { n: edge.shared }) : "", state.source !== "all" ? say("whole") : ""].join(" ");
    list.append(...groups.map((at) => {
      const item = make("li");
      at.forEach((i) => {
        const segment = data.segments[i], quote = make("blockquote"), ref = make("span", segment.ref + " ");
        ref.className = "ref";
        ref.title = segment.id;
        quote.append(ref, ...segment.text.map((part) => piece(part, edge)));
        item.append(quote);
      });
      return item;
    }));
  }

  function choose(edge) {
    state.chosen = edge;
    behind();
    highlight();
    by("behind-head").focus({ preventScroll: false });
  }

  /* ---- all together ---- */
  function show() {
    const all = passing(), edges = all.slice(0, state.cap);
    if (state.chosen && !edges.includes(state.chosen)) state.chosen = null;
    head();
    draw(edges);
    table(edges);
    behind();
    highlight();
    const hidden = all.length - edges.length, line = by("count");
    line.textContent = edges.length ? say("shown", { shown: edges.length }) : say("none");
    if (hidden) {
      const more = make("button", say("showall"));
      more.type = "button";
      more.addEventListener("click", () => { state.cap = Infinity; show(); });
      line.append(" " + say("hidden", { hidden: hidden }) + " ", more);
    }
  }

  function options(id, pairs, chosen) {
    by(id).replaceChildren(...pairs.map(([value, text]) => {
      const option = make("option", text);
      option.value = value;
      option.selected = String(value) === String(chosen);
      return option;
    }));
  }

  function speak() {
    document.documentElement.lang = state.tongue;
    document.querySelectorAll("[data-say]").forEach((element) => { element.textContent = say(element.dataset.say); });
    by("tongue").textContent = state.tongue === "zh" ? "English" : "中文";
    by("coded").textContent = data.coded[state.tongue];
    by("graph").setAttribute("aria-label", say("picture"));
    options("unit", data.units.map((unit) => [unit.id, unit[state.tongue]]), state.unit);
    options("level", [...new Set(data.codes.map((code) => code.level))].map((level) => [level, level]), state.level);
    options("source", ["all", "talk", "written"].map((name) => [name, say(name)]), state.source);
    const facets = [...new Set(data.codes.map((code) => code.facet))], box = by("facets");
    box.hidden = facets.length < 2;
    box.replaceChildren(box.firstElementChild, ...facets.map((facet) => {
      const outer = make("label"), input = make("input");
      input.type = "checkbox";
      input.checked = state.facets.has(facet);
      input.dataset.facet = facet;
      input.addEventListener("change", () => {
        state.facets[input.checked ? "add" : "delete"](facet);
        show();
      });
      outer.append(input, " " + ((facet && data.named[facet]) || facet || say("nofacet")));
      return outer;
    }));
    show();
  }

  by("filters").addEventListener("submit", (event) => event.preventDefault());
  by("unit").addEventListener("change", (event) => { state.unit = event.target.value; show(); });
  by("level").addEventListener("change", (event) => { state.level = Number(event.target.value); show(); });
  by("source").addEventListener("change", (event) => { state.source = event.target.value; show(); });
  by("least").addEventListener("input", (event) => { state.least = Math.max(1, Number(event.target.value) || 1); show(); });
  by("strong").addEventListener("change", (event) => { state.strong = event.target.checked; show(); });
  by("tongue").addEventListener("click", () => { state.tongue = state.tongue === "zh" ? "en" : "zh"; speak(); });
  speak();
})();
