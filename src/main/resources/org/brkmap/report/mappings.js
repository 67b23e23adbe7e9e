// Every mapping of every checkpoint, read from the evidence that the page carries; a page of the table at a time.
const mappings = { perPage: 200, evidence: null };

/** Lines alternate between text as it is, and "from,length" of what stood before. */
mappings.unfold = (folded) =>
  folded.split("\n").reduce((text, line, i) => {
    if (i % 2 === 0) return text + line;
    const [from, length] = line.split(",").map(Number);
    return text + text.slice(from, from + length);
  }, "");

/** The values of a column, which may be written as repetitions, as differences, or as columns of its members. */
mappings.column = (packed) => {
  if (Array.isArray(packed)) return packed.map(mappings.rows);
  if (packed["*"]) return packed["*"].flatMap((value, i, all) => (i % 2 === 0 ? Array(all[i + 1]).fill(value) : []));
  if (packed["+"]) {
    let sum = 0;
    return packed["+"].map((by) => (sum += by));
  }
  if (packed["0x"]) {
    let sum = 0n;
    return packed["0x"].map((by) => {
      sum += by[0] === "-" ? -BigInt("0x" + by.slice(1)) : BigInt("0x" + by);
      return "0x" + sum.toString(16);
    });
  }
  const columns = Object.entries(packed["[]"]).map(([name, column]) => [name, mappings.column(column)]);
  let rows = columns[0][1].map((unused, i) => Object.fromEntries(columns.map(([name, column]) => [name, column[i]])));
  if (packed["="]) rows = mappings.column(packed["="]).map((place) => rows[place]);
  for (const place of packed.null || []) rows.splice(place, 0, null);
  if (!packed["#"]) return rows;
  let end = 0;
  return mappings.column(packed["#"]).map((length) => rows.slice(end, (end += length)));
};

/** A value whose arrays of objects may be in columns. */
mappings.rows = (packed) => {
  if (Array.isArray(packed)) return packed.map(mappings.rows);
  if (packed === null || typeof packed !== "object") return packed;
  if (packed["[]"] && typeof packed["[]"] === "object") return mappings.column(packed);
  return Object.fromEntries(Object.entries(packed).map(([name, value]) => [name, mappings.rows(value)]));
};

/** The evidence, unpacked when it is first asked for. */
mappings.load = async () => {
  if (mappings.evidence) return mappings.evidence;
  const island = document.getElementById("evidence");
  let text = island.textContent;
  const encoding = island.dataset.encoding;
  if (encoding) {
    const packed = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    text = await new Response(stream).text();
  }
  const columns = encoding === "columns-folded-gzip";
  const whole = columns ? mappings.rows(JSON.parse(mappings.unfold(text))) : JSON.parse(text);
  mappings.evidence = (whole.runs || [whole]).flatMap((run, index) =>
    run.checkpoints.map((checkpoint) => ({ run: index, checkpoint })),
  );
  return mappings.evidence;
};

const bare = (address) => address.replace(/^0x/, "");
const holds = (range, address) => range.start <= address && address < range.end;
const rangeOf = (mapping) => parseRange(`${bare(mapping.start)}-${bare(mapping.end)}`);

/** The ranges of the last checkpoint that holds an address; none if the evidence cannot be read. */
mappings.holding = async (address) => {
  const seen = await mappings.load().catch(() => []);
  const hits = seen.flatMap(({ checkpoint }) =>
    checkpoint.mappings.map(rangeOf).filter((range) => holds(range, address)),
  );
  return hits.slice(-1);
};

// Names come from a program: control characters and what reorders text are shown, as in the rest of the page.
const shown = (text) =>
  text
    .slice(0, 200)
    .replace(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
      (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
    );

const kib = (bytes) => (bytes === null || bytes === undefined ? "n/a" : (bytes / 1024).toLocaleString("en"));

function rowOf(mapping) {
  const row = page.make("tr", "");
  row.dataset.range = rangeOf(mapping).text;
  const size = Number(BigInt(mapping.end) - BigInt(mapping.start));
  const cells = [
    mapping.perms,
    kib(size),
    kib(mapping.usage && mapping.usage.rss),
    mapping.role.toLowerCase().replace(/_/g, " "),
  ];
  const head = page.make("th", "", page.make("code", "", row.dataset.range));
  head.scope = "row";
  row.append(head, ...cells.map((text, i) => page.make("td", i === 1 || i === 2 ? "num" : "", text)));
  row.append(page.make("td", "", shown(mapping.name || "")));
  return row;
}

function makePager(body, seen) {
  const choice = page.make("select", "");
  choice.setAttribute("aria-label", "Checkpoint");
  seen.forEach(({ run, checkpoint }, i) =>
    choice.append(new Option(shown(`run ${run + 1}, #${checkpoint.id} ${checkpoint.label}`), i)),
  );
  choice.value = seen.length - 1;
  const said = page.make("span", "quiet");
  const heads = ["Addresses", "May", "KiB", "Resident, KiB", "Role", "Name"].map((name, i) => {
    const head = page.make("th", i === 2 || i === 3 ? "num" : "", name);
    head.scope = "col";
    return head;
  });
  const rows = page.make("tbody", "");
  let first = 0;
  const show = (to) => {
    const all = seen[choice.value].checkpoint.mappings;
    first = Math.min(Math.max(to, 0), Math.max(0, all.length - 1));
    first -= first % mappings.perPage;
    rows.replaceChildren(...all.slice(first, first + mappings.perPage).map(rowOf));
    said.textContent = `${first + 1} to ${Math.min(first + mappings.perPage, all.length)} of ${all.length}`;
  };
  choice.addEventListener("change", () => show(0));
  const back = page.button("Before", () => show(first - mappings.perPage));
  const on = page.button("Next", () => show(first + mappings.perPage));
  const table = page.make(
    "table",
    "",
    page.make("caption", "", "Mappings in order of address"),
    page.make("thead", "", page.make("tr", "", ...heads)),
    rows,
  );
  const scroll = page.make("div", "scroll", table);
  scroll.tabIndex = 0;
  body.append(page.make("div", "pager", choice, back, on, said), scroll);
  show(0);
}

const raw = document.querySelector(".raw");
if (raw && document.getElementById("evidence")) {
  const details = page.make("details", "every-mapping", page.make("summary", "", "Every mapping, page by page"));
  details.addEventListener("toggle", async () => {
    if (!details.open || details.children.length > 1) return;
    const body = page.make("div", "");
    details.append(body);
    try {
      makePager(body, await mappings.load());
    } catch (damaged) {
      body.append(page.make("p", "warning", "The evidence in this page cannot be read: it was cut or edited."));
    }
  });
  raw.querySelector("h2, h3").after(details);
}

reveal();
restore();
