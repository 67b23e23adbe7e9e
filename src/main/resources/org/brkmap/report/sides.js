// What is seen: before, after or both; kinds of region; what is in one of the two only.
const maps = page.all("svg.map").filter((svg) => svg.querySelector(".column-after"));
let flip = "";

/** What the columns are called: before and after, or A and B. */
const names = ["before", "after"].map((side) => {
  const title = maps.length > 0 && maps[0].querySelector(`.column-${side} .column`);
  return title ? title.textContent : side;
});

/** Makes a button of what an element says; pressed means shown. */
function makeSwitch(element, text, toggle) {
  const button = page.button(text, () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", shown);
    toggle(shown);
  });
  button.className = "switch";
  button.setAttribute("aria-pressed", "true");
  element.replaceWith(button);
}

/** Shows the other side in the same place, so that the eye catches what differs. */
function flipSides() {
  flip = flip === "before" ? "after" : "before";
  showSides();
}

function showSides() {
  maps.forEach((svg) => {
    svg.classList.toggle("flip-before", flip === "before");
    svg.classList.toggle("flip-after", flip === "after");
  });
  flipButton.setAttribute("aria-pressed", flip !== "");
  const key = page.make("kbd", "", "b");
  flipButton.replaceChildren(
    flip === "" ? `Flip ${names.join(" and ")} ` : `Shown: ${names[flip === "before" ? 0 : 1]} `,
    key,
  );
  bothButton.hidden = flip === "";
}

const flipButton = page.button("", flipSides);
const bothButton = page.button("Side by side", () => {
  flip = "";
  showSides();
});

for (const list of page.all(".sides")) {
  for (const item of list.children) {
    const name = item.querySelector(".side-name");
    makeSwitch(name, name.textContent, (shown) => {
      list.closest(".where").classList.toggle("dim-" + item.dataset.side, !shown);
    });
  }
}

for (const row of page.all(".roles tr[data-hue]")) {
  const name = row.querySelector("th").lastChild;
  makeSwitch(name, name.textContent, (shown) => {
    const hue = row.dataset.hue;
    page.all(`.block.${hue}, .connector.${hue}, tr[data-hue=${hue}]`).forEach((element) => {
      if (!element.closest(".roles")) element.classList.toggle("filtered", !shown);
    });
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "b" && !event.ctrlKey && !event.metaKey && !event.altKey && !page.isTyping()) flipSides();
});
