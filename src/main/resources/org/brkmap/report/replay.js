// Replaying: a slider goes through every call, and the map, the call and its source line follow it.
function sourceAround(link) {
  const line = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!line) return "";
  const lines = Array.from(line.parentElement.children);
  const at = lines.indexOf(line);
  const from = Math.max(0, at - 3);
  const list = page.make("ol", "source");
  list.start = from + 1;
  list.tabIndex = 0;
  for (const each of lines.slice(from, at + 4)) {
    list.append(page.make("li", each === line ? "marked" : "", each.firstChild ? each.firstChild.cloneNode() : ""));
  }
  return list;
}

function makeReplay(film) {
  const run = film.closest("[id^=run]");
  const calls = new Map(page.all("tr[data-frame]", run).map((row) => [Number(row.dataset.frame), row]));
  const blocks = page.all("[data-from]", film).map((element) => ({
    element,
    from: Number(element.dataset.from),
    to: Number(element.dataset.to),
  }));
  const last = Number(film.dataset.frames) - 1;
  const side = film.querySelector(".film-side");
  const timeline = film.parentElement.querySelector("svg.timeline");
  const cursor = document.createElementNS("http://www.w3.org/2000/svg", "line");
  cursor.setAttribute("class", "cursor");
  timeline.append(cursor);
  const slider = page.make("input", "slide");
  Object.assign(slider, { type: "range", min: 0, max: last, value: last });
  slider.setAttribute("aria-label", "Call by call");
  const story = page.make("div", "story");
  let timer = 0;

  for (const row of calls.values()) {
    const mark = markOf(row);
    if (!mark) continue;
    const title = document.createElementNS(cursor.namespaceURI, "title");
    title.textContent = `${row.querySelector(".call").textContent} = ${row.querySelector(".result").textContent}`;
    mark.append(title);
  }

  function markOf(row) {
    return row && timeline.querySelector(`[data-seq="${row.id.split("-e")[1]}"]`);
  }

  function tell(row) {
    if (!row) {
      story.replaceChildren(page.make("p", "quiet", "The program has just been executed; its loader has not run yet."));
      return;
    }
    const copy = (selector) => Array.from(row.querySelector(selector).cloneNode(true).childNodes);
    const facts = page.make("dl", "facts");
    for (const [name, selector] of [
      ["Call", ".call"],
      ["Result", ".result"],
      ["Made by", ".maker"],
      ["Mapped then", ".total"],
    ]) {
      facts.append(page.make("dt", "", name), page.make("dd", "", ...copy(selector)));
    }
    story.replaceChildren(facts, sourceAround(row.querySelector("a.place")));
  }

  function point(row) {
    const mark = markOf(row);
    cursor.setAttribute("visibility", mark ? "visible" : "hidden");
    if (!mark) return;
    for (const end of ["x1", "x2"]) cursor.setAttribute(end, mark.dataset.x);
    cursor.setAttribute("y1", 0);
    cursor.setAttribute("y2", timeline.viewBox.baseVal.height);
  }

  function show(frame) {
    for (const { element, from, to } of blocks) {
      element.classList.toggle("off", frame < from || frame > to);
      element.classList.toggle("fresh", frame === from && frame > 0);
    }
    const row = calls.get(frame);
    slider.value = frame;
    slider.setAttribute("aria-valuetext", row ? `call ${frame} of ${last}` : "exec");
    counter.textContent = `${frame} of ${last}`;
    tell(row);
    point(row);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  }

  function toTheNext() {
    if (Number(slider.value) >= last) stop();
    else show(Number(slider.value) + 1);
  }

  function step(by) {
    stop();
    show(Math.min(Math.max(Number(slider.value) + by, 0), last));
    page.keep("call", slider.value);
  }

  const counter = page.make("span", "quiet");
  const play = page.button("Play", () => {
    if (timer) return stop();
    if (Number(slider.value) >= last) show(0);
    play.textContent = "Pause";
    timer = setInterval(toTheNext, 600);
  });
  const back = page.button("←", () => step(-1));
  back.setAttribute("aria-label", "The call before");
  const on = page.button("→", () => step(1));
  on.setAttribute("aria-label", "The next call");
  slider.addEventListener("input", () => step(0));
  side.append(slider, page.make("div", "steps", back, on, play, counter), story);

  timeline.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-seq]");
    const row = mark && document.getElementById(`r${run.id.slice(3)}-e${mark.dataset.seq}`);
    if (!row || !row.dataset.frame) return;
    slider.value = row.dataset.frame;
    step(0);
  });
  // At first the last call that a line of the program made: it shows best what this is for.
  const made = Array.from(calls.keys()).filter((frame) => calls.get(frame).querySelector(".place"));
  const kept = page.state() && page.state().get("call");
  show(/^\d{1,4}$/.test(kept || "") ? Math.min(Number(kept), last) : made.length > 0 ? Math.max(...made) : last);
}

page.all(".film").forEach(makeReplay);
