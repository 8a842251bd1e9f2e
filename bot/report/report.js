"use strict";

(() => {
  const BATCH = 200; // rows made at first: thousands at once would hold the page up
  const ALL = "all";
  const byId = (id) => document.getElementById(id);
  const { cases, passages, documents, verdicts, kinds } = JSON.parse(byId("data").textContent);
  const chosen = { verdict: ALL, kind: ALL };
  let shown = cases;

  // Whatever a document says is put in as text, never as markup, and without what would steer the
  // text around it: control characters and bidirectional overrides.

  const STEERING = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

  const calm = (child) => (typeof child === "string" ? child.replace(STEERING, "") : child);

  const make = (name, look, ...children) => {
    const node = document.createElement(name);
    if (look) node.className = look;
    node.append(...children.map(calm));
    return node;
  };

  const words = (name, look, ...children) => {
    const node = make(name, look, ...children);
    node.dir = "auto";
    return node;
  };

  const counted = (number) => number.toLocaleString("en");

  // Searching

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const haystacks = cases.map((one) =>
    fold([one.question, ...one.expected, one.answer, one.place, one.source].join("\n")),
  );

  const found = () => {
    const needles = fold(byId("find").value).split(/\s+/);
    return cases.filter((_, at) => needles.every((needle) => haystacks[at].includes(needle)));
  };

  const fits = (one, key) => chosen[key] === ALL || chosen[key] === one[key];

  // What a row opens to

  const position = (page, start, end) =>
    `${page === null ? "" : `page ${page}, `}characters ${start}–${end}`;

  const where = (head, document, page, start, end, ...more) => {
    const [title, source] = documents[document];
    return make(
      "div", "where",
      make("b", "", `${head} `, words("bdi", "", title)),
      words("div", "", source),
      make("div", "", position(page, start, end)),
      ...more.map((text) => make("div", "", text)),
    );
  };

  // Offsets count characters, where JavaScript counts halves of some.
  const marked = (text, start, quotes) => {
    const letters = [...text];
    const inside = (offset) => Math.min(Math.max(offset - start, 0), letters.length);
    const spans = quotes.map((quote) => [inside(quote.start), inside(quote.end)]);
    const parts = [];
    let at = 0;
    for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
      if (to <= at || to <= from) continue;
      const begin = Math.max(from, at);
      const quoted = make("mark", "", letters.slice(begin, to).join(""));
      parts.push(letters.slice(at, begin).join(""), quoted);
      at = to;
    }
    return words("div", "text", ...parts, letters.slice(at).join(""));
  };

  const passage = ([number, score], place, one, quotes) => {
    const [document, page, start, end, text] = passages[number];
    const here = quotes.filter((quote) => quote.document === document);
    const head = where(`${place + 1}.`, document, page, start, end, `score ${score}`);
    if (one.rank === place + 1) head.append(make("div", "holds", "holds the gold"));
    return make("li", "", head, marked(text, start, here));
  };

  const pieces = (heading, items) =>
    items.length ? [make("h3", "", heading), make("ol", "pieces", ...items)] : [];

  const about = (one) => {
    const list = make("dl", "about");
    const facts = [
      ["asked", `${one.kind}, of the library ${one.library}`],
      ["written in", one.place],
      ["to be cited", one.source],
      ["to be found", one.evidence && `… ${one.evidence} …`],
      ["took", `${one.ms} ms`],
    ];
    for (const [name, value] of facts.filter(([, value]) => value)) {
      list.append(make("dt", "", name), words("dd", "", value));
    }
    return list;
  };

  const body = (one) => {
    const quotes = one.quotes.map(([number, document, page, start, end, text]) => (
      { number, document, page, start, end, text }
    ));
    const cited = quotes.map(({ number, document, page, start, end, text }) => (
      make("li", "", where(`[${number}]`, document, page, start, end), words("div", "text", text))
    ));
    const all = one.found.map((each, place) => passage(each, place, one, quotes));
    return [about(one), ...pieces("Quotes", cited), ...pieces("Passages, best first", all)];
  };

  // Rows

  const row = (one) => {
    const node = byId("row").content.firstElementChild.cloneNode(true);
    const fill = (field, text) => { node.querySelector(`.${field}`).append(calm(text)); };
    for (const field of ["verdict", "question", "answer", "confidence"]) fill(field, one[field]);
    fill("expected", one.expected.join(" / ") || "to abstain");
    fill("rank", String(one.rank ?? "–"));
    node.id = `case-${one.number}`;
    node.classList.toggle("wrong", one.verdict !== "right");
    node.querySelector(".expected").classList.toggle("none", !one.expected.length);
    node.querySelector(".answer").classList.toggle("none", !one.answered);
    const details = node.querySelector("details");
    details.addEventListener("toggle", () => {
      const inner = node.querySelector(".body");
      if (details.open && !inner.hasChildNodes()) inner.append(...body(one));
    });
    return node;
  };

  const show = (most) => {
    byId("rows").replaceChildren(...shown.slice(0, most).map(row));
    const left = shown.length - most;
    byId("more").hidden = left <= 0;
    byId("more").textContent = `Show the other ${counted(left)}`;
  };

  // Choosing: a button tells how many there would be of its sort among those otherwise chosen

  const chips = (key, sorts, among) => {
    for (const button of byId(`${key}s`).children) {
      const sort = button.value;
      const count = among.filter((one) => sort === ALL || one[key] === sort).length;
      button.setAttribute("aria-pressed", String(chosen[key] === sort));
      button.querySelector("span").textContent = counted(count);
    }
  };

  const update = () => {
    const matching = found();
    chips("verdict", verdicts, matching.filter((one) => fits(one, "kind")));
    chips("kind", kinds, matching.filter((one) => fits(one, "verdict")));
    shown = matching.filter((one) => fits(one, "verdict") && fits(one, "kind"));
    const part = shown.length < cases.length ? `${counted(shown.length)} of ` : "";
    const noun = cases.length > 1 ? "cases" : "case";
    byId("status").textContent = `${part}${counted(cases.length)} ${noun}`;
    show(BATCH);
  };

  const choose = (key, sort) => {
    chosen[key] = sort;
    update();
  };

  const offer = (key, sorts) => {
    const there = sorts.filter((sort) => cases.some((one) => one[key] === sort));
    for (const sort of [ALL, ...there]) {
      const button = make("button", "", `${sort} `, make("span"));
      button.type = "button";
      button.value = sort;
      button.addEventListener("click", () => choose(key, sort));
      byId(`${key}s`).append(button);
    }
  };

  // A link to a case opens it, wherever it is and whatever is chosen

  const follow = () => {
    const number = Number(/^#case-(\d+)$/.exec(location.hash)?.[1]);
    if (!cases.some((one) => one.number === number)) return;
    if (!byId(`case-${number}`)) {
      byId("find").value = "";
      Object.assign(chosen, { verdict: ALL, kind: ALL });
      update();
      if (!byId(`case-${number}`)) show(cases.length);
    }
    const details = byId(`case-${number}`).querySelector("details");
    details.open = true;
    details.scrollIntoView();
    details.querySelector("summary").focus({ preventScroll: true });
  };

  if (!cases.length) return;
  offer("verdict", verdicts);
  offer("kind", kinds);
  byId("controls").hidden = false;
  byId("find").addEventListener("input", update);
  byId("more").addEventListener("click", () => {
    const next = Math.min(BATCH, shown.length);
    show(shown.length);
    byId("rows").children[next]?.querySelector("summary").focus();
  });
  window.addEventListener("hashchange", follow);
  for (const link of document.querySelectorAll("#changed a")) {
    // Followed once more, the same link changes no address.
    link.addEventListener("click", () => setTimeout(follow));
  }
  update();
  follow();
})();
