// The page for chairs. The token lives in this variable and nowhere else.
"use strict";
let token = "";
let page = 1;
let timer = 0;
const PER_PAGE = 50;
const at = (id) => document.getElementById(id);
const tell = (words) => { at("told").textContent = words; };

/** Asks the service; a problem becomes an error with its words. */
async function ask(path, options = {}) {
  const headers = { accept: "application/json", ...options.headers };
  if (token) headers.authorization = `Bearer ${token}`;
  let answer;
  try {
    answer = await fetch(path, { ...options, headers, credentials: "omit" });
  } catch {
    throw new Error("the service does not answer; is it running?");
  }
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401) {
    at("enter").hidden = false;
    at("token").focus();
    // What it asks for stands beside the field.
    if (!token) throw new Error("");
  }
  throw new Error(problem.detail || `the service answers ${answer.status}`);
}

/** A cell; where rows are cards, `head` tells what it is. */
const cell = (row, text, { kind, head } = {}) => {
  const one = row.insertCell();
  one.setAttribute("role", "cell");
  one.textContent = text;
  if (kind) one.className = kind;
  if (head) one.dataset.head = head;
  return one;
};

const counted = (number, one) => (number ? [`${number} ${one}${number === 1 ? "" : "s"}`] : []);
const found = ({ errors, warnings, notes }) =>
  [...counted(errors, "error"), ...counted(warnings, "warning"), ...counted(notes, "note")].join(", ");

/** Answers in words and signs, not in colour alone. */
const ANSWERS = { pass: "✓ pass", fail: "✗ fail", undetermined: "? undetermined" };
const WAITS = { queued: "… waiting", running: "… being checked" };

function show(check) {
  const row = at("rows").insertRow();
  row.setAttribute("role", "row");
  const paper = cell(row, check.label);
  if (check.title) {
    const title = document.createElement("small");
    title.textContent = check.title;
    paper.append(title);
  }
  cell(row, ANSWERS[check.verdict] || WAITS[check.state], { kind: check.verdict });
  cell(row, check.reason || "");
  cell(row, found(check), { head: "Found" });
  cell(row, `${check.venue}, ${check.stage}, ${check.track}`, { head: "Checked against" });
  const when = new Date(check.created);
  cell(row, when.toLocaleString([], { dateStyle: "medium", timeStyle: "short" }), { head: "Handed in" });
  const report = cell(row, "");
  if (check.status === "ok" || check.status === "unreadable") {
    const open = document.createElement("button");
    open.type = "button";
    open.textContent = "Open";
    open.setAttribute("aria-label", `Open the report on ${check.label}`);
    open.addEventListener("click", () => read(check.id));
    report.append(open);
  }
}

/** Opens a report in a tab of its own, by a link that is good once. */
async function read(id) {
  const tab = window.open("about:blank");
  try {
    const { path } = await ask(`/v1/checks/${id}/link`, { method: "POST" });
    if (tab) {
      tab.opener = null;
      tab.location.replace(new URL(path, location.href));
    } else {
      location.assign(path);
    }
  } catch (error) {
    tab?.close();
    tell(error.message);
  }
}

async function list() {
  clearTimeout(timer);
  const asked = new URLSearchParams({ page, per_page: PER_PAGE });
  if (at("verdict").value) asked.set("verdict", at("verdict").value);
  if (at("words").value.trim()) asked.set("q", at("words").value.trim());
  const { checks, total } = await ask(`/v1/checks?${asked}`);
  // Whoever is at a button with the keyboard stays there.
  const focused = [...document.querySelectorAll("#rows button")].indexOf(document.activeElement);
  at("rows").replaceChildren();
  checks.forEach(show);
  if (focused >= 0) document.querySelectorAll("#rows button")[focused]?.focus();
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  at("place").textContent = total ? `page ${page} of ${pages}, ${total} checks` : "no checks";
  at("newer").disabled = page <= 1;
  at("older").disabled = page >= pages;
  // What is under way is looked at again.
  if (checks.some((check) => check.state !== "done")) timer = setTimeout(refresh, 1500);
}

const refresh = () => list().catch((error) => tell(error.message));

async function handIn(pdf) {
  const form = new FormData();
  if (pdf) form.append("pdf", pdf);
  for (const name of ["source", "supplement"]) for (const file of at(name).files) form.append(name, file);
  for (const name of ["venue", "stage", "audience"]) if (at(name).value) form.append(name, at(name).value);
  return ask("/v1/checks", { method: "POST", body: form });
}

at("hand-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const papers = [...at("pdf").files];
  const belongs = at("source").files.length + at("supplement").files.length > 0;
  if (papers.length === 0 && at("source").files.length === 0) return tell("Choose a paper first.");
  if (papers.length > 1 && belongs) return tell("Sources and supplements belong to one paper: choose one.");
  const button = event.submitter;
  button.disabled = true;
  const told = [];
  for (const pdf of papers.length ? papers : [null]) {
    const name = pdf ? pdf.name : at("source").files[0].name;
    tell(`Handing in ${name} …`);
    try {
      const answer = await handIn(pdf);
      told.push(`${name}: ${answer.verdict || "will be checked"}`);
    } catch (error) {
      told.push(`${name}: ${error.message}`);
    }
  }
  button.disabled = false;
  page = 1;
  await refresh();
  tell(told.join("\n"));
});

at("filter").addEventListener("submit", (event) => {
  event.preventDefault();
  page = 1;
  tell("");
  refresh();
});
at("verdict").addEventListener("change", () => at("filter").requestSubmit());
for (const [id, step] of [["newer", -1], ["older", 1]]) {
  at(id).addEventListener("click", () => {
    page += step;
    refresh();
  });
}
at("enter").addEventListener("submit", async (event) => {
  event.preventDefault();
  token = at("token").value.trim();
  at("token").value = "";
  try {
    await start();
    at("enter").hidden = true;
    tell("");
    at("pdf").focus();
  } catch (error) {
    tell(error.message);
  }
});

async function start() {
  const { venues } = await ask("/v1/venues");
  const chooser = at("venue");
  chooser.length = 1;
  chooser.options[0].textContent = `${venues[0]}, as the service is set`;
  for (const venue of venues) chooser.add(new Option(venue, venue));
  await list();
}
start().catch((error) => tell(error.message));
