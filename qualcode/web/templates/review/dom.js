"use strict";
// Making elements. Words of the material only ever become text, never markup.

const $ = (id) => document.getElementById(id);

/** Make an element: `el("p", { className: "soft" }, "text", child)`; `null` children are left out. */
function el(tag, set, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(set || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value !== "object") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
}

// Signs that show nothing, ring a bell or turn the direction of what follows.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]/u;

/** The words of the material as nodes; a control character is shown by its name. */
function words(text) {
  return text.split(/([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb])/u)
    .filter((part) => part !== "")
    .map((part) => {
      if (!UNSEEN.test(part)) return document.createTextNode(part);
      const number = part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      return el("span", { className: "control" }, `U+${number}`);
    });
}

/** The same as one line of plain text, for labels and lists. */
function plainWords(text) {
  return words(text).map((node) => node.textContent).join("");
}
