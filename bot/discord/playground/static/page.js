// The places of the played server around simcord's page, which shows one of them.

const $ = (id) => document.getElementById(id);
const key = location.hash.slice(1);
const TITLES = { channel: "Text channels", forum: "Forum", direct: "Direct messages" };
const SIGNS = { channel: "# ", thread: "↳ ", forum: "+ ", post: "💬 ", direct: "@ " };
let state = null;
let listed = "";

async function ask(what, body) {
  const headers = { "X-Footnote-Key": key, "Content-Type": "application/json" };
  const answer = body
    ? await fetch(`/playground/${what}`, { method: "POST", headers, body: JSON.stringify(body) })
    : await fetch(`/playground/${what}`, { headers });
  const given = await answer.json();
  if (!answer.ok) throw new Error(given.error);
  return given;
}

async function act(what, body) {
  $("said").hidden = true;
  try {
    const { form } = await ask(what, { viewer: $("viewer").value, ...body });
    if (form) fillIn(form.title, form.fields, (values) => act("form", { values }));
  } catch (error) {
    $("said").textContent = error.message;
    $("said").hidden = false;
  }
  await look();
}

async function look() {
  const before = state;
  state = await ask("state");
  if (JSON.stringify([state.places, state.here]) !== listed) list();
  languages();
  if (before?.turn !== state.turn) $("discord").src = `/preview?${state.turn}#${state.key}`;
}

// What each member and the server chose in Discord's settings.
function languages() {
  const chosen = { language: state.speaking[$("viewer").value], "server-language": state.serverSpeaks };
  for (const [id, locale] of Object.entries(chosen)) {
    const menu = $(id);
    if (!menu.options.length) menu.replaceChildren(...state.languages.map(([code, name]) => new Option(name, code)));
    if (document.activeElement !== menu) menu.value = locale ?? state.languages[0][0];
  }
}

function list() {
  listed = JSON.stringify([state.places, state.here]);
  const begun = new Set();
  $("list").replaceChildren(...state.places.flatMap((place) => [
    ...(begun.has(place.kind) || !TITLES[place.kind] ? [] : [entry("title", TITLES[place.kind])]),
    button(place, begun.add(place.kind)),
  ]));
  $("examples").replaceChildren(...state.examples.map(example));
  const here = state.places.find((place) => place.id === state.here);
  $("open").textContent = `☰ ${SIGNS[here.kind]}${here.name}`;
}

// A question to click.
function example(text) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.onclick = () => act("say", { text });
  return made;
}

function entry(kind, text) {
  const item = document.createElement("li");
  item.className = kind;
  item.append(text);
  return item;
}

function button(place) {
  const forum = place.kind === "forum";
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = SIGNS[place.kind] + (forum ? "New post" : place.name);
  if (place.id === state.here) made.setAttribute("aria-current", "page");
  made.onclick = () => {
    showPlaces(false);
    if (forum) newPost();
    else act("go", { place: place.id });
  };
  if (place.kind !== "direct") made.oncontextmenu = (event) => placeMenu(event, place);
  return entry(["thread", "post"].includes(place.kind) ? "inner" : "", made);
}

function newPost() {
  const fields = [
    { id: "title", label: "Title", longest: 100, short: true },
    { id: "text", label: "Your question", longest: 2000 },
  ];
  fillIn("A post in the forum", fields, (values) => act("post", values));
}

// A form, as a modal of Discord or as our own.
function fillIn(title, fields, send) {
  const dialog = $("dialog");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("div").replaceChildren(...fields.map((field) => {
    const label = document.createElement("label");
    const input = document.createElement(field.short ? "input" : "textarea");
    Object.assign(input, { name: field.id, maxLength: field.longest, required: field.required ?? true });
    input.value = field.value ?? "";
    label.append(field.label, input);
    return label;
  }));
  dialog.onclose = () => {
    if (dialog.returnValue !== "send") return;
    const inputs = [...dialog.querySelectorAll("[name]")];
    send(Object.fromEntries(inputs.map((input) => [input.name, input.value])));
  };
  dialog.returnValue = "";
  dialog.showModal();
}

// The menu of a message, which within.js asks for.
function openMenu({ message, x, y }) {
  const frame = $("discord").getBoundingClientRect();
  const here = state.places.find((place) => place.id === state.here);
  showMenu(frame.left + x, frame.top + y, [
    ...state.menus.map((menu) => [`Apps › ${menu}`, () => act("menu", { message, menu })]),
    ...(here.kind === "direct" ? [] : [["React with ✅", () => act("tick", { message })]]),
    ...(here.kind === "channel" ? [["Begin a thread", () => act("thread", { message })]] : []),
    ...(here.kind === "post" ? [tagEntry(here)] : []),
  ]);
}

// The menu of a post, a thread or a channel.
function placeMenu(event, place) {
  event.preventDefault();
  const inner = ["thread", "post"].includes(place.kind);
  showMenu(event.clientX, event.clientY, [
    ...(place.kind === "post" ? [tagEntry(place)] : []),
    ...(inner ? [] : [["For the staff alone, or for everybody", () => act("hide", { place: place.id })]]),
    [`Delete ${place.name}`, () => act("delete", { place: place.id })],
  ]);
}
const tagEntry = (post) => ["Tag as solved, or not", () => act("tag", { place: post.id })];

function showMenu(x, y, entries) {
  $("menu").replaceChildren(...entries.map(([text, choose]) => {
    const made = document.createElement("button");
    made.textContent = text;
    made.onclick = () => { closeMenu(); choose(); };
    return made;
  }));
  $("menu").hidden = false;
  const box = $("menu").getBoundingClientRect();
  $("menu").style.left = `${Math.max(4, Math.min(x, innerWidth - box.width - 4))}px`;
  $("menu").style.top = `${Math.max(4, Math.min(y, innerHeight - box.height - 4))}px`;
  $("menu").firstChild.focus();
}
const closeMenu = () => { $("menu").hidden = true; };

const WHAT = {
  menu: openMenu,
  click: () => { closeMenu(); showPlaces(false); },
  // Who may be viewed as, and as whom it is viewed now, which simcord's page says.
  viewers: ({ viewers, chosen }) => {
    $("viewer").replaceChildren(...viewers.map(({ id, name }) => new Option(name, id, false, id === chosen)));
    $("as").hidden = viewers.length < 2;
    if (state) languages();
  },
  ready: () => tell({ what: "names", mention: state.mention, commands: state.commands }),
};
const tell = (message) => $("discord").contentWindow.postMessage(message, location.origin);

addEventListener("message", ({ origin, data }) => {
  if (origin === location.origin) WHAT[data.what]?.(data);
});
addEventListener("pointerdown", (event) => { if (!$("menu").contains(event.target)) closeMenu(); });
addEventListener("keydown", (event) => { if (event.key === "Escape") WHAT.click(); });
$("viewer").onchange = () => tell({ what: "view", id: $("viewer").value });
for (const id of ["language", "server-language"]) {
  $(id).onchange = ({ target }) => { target.blur(); act(id, { language: target.value }); };
}
$("mention").onclick = () => tell({ what: "insert" });
// On a narrow screen the places lie over what is shown: a tap beside them closes them.
function showPlaces(shown) {
  document.body.classList.toggle("places", shown);
  $("open").setAttribute("aria-expanded", String(shown));
}
$("open").onclick = () => showPlaces(!document.body.classList.contains("places"));

await look();
setInterval(() => { look().catch(() => {}); }, 1500);
