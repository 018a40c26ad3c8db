"use strict";

const part = (id) => document.getElementById(id);
// A plugin is shown before it has drawn: the old sheet stays above the new one for so long.
const DRAWING = 150; // milliseconds

let events = null;
let page = 1;
let seen = ""; // the view and version that the frame holds
let swap = 0;

// Without a layout in the address of the page, the preview shows the one that it was started with.
function wanted() {
  const query = new URLSearchParams(location.search);
  return query.has("layout") ? `?${query}` : "?";
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function show(state) {
  document.title = `${state.is_current ? "" : "Error: "}${state.code} ${state.layout} – docgen preview`;
  part("code").textContent = state.code;
  part("layout-name").textContent = state.layout;
  const pages = state.page_count === 1 ? "1 page" : `${state.page_count} pages`;
  part("about").textContent = [state.organization, state.version && pages].filter(Boolean).join(" · ");
  showChoices(state);
  showFindings(state);
  showStatus(state);
  showSheet(state);
}

function showChoices(state) {
  const names = [...new Set([...state.layouts, state.layout])].filter(Boolean);
  const select = part("layout");
  if ([...select.options].map((option) => option.value).join() !== names.join()) {
    select.replaceChildren(...names.map((name) => new Option(name, name)));
  }
  select.value = state.layout;
  part("large-print").checked = state.large_print || state.is_always_large;
  part("large-print").disabled = state.is_always_large;
  part("pdf").href = `/sheet.pdf${wanted()}`;
}

function showFindings(state) {
  const box = part("findings");
  box.hidden = state.findings.length === 0;
  box.classList.toggle("refused", !state.is_current);
  const errors = state.findings.filter((finding) => finding.severity === "error").length;
  const word = errors ? "error" : "warning";
  const count = errors || state.findings.length;
  part("findings-title").textContent = `${count} ${word}${count === 1 ? "" : "s"}`;
  part("findings-list").replaceChildren(...state.findings.map(finding));
}

function finding(found) {
  const item = element("li", found.severity, "");
  if (found.place) item.append(element("p", "place", found.place));
  const message = element("p", "message", `${found.message} `);
  message.append(element("span", "rule", `${found.severity}[${found.rule}]`));
  item.append(message);
  if (found.hint) item.append(element("p", "hint", `Hint: ${found.hint}`));
  return item;
}

function showStatus(state) {
  const time = new Date().toLocaleTimeString();
  if (state.is_current) {
    part("status").textContent = `Up to date, rendered in ${state.milliseconds} ms at ${time}`;
  } else if (state.version) {
    part("status").textContent = `Not rendered at ${time}. Below is the last good sheet.`;
  } else {
    part("status").textContent = `Not rendered at ${time}. There is no good sheet yet.`;
  }
}

function showSheet(state) {
  part("sheet").classList.toggle("stale", !state.is_current);
  page = Math.max(1, Math.min(page, state.page_count));
  const showing = state.version && `/sheet.pdf${wanted()}&version=${state.version}`;
  if (showing === seen) return;
  seen = showing;
  showPages(state.page_count);
  load();
}

function showPages(count) {
  const buttons = Array.from({ length: count }, (_, index) => {
    const button = element("button", "", `Page ${index + 1}`);
    button.type = "button";
    button.addEventListener("click", () => turnTo(index + 1));
    return button;
  });
  part("pages").replaceChildren(...buttons);
  part("pages").hidden = count < 2;
  markPage();
}

function markPage() {
  [...part("pages").children].forEach((button, index) => {
    if (index + 1 === page) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  });
}

function turnTo(number) {
  page = number;
  markPage();
  load();
}

// The sheet that is there stays until the new one has been drawn below it.
function load() {
  const sheet = part("sheet");
  clearTimeout(swap);
  sheet.querySelectorAll("iframe.coming").forEach((frame) => frame.remove());
  const before = sheet.querySelector("iframe");
  if (!seen) {
    before?.remove();
    return;
  }
  const frame = document.createElement("iframe");
  frame.title = `Page ${page} of the sheet`;
  frame.className = "coming";
  frame.addEventListener("load", () => {
    swap = setTimeout(() => {
      frame.className = "";
      before?.remove();
    }, before ? DRAWING : 0);
  });
  frame.src = `${seen}#page=${page}&navpanes=0&view=FitH`;
  sheet.append(frame);
}

// Browsers keep few connections to one host, so that a tab which nobody sees gives its own back.
function connect() {
  events?.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource(`/events${wanted()}`);
  events.addEventListener("message", (event) => show(JSON.parse(event.data)));
  events.addEventListener("error", () => {
    part("status").textContent = "The preview has stopped. Start docgen preview again.";
  });
}

function look() {
  const query = new URLSearchParams(new FormData(part("view")));
  history.replaceState(null, "", `?${query}`);
  page = 1;
  connect();
}

part("view").addEventListener("submit", (event) => event.preventDefault());
part("layout").addEventListener("change", look);
part("large-print").addEventListener("change", look);
document.addEventListener("visibilitychange", connect);
connect();
