// What simcord's page lacks of Discord: it follows new answers, completes @, takes a command that is
// typed with its question, and a message has a menu.

const $ = (id) => document.getElementById(id);
const tell = (message) => parent.postMessage(message, location.origin);
const timeline = $("channel-timeline");
const NAME = "@Footnote";
let mention = NAME;
let following = true;

// Following

const ROOM = 60; // pixels from the end that still count as its end
const A_MOMENT = 600; // milliseconds in which a scroll is taken to be by hand
let byHand = 0;
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  timeline.addEventListener(kind, () => { byHand = Date.now(); }, { passive: true });
}
timeline.addEventListener("scroll", () => {
  const atEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < ROOM;
  if (atEnd || Date.now() - byHand < A_MOMENT) following = atEnd;
  else follow();
}, { passive: true });
const follow = () => {
  if (following) timeline.scrollTop = timeline.scrollHeight;
};
new ResizeObserver(follow).observe($("channel-message-list"));
new ResizeObserver(follow).observe(timeline);
new MutationObserver(() => {
  if (following && !$("new-messages").hidden) $("new-messages").click();
}).observe($("new-messages"), { attributes: true, attributeFilter: ["hidden"] });
// What oneself says is always followed.
document.addEventListener("submit", () => { following = true; follow(); }, true);

// Mentions

const composer = () => document.querySelector("#channel-composer textarea");
function write(text) {
  const input = composer();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
  input.setSelectionRange(text.length, text.length);
}
// Discord sends the number of whom is named.
document.addEventListener("submit", () => {
  const input = composer();
  if (input && !input.value.startsWith("/")) input.value = input.value.replaceAll(NAME, mention);
}, true);

const names = document.createElement("div");
names.className = "mention-names";
names.hidden = true;
const offered = document.createElement("button");
offered.type = "button";
offered.textContent = NAME;
names.append(offered);
document.body.append(names);
const begun = () => /(?:^|\s)@(\w*)$/.exec(composer()?.value ?? "");
function complete() {
  const match = begun();
  if (match) write(composer().value.slice(0, -match[1].length - 1) + `${NAME} `);
  names.hidden = true;
}
offered.addEventListener("click", complete);
document.addEventListener("input", () => {
  const match = begun();
  names.hidden = !match || !NAME.slice(1).toLowerCase().startsWith(match[1].toLowerCase());
  if (names.hidden) return;
  const box = composer().getBoundingClientRect();
  Object.assign(names.style, { left: `${box.left}px`, bottom: `${innerHeight - box.top + 6}px` });
});
document.addEventListener("keydown", (event) => {
  if (names.hidden || !["Enter", "Tab", "Escape"].includes(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key === "Escape") names.hidden = true;
  else complete();
}, true);

// Commands: "/ask How …" is the command with its question, though nobody chose it from the list.

let commands = [];
let choosing = false;
const listed = (command) => [...document.querySelectorAll("#channel-composer .command-entry")]
  .find((entry) => entry.querySelector("strong")?.textContent === `/${command}`);
function chooseTyped() {
  const typed = composer()?.value ?? "";
  const command = commands.find((name) => typed.startsWith(`/${name} `));
  if (!command || choosing) return;
  choosing = true;
  write(`/${command}`);
  const entry = listed(command);
  if (entry) entry.click();
  else write(typed);
  choosing = false;
  const field = document.querySelector("#channel-composer .command-option-input");
  const said = typed.slice(command.length + 2);
  if (!field || !said) return;
  field.value = said;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
document.addEventListener("input", chooseTyped);

// The menu of a message

const menuOf = (article, x, y) => tell({ what: "menu", message: article.dataset.messageId, x, y });
document.addEventListener("contextmenu", (event) => {
  const article = event.target.closest("[data-message-id]");
  if (!article || event.target.closest("a")) return;
  event.preventDefault();
  menuOf(article, event.clientX, event.clientY);
});
const furnish = () => {
  for (const article of document.querySelectorAll("#channel-message-list > [data-message-id]")) {
    if (article.querySelector(":scope > .message-menu")) continue;
    const more = document.createElement("button");
    Object.assign(more, { type: "button", className: "message-menu", textContent: "⋯" });
    more.setAttribute("aria-label", "Menu of the message");
    more.addEventListener("click", (event) => menuOf(article, event.clientX, event.clientY));
    article.append(more);
  }
};
new MutationObserver(furnish).observe($("channel-message-list"), { childList: true, subtree: true });

// Whom it is viewed as

const picker = $("viewer-picker");
const viewers = () => tell({
  what: "viewers",
  chosen: picker.value,
  viewers: [...picker.options].map((option) => ({ id: option.value, name: option.textContent })),
});
new MutationObserver(viewers).observe(picker, { childList: true });
addEventListener("message", ({ origin, data }) => {
  if (origin !== location.origin) return;
  if (data.what === "names") ({ mention, commands } = data);
  if (data.what === "insert") write(`${composer().value.trimEnd()} ${NAME} `.trimStart());
  if (data.what === "view") {
    picker.value = data.id;
    picker.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
document.addEventListener("pointerdown", () => tell({ what: "click" }));
tell({ what: "ready" });
