"use strict";
// The page is whole without this script. It adds choosing, searching and replaying to what already stands there.
const page = {
  all: (selector, root = document) => Array.from(root.querySelectorAll(selector)),

  /** An element of a class with children: strings become text. */
  make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  },

  button(text, action) {
    const button = page.make("button", "", text);
    button.type = "button";
    button.addEventListener("click", action);
    return button;
  },

  /** What the address line holds after its #, as name=value pairs; null if it is a plain anchor. */
  state() {
    const hash = location.hash.slice(1);
    return hash.includes("=") ? new URLSearchParams(hash) : null;
  },

  /** Keeps a value in the address line, or drops it. */
  keep(name, value) {
    const state = page.state() || new URLSearchParams();
    if (value === null) state.delete(name);
    else state.set(name, value);
    const text = state.toString();
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  },

  /** Opens every closed part that an element stands in. */
  unfold(element) {
    for (let part = element.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  },

  isTyping: () => /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName),
};

// A link may lead into a closed part: open it, then go there.
function reveal() {
  const target = page.state() === null && document.getElementById(location.hash.slice(1));
  if (!target) return;
  page.unfold(target);
  target.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", reveal);

// Paper cannot be unfolded.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = page.all("details:not([open])");
  unfolded.forEach((part) => (part.open = true));
});
addEventListener("afterprint", () => unfolded.forEach((part) => (part.open = false)));

document.documentElement.classList.add("scripted");
