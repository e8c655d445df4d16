"use strict";
// What the page says, in two languages.

const DATA = JSON.parse($("data").textContent);
let lang = DATA.lang;

/** Say a key of the catalogue with its `{names}` filled. */
function say(key, values) {
  const text = DATA.said[lang][key] ?? key;
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)) : text;
}

function spoken(texts) {
  return texts[lang] || texts.zh || texts.en || Object.values(texts)[0] || "";
}

/** Write all that stands still on the page in the language in force. */
function speakPage() {
  document.documentElement.lang = lang;
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  $("title").textContent = DATA.title ? `${say("review")} · ${DATA.title}` : say("review");
  document.title = $("title").textContent;
  fill($("who"), say("coder", { name: DATA.coder }), DATA.blind ? ` · ${say("blindnote")}` : "");
  $("tongue").textContent = lang === "zh" ? "English" : "中文";
  $("tongue").lang = lang === "zh" ? "en" : "zh";
}
