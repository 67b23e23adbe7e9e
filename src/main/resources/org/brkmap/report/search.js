// Searching: an address finds the region that holds it; a word finds what is called so.
const search = { field: page.make("input", ""), found: [], at: -1 };
search.field.type = "search";
search.field.placeholder = "An address or a name";
search.field.setAttribute("aria-label", "Search an address or a name");

const searched = ranged.filter(
  ({ element, range }) => range && element.matches(".where .block, .regions tr, .changes tr"),
);

const wordsOf = (element) => (element.querySelector("title") || element).textContent.toLowerCase();

/** The address that a text is, or null. */
function parseAddress(text) {
  const match = /^(?:0x)?([0-9a-f]{4,16})$/.exec(text);
  return match ? BigInt("0x" + match[1]) : null;
}

function lookFor(text) {
  const address = parseAddress(text);
  const holds = address === null ? () => false : ({ range }) => range.start <= address && address < range.end;
  let hits = searched.filter(holds);
  if (hits.length === 0) hits = searched.filter(({ element }) => wordsOf(element).includes(text));
  const ranges = new Map(hits.map(({ range }) => [range.text, range]));
  return Array.from(ranges.values());
}

async function go(step) {
  const text = search.field.value.trim().toLowerCase();
  if (!text) return;
  if (text !== search.text) {
    search.text = text;
    search.found = lookFor(text);
    search.at = -1;
    const address = parseAddress(text);
    if (search.found.length === 0 && address !== null) search.found = await mappings.holding(address);
  }
  const count = search.found.length;
  if (count === 0) {
    selection.choose(null);
    selection.told.textContent = `Nothing here holds or is called “${text}”.`;
    return;
  }
  search.at = (search.at + step + count) % count;
  selection.choose(search.found[search.at]);
  if (count > 1) selection.told.textContent = `${search.at + 1} of ${count}: ${selection.told.textContent}`;
}

search.field.addEventListener("keydown", (event) => {
  if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
  if (event.key === "Escape") search.field.blur();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || page.isTyping()) return;
  event.preventDefault();
  search.field.focus();
  search.field.select();
});

const firstMap = document.querySelector(".where");
if (firstMap) {
  const tools = page.make(
    "div",
    "tools",
    search.field,
    page.make("kbd", "", "/"),
    flipButton,
    bothButton,
    selection.told,
  );
  tools.setAttribute("role", "search");
  tools.setAttribute("aria-label", "Find and compare regions");
  firstMap.before(tools);
  showSides();
}
