// The page: takes files, has them checked in a worker, shows the report. Nothing is kept and nothing is sent.
"use strict";

const dlde = (() => {
  const at = (id) => document.getElementById(id);
  const made = (tag, text, attributes = {}) => {
    const element = Object.assign(document.createElement(tag), attributes);
    if (text) element.textContent = text;
    return element;
  };
  // The longest that a task may take, in milliseconds: a hundred times what a paper takes.
  const LONGEST = 60_000;
  // The most that is read, in bytes, as by the program. Source: src/submission/limits.rs.
  const MOST_BYTES = 200 * 2 ** 20;
  const FAILED =
    "It failed: the file asks for more than a page in a browser may have, or this program has a fault. The command line, dlde check, goes further.";
  const NOTHING_KNOWN = "Nothing is known of this paper.";
  const ANSWER_STANDS = "The answer below stands.";

  // Modules. One arrives as a plain script, which the policy lets in; a connection it would not.
  const modules = new Map();
  const waiting = new Map();

  const load = (name) => {
    if (!modules.has(name)) {
      const arrival = new Promise((resolve, reject) => {
        const script = made("script", "", { src: `${name}.js` });
        const lost = () => {
          modules.delete(name);
          script.remove();
          reject(`${name}.js, a part of this page, could not be loaded. Try again when you are online.`);
        };
        waiting.set(name, { resolve, reject });
        script.onerror = lost;
        // Something else may have come in its place, such as the page of a hotel's network.
        script.onload = () => waiting.has(name) && lost();
        document.head.append(script);
      });
      modules.set(name, arrival);
    }
    return modules.get(name);
  };

  const arrived = async (name, { code, module }) => {
    const { resolve, reject } = waiting.get(name);
    waiting.delete(name);
    try {
      const packed = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
      const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
      const compiled = await WebAssembly.compile(await new Response(unpacked).arrayBuffer());
      resolve({ compiled, url: URL.createObjectURL(new Blob([code], { type: "text/javascript" })) });
    } catch (error) {
      modules.delete(name);
      reject(`This browser could not start ${name}.js (${error}). The page needs a browser of 2023 or later, with WebAssembly.`);
    }
  };

  const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;

  // Does one task in a worker of its own. It is refused with a sentence, stopped, or done.
  let stop = () => {};
  // A refusal that lacks its subject is given one.
  const work = (name, task, subject) =>
    new Promise((resolve, reject) => {
      let worker;
      let isOver = false;
      const end = (how, what) => {
        isOver = true;
        clearTimeout(clock);
        worker?.terminate();
        how(what);
      };
      const clock = setTimeout(() => end(reject, "It took longer than a minute and was stopped."), LONGEST);
      stop = () => end(reject, "It was stopped.");
      const begin = ({ compiled, url }) => {
        if (isOver) return;
        worker = new Worker(url);
        worker.onerror = worker.onmessageerror = () => end(reject, FAILED);
        worker.onmessage = ({ data }) => {
          if (data.fault) end(reject, FAILED);
          else if (data.refused) end(reject, sentence(subject ? `${subject} ${data.refused}` : data.refused));
          else end(resolve, data);
        };
        worker.postMessage({ module: compiled, task });
      };
      load(name).then(begin, (why) => end(reject, why));
    });

  // The reports in these formats. The smaller module says where a paper is beyond it.
  const reports = async (name, submission, formats) => {
    const task = { ...submission, formats };
    const { beyond, done } = await work(name, task);
    return beyond ? (await work("more", task)).done : done;
  };

  // What was chosen, and what was found of it. What is saved is what was checked, whatever becomes of the file.
  let chosen = [];
  let shown = null;
  const isPdf = (name) => /\.pdf$/i.test(name);

  // A paper may have sources and supplements; without a paper, files are its sources, all together. What an author said
  // of a file stays.
  const SUPPLEMENT = /(^|[^a-z])supp(l|lement|lements|lementary|lemental)?([^a-z]|$)/i;
  const APPENDIX = /(^|[^a-z])append(ix|ices)([^a-z]|$)/i;
  const guess = (entries) => {
    const pdfs = entries.filter(({ file }) => isPdf(file.name));
    const said = entries.find(({ role, isSaid }) => isSaid && role === "paper");
    const paper = said ?? pdfs.find(({ file, isSaid }) => !isSaid && !SUPPLEMENT.test(file.name) && !APPENDIX.test(file.name)) ?? pdfs.find(({ isSaid }) => !isSaid);
    const beside = ({ name }) => (isPdf(name) || SUPPLEMENT.test(name) ? "supplement" : "source");
    for (const entry of entries)
      if (!entry.isSaid) entry.role = entry === paper || (!paper && pdfs.length === 0) ? "paper" : beside(entry.file);
    return entries;
  };

  // Who the authors are, a line each, in the form of the command line. The first part that is nothing else is the name;
  // addresses stand anywhere in a line, and marks that a title block sets beside a name are none of it.
  const author = (line) => {
    const found = { names: [], emails: [], homepages: [], affiliations: [] };
    const taken = (pattern, keep) => (rest) => rest.replace(pattern, (whole) => (keep(whole), ","));
    const cuts = [
      taken(/https?:\/\/orcid\.org\/\S+/gi, (word) => (found.orcid = word.split("/").pop())),
      taken(/(\d{4}-){3}\d{3}[\dX]/gi, (word) => (found.orcid = word)),
      taken(/https?:\/\/[^\s,<>]+/gi, (word) => found.homepages.push(word)),
      taken(/[^\s,<>()]+@[^\s,<>()]+/g, (word) => found.emails.push(word)),
      // In small letters: J.Li is somebody.
      taken(/[^\s,<>()]+\.(com|org|net|edu|io|me|dev|ai|page|info|[a-z]{2})(\/[^\s,<>]*)?(?=$|[\s,<>])/g, (word) => found.homepages.push(word)),
    ];
    const rest = cuts.reduce((words, cut) => cut(words), line).replace(/\([^)]*\)/g, " ").replace(/[<>*†‡§¶¹²³⁰-⁹]+|(?<=\p{L})\d+(?=$|[\s,])/gu, " ");
    for (const part of rest.split(",").map((part) => part.trim()).filter((part) => /\p{L}/u.test(part)))
      (found.names.length ? found.affiliations : found.names).push(part);
    return found;
  };
  const authors = () => at("authors").value.split("\n").filter((line) => line.trim()).map(author);

  // What was understood, so that nobody takes for granted what was not looked for.
  const understood = () =>
    authors().map(({ names, emails, homepages, affiliations, orcid }) => {
      const others = [...emails, ...homepages, orcid].filter(Boolean).join(", ");
      const where = affiliations.length > 0 ? `; of ${affiliations.join(", ")}` : "";
      return `${names[0] ?? "nobody by name"}${others && ` (${others})`}${where}`;
    });

  const read = async ({ file, role }) => {
    try {
      return { name: file.name, role, bytes: new Uint8Array(await file.arrayBuffer()) };
    } catch {
      throw `${file.name} cannot be read. Hand in a folder as a zip; choose a file anew that has changed.`;
    }
  };

  const submission = async () => {
    const total = chosen.reduce((sum, { file }) => sum + file.size, 0);
    if (total > MOST_BYTES)
      throw `There are ${Math.ceil(total / 2 ** 20)} MB, more than the ${MOST_BYTES / 2 ** 20} MB that are read; make it smaller.`;
    // The paper comes first: a submission is its first file.
    const files = await Promise.all([...chosen].sort((a, b) => (a.role !== "paper") - (b.role !== "paper")).map(read));
    const isFolder = files.filter(({ role }) => role === "paper").length > 1;
    const [venue, stage, track] = ["venue", "stage", "track"].map((id) => at(id).value);
    const identities = authors().length > 0 ? JSON.stringify({ authors: authors() }) : "";
    return { name: isFolder ? "paper" : files[0].name, isFolder, files, identities, venue, stage, track };
  };

  const ROLES = { paper: "the paper", source: "its sources", supplement: "a supplement" };
  const line = (entry) => {
    const { name, size } = entry.file;
    const item = made("li", `${name}, ${Math.ceil(size / 1000).toLocaleString("en")} kB `);
    if (chosen.length > 1) {
      const select = made("select", "", { ariaLabel: `What ${name} is` });
      for (const [role, words] of Object.entries(ROLES)) select.append(made("option", words, { value: role }));
      select.value = entry.role;
      select.addEventListener("change", () => {
        entry.role = select.value;
        entry.isSaid = true;
        forget();
      });
      const away = made("button", "remove", { type: "button", ariaLabel: `Remove ${name}` });
      away.addEventListener("click", () => {
        chosen = guess(chosen.filter((other) => other !== entry));
        list();
        at("files").focus();
      });
      item.append(select, " ", away);
    }
    return item;
  };

  const show = (html) => {
    URL.revokeObjectURL(at("report").src);
    at("report").src = URL.createObjectURL(new Blob([html], { type: "text/html;charset=utf-8" }));
  };

  // A report is about what was asked: it goes when that changes.
  const forget = () => {
    shown = null;
    at("result").hidden = true;
    at("state").textContent = "";
  };

  // What is chosen one after the other goes together; a file of the same name takes the place of the older one.
  const choose = (files) => {
    const fresh = [...files].map((file) => ({ file }));
    const isOlder = ({ file }) => fresh.some((entry) => entry.file.name === file.name);
    const kept = chosen.filter((entry) => !isOlder(entry));
    for (const entry of fresh) {
      const older = chosen.find(({ file }) => file.name === entry.file.name);
      if (older?.isSaid) Object.assign(entry, { role: older.role, isSaid: true });
    }
    chosen = guess([...kept, ...fresh]);
    list();
  };
  const list = () => {
    at("chosen").replaceChildren(...chosen.map(line));
    at("none").hidden = chosen.length === 0;
    forget();
    at("state").textContent = chosen.map(({ file }) => file.name).join(", ");
  };

  // While something goes on, nothing else can be asked for; focus comes back to where it was.
  const doing = async (words, what, after) => {
    const focused = document.activeElement;
    const controls = [...document.querySelectorAll("button, input, select, textarea")].filter(({ id }) => id !== "stop");
    for (const control of controls) control.disabled = true;
    at("state").textContent = words;
    at("busy").hidden = false;
    at("stop").focus();
    let outcome;
    try {
      outcome = await what();
    } catch (why) {
      outcome = `${typeof why === "string" ? why : FAILED} ${after}`;
    }
    at("busy").hidden = true;
    for (const control of controls) control.disabled = false;
    at("state").textContent = outcome;
    focused.focus();
  };

  const VERDICTS = {
    pass: "may be submitted, as far as this program can tell",
    fail: "must not be submitted as it is",
    undetermined: "could not be judged: whether it may be submitted could not be determined",
  };
  const verdict = (json) => VERDICTS[JSON.parse(new TextDecoder().decode(json)).verdict] ?? VERDICTS.undetermined;

  const check = async () => {
    const started = performance.now();
    const checked = await submission();
    const [json, html] = await reports("check", checked, ["json", "html"]);
    const seconds = (performance.now() - started) / 1000;
    shown = { submission: checked, json, html };
    at("answer").textContent = `${checked.name} ${verdict(json)}`;
    show(html);
    at("result").hidden = false;
    return `Checked in ${seconds.toFixed(2)} s, on this machine.`;
  };

  const save = (ending, bytes, type) => {
    const link = made("a", "", { href: URL.createObjectURL(new Blob([bytes], { type })) });
    link.download = `${shown.submission.name.replace(/\.[^.]*$/, "").replace(/[\\/:*?"<>|]/g, "_")}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), LONGEST);
    return `${link.download} goes where this browser keeps downloads.`;
  };

  // The copy is checked as well: what a page shows is in it still.
  const clean = async () => {
    const { files } = shown.submission;
    const startsAsPdf = ({ bytes }) => new TextDecoder("latin1").decode(bytes.subarray(0, 1024)).includes("%PDF-");
    const paper = files.find((file) => file.role === "paper" && startsAsPdf(file));
    if (!paper) throw "What was chosen as the paper is no PDF, and PDFs alone are copied here. The command line, dlde fix, mends sources.";
    const task = { clean: { bytes: paper.bytes, attachments: at("attachments").checked } };
    const { dropped, done } = await work("more", task, paper.name);
    const copied = files.map((file) => (file === paper ? { ...file, bytes: done[0] } : file));
    const [json] = await reports("more", { ...shown.submission, files: copied }, ["json"]);
    const left = dropped.length > 0 ? `Left out: ${dropped.join(", ")}.` : "There was nothing to leave out.";
    return `${save("clean.pdf", done[0], "application/pdf")} ${left} The copy ${verdict(json)}.`;
  };

  const ACTIONS = {
    pictures: async () => {
      const [html] = await reports("more", shown.submission, ["html"]);
      if (!new TextDecoder().decode(html).includes("data:image/png")) throw "No page could be drawn.";
      shown.html = html;
      show(html);
      return "The report below shows the pages now.";
    },
    html: async () => save("html", shown.html, "text/html"),
    json: async () => save("json", shown.json, "application/json"),
    pdf: async () => save("review.pdf", (await reports("more", shown.submission, ["pdf"]))[0], "application/pdf"),
    clean,
  };

  at("files").addEventListener("change", () => {
    if (at("files").files.length > 0) choose(at("files").files);
  });
  // A browser tells of no change where the same name is chosen again; the file may be another one.
  at("files").addEventListener("click", () => (at("files").value = ""));
  at("none").addEventListener("click", () => {
    chosen = [];
    at("files").value = "";
    list();
    at("files").focus();
  });
  for (const id of ["venue", "stage", "track"]) at(id).addEventListener("change", forget);
  // Not when the field is left: the page would move under the button that is being pressed.
  at("authors").addEventListener("input", () => {
    if (shown) forget();
    at("understood").replaceChildren(...understood().map((words) => made("li", `Will be looked for: ${words}`)));
  });
  at("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    forget();
    if (chosen.length === 0) at("state").textContent = "Choose the paper first: a PDF, or a zip of its sources.";
    else if (!chosen.some(({ role }) => role === "paper")) at("state").textContent = "Say which of the files is the paper.";
    else await doing("Checking…", check, NOTHING_KNOWN);
    if (shown) at("answer").focus();
  });
  at("stop").addEventListener("click", () => stop());
  at("actions").addEventListener("click", ({ target }) => {
    const name = target.dataset.do;
    if (name) doing(name === "pictures" ? "Drawing the pages…" : "Writing…", ACTIONS[name], ANSWER_STANDS);
  });
  const over = (is) => (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", is);
  };
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", (event) => {
    over(false)(event);
    // Not while a check goes on.
    if (!at("busy").hidden) return;
    if (event.dataTransfer.files.length > 0) {
      at("files").value = "";
      choose(event.dataTransfer.files);
    } else at("state").textContent = "That is no file.";
  });
  // Whoever comes back finds an empty page: names are forgotten, and with them what was said of a paper.
  addEventListener("pagehide", () => {
    at("form").reset();
    at("understood").replaceChildren();
    chosen = [];
    list();
  });
  // What was loaded is there when the line is gone.
  const unloaded = at("state").textContent;
  let isReady = false;
  load("check").then(
    () => {
      isReady = true;
      if (at("state").textContent === unloaded) at("state").textContent = "";
    },
    (why) => (at("state").textContent = why),
  );
  return { arrived, isReady: () => isReady };
})();
