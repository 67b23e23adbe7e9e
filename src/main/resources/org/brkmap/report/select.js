// Choosing a range of addresses anywhere marks everything that meets it, wherever it stands.
const selection = { range: null, told: page.make("output", "") };

/** A range from its text, as maps prints it: start-end, in hexadecimal digits. */
function parseRange(text) {
  const match = /^([0-9a-f]{1,16})-([0-9a-f]{1,16})$/.exec(text || "");
  return match ? { text, start: BigInt("0x" + match[1]), end: BigInt("0x" + match[2]) } : null;
}

const ranged = page.all("[data-range]").map((element) => ({ element, range: parseRange(element.dataset.range) }));

const meets = (one, other) => one.start < other.end && other.start < one.end;

function describe(range) {
  const block =
    ranged.find(({ element, range: r }) => element.matches(".where .block") && r.text === range.text) ||
    ranged.find(({ element, range: r }) => element.matches(".where .block") && meets(r, range));
  const title = block && block.element.querySelector("title").textContent;
  const bytes = (range.end - range.start).toLocaleString("en") + " bytes";
  if (!title) return `${range.text}: ${bytes}`;
  return block.range.text === range.text ? `${title} (${bytes})` : `${range.text}, ${bytes}, in: ${title}`;
}

/** Chooses a range, or none. */
selection.choose = (range) => {
  selection.range = range;
  for (const { element, range: other } of ranged) {
    element.classList.toggle("chosen", range !== null && other !== null && meets(other, range));
  }
  selection.told.textContent = range ? describe(range) : "";
  page.keep("at", range && range.text);
};

document.addEventListener("click", (event) => {
  const element = event.target.closest("[data-range]");
  if (!element || event.target.closest("a, button, summary")) return;
  const range = parseRange(element.dataset.range);
  const again = selection.range && selection.range.text === range.text;
  selection.choose(again ? null : range);
});

/** Moves to the next block of the picture that has the focus, up or down in it. */
function move(figure, step) {
  const side = figure.querySelector(".flip-before") ? ".column-before" : ".column-after";
  const blocks = page.all(side + " .block", figure).reverse();
  if (blocks.length === 0) return;
  const at = blocks.findIndex((block) => selection.range && block.dataset.range === selection.range.text);
  const next = at < 0 ? (step > 0 ? 0 : blocks.length - 1) : Math.min(Math.max(at + step, 0), blocks.length - 1);
  selection.choose(parseRange(blocks[next].dataset.range));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || page.isTyping()) return;
  const figure = document.activeElement.closest("figure.map");
  if (event.key === "Escape") {
    selection.choose(null);
  } else if (figure && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    move(figure, event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
  }
});

function restore() {
  const state = page.state();
  const range = state && parseRange(state.get("at"));
  const anchor = state === null && document.getElementById(location.hash.slice(1));
  if (range) {
    selection.choose(range);
    const first = ranged.find(({ element, range: other }) => element.closest(".where") && other && meets(other, range));
    if (first) first.element.scrollIntoView({ block: "center" });
  } else if (anchor && anchor.dataset.range) {
    const kept = location.hash;
    selection.choose(parseRange(anchor.dataset.range));
    history.replaceState(null, "", kept);
  }
}
addEventListener("hashchange", restore);
