"use strict";
// Beside the segment: what the code means, which rule found it, and what was refused.

function term(name, value) {
  return value && (!Array.isArray(value) || value.length)
    ? [el("dt", {}, name), el("dd", {}, Array.isArray(value) ? el("ul", {}, value.map((one) => el("li", {}, words(one)))) : words(value))]
    : [];
}

function showCode(id) {
  const code = state.codes.get(id);
  fill($("usage"));
  if (!code) return fill($("code"), id ? el("p", { className: "codename" }, words(id)) : null);
  const label = spoken(code.name);
  fill(
    $("code"),
    el("p", {}, el("span", { className: "codename" }, words(label)), " ", label === code.id ? null : el("span", { className: "id" }, code.id)),
    el("dl", {}, term(say("definition"), spoken(code.definition))),
  );
  return fill(
    $("usage"),
    spoken(code.include) || spoken(code.exclude) || code.confused.length || code.examples.length || code.not_examples.length ? el("h3", {}, say("usage")) : null,
    el(
      "dl",
      {},
      term(say("include"), spoken(code.include)),
      term(say("exclude"), spoken(code.exclude)),
      term(say("confused"), code.confused.map(labelOf)),
      term(say("examples"), code.examples),
      term(say("notexamples"), code.not_examples),
    ),
  );
}

function match(one) {
  const lines = [];
  if (one.why) lines.push(el("div", {}, words(one.why)));
  if (one.taken) lines.push(el("div", {}, words(one.taken)));
  for (const axis of one.meant) {
    lines.push(el(
      "div",
      { className: "soft" },
      `${axis.axis}: ${axis.value}`,
      axis.counts ? "" : `, ${say("notnow")}`,
      axis.cues.length ? [` · ${say("cues")} `, ...words(`“${axis.cues.join("” “")}”`)] : "",
    ));
  }
  return el(
    "div",
    { className: one.refused ? "found" : "found stands" },
    el("div", {}, words(say("rulewords", { rule: one.rule })), " ", words(one.words.map((word) => `“${word}”`).join(" … "))),
    lines,
    el("div", { className: "id written", title: plainWords(one.written) }, words([one.place, one.written].filter(Boolean).join("  "))),
  );
}

function showEvidence(entry) {
  if (DATA.blind) return fill($("evidence"), el("p", { className: "soft" }, say("blindwhy")));
  const own = entry.evidence.find((one) => one.code === entry.code);
  const standing = own ? own.matches.filter((one) => !one.refused) : [];
  const others = entry.evidence.filter((one) => one.code !== entry.code && one.matches.some((m) => !m.refused));
  const refused = entry.evidence.filter((one) => one.matches.some((m) => m.refused));
  return fill(
    $("evidence"),
    entry.code ? el("h3", {}, say("why")) : null,
    entry.code && !standing.length ? el("p", { className: "soft" }, say("byhand")) : null,
    own && own.because ? el("p", {}, words(own.because)) : null,
    standing.map(match),
    others.length ? el("h3", {}, say("others")) : null,
    others.map((one) => [el("div", { className: "codename" }, words(labelOf(one.code))), one.matches.filter((m) => !m.refused).map(match)]).flat(2),
    el("h3", {}, say("refusedhere")),
    refused.length ? null : el("p", { className: "soft" }, say("refusednone")),
    refused.map((one) => [el("div", { className: "codename" }, words(labelOf(one.code))), one.matches.filter((m) => m.refused).map(match)]).flat(2),
  );
}
