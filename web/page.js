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

  // Does one task in a worker of its own. It is refused with a sentence, stopped, or done.
  let stop = () => {};
  const work = (name, task) =>
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
          else if (data.refused) end(reject, data.refused);
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

  // A paper may have sources and supplements; without a paper, files are its sources, all together.
  const guess = (files) => {
    const pdfs = files.filter(({ name }) => isPdf(name));
    const paper = pdfs.find(({ name }) => !/supp|append/i.test(name)) ?? pdfs[0];
    const beside = ({ name }) => (isPdf(name) || /supp/i.test(name) ? "supplement" : "source");
    return files.map((file) => ({ file, role: file === paper || !paper ? "paper" : beside(file) }));
  };

  // Who the authors are, a line each, in the form of the command line. The first part that is nothing else is the name.
  const identities = (lines) => {
    const author = (line) => {
      const found = { names: [], emails: [], homepages: [], affiliations: [] };
      for (const part of line.split(",").map((part) => part.trim()).filter(Boolean)) {
        const orcid = /(?:^|orcid\.org\/)((?:\d{4}-){3}\d{3}[\dX])$/i.exec(part);
        if (orcid) found.orcid = orcid[1];
        else if (part.includes("@")) found.emails.push(part);
        else if (/^(https?:\/\/)?[^\s/]+\.[a-z]{2,}(\/\S*)?$/i.test(part)) found.homepages.push(part);
        else (found.names.length ? found.affiliations : found.names).push(part);
      }
      return found;
    };
    const authors = lines.split("\n").filter((line) => line.trim()).map(author);
    return authors.length > 0 ? JSON.stringify({ authors }) : "";
  };

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
    const [venue, stage, track, authors] = ["venue", "stage", "track", "authors"].map((id) => at(id).value);
    return { name: isFolder ? "paper" : files[0].name, isFolder, files, identities: identities(authors), venue, stage, track };
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
        forget();
      });
      item.append(select);
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

  // A PDF takes the place of PDFs, and sources that of sources: what is chosen one after the other goes together.
  const choose = (files) => {
    const fresh = [...files];
    const kinds = new Set(fresh.map(({ name }) => isPdf(name)));
    chosen = guess([...chosen.map(({ file }) => file).filter(({ name }) => !kinds.has(isPdf(name))), ...fresh]);
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
    if (chosen.length === 0) throw "Choose the paper first: a PDF, or a zip of its sources.";
    if (!chosen.some(({ role }) => role === "paper")) throw "Say which of the files is the paper.";
    const started = performance.now();
    const checked = await submission();
    const [json, html] = await reports("check", checked, ["json", "html"]);
    const seconds = (performance.now() - started) / 1000;
    shown = { submission: checked, json, html };
    at("answer").textContent = `The paper ${verdict(json)}`;
    show(html);
    at("result").hidden = false;
    return `Checked in ${seconds.toFixed(2)} s, on this machine.`;
  };

  const save = (ending, bytes, type) => {
    const link = made("a", "", { href: URL.createObjectURL(new Blob([bytes], { type })) });
    link.download = `${shown.submission.name.replace(/\.[^.]*$/, "")}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), LONGEST);
    return `${link.download} is saved where this browser keeps downloads.`;
  };

  // The copy is checked as well: what a page shows is in it still.
  const clean = async () => {
    const { files } = shown.submission;
    const paper = files.find(({ name, role }) => role === "paper" && isPdf(name));
    if (!paper) throw "There is no PDF to copy; the command line, dlde fix, mends sources.";
    const task = { clean: { bytes: paper.bytes, attachments: at("attachments").checked } };
    const { dropped, done } = await work("more", task).catch((why) => {
      throw why.startsWith("It ") ? why : `${paper.name} ${why}.`;
    });
    const copied = files.map((file) => (file === paper ? { ...file, bytes: done[0] } : file));
    const [json] = await reports("more", { ...shown.submission, files: copied }, ["json"]);
    const left = dropped.length > 0 ? `Left out: ${dropped.join(", ")}.` : "There was nothing to leave out.";
    return `${save("clean.pdf", done[0], "application/pdf")} ${left} The copy ${verdict(json)}.`;
  };

  const ACTIONS = {
    pictures: async () => {
      [shown.html] = await reports("more", shown.submission, ["html"]);
      show(shown.html);
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
  for (const id of ["venue", "stage", "track", "authors"]) at(id).addEventListener("change", forget);
  at("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    forget();
    await doing("Checking…", check, NOTHING_KNOWN);
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
  // A page that is gone back to is the page that was left.
  addEventListener("pagehide", () => (at("authors").value = ""));
  // What was loaded is there when the line is gone.
  let isReady = false;
  load("check").then(
    () => (isReady = true),
    (why) => (at("state").textContent = why),
  );
  return { arrived, isReady: () => isReady };
})();
