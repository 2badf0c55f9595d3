// What `.ci/web` runs: an author at the page for browsers.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const [work, program, pictures] = process.argv.slice(2);
mkdirSync(pictures, { recursive: true });
let faults = 0;
const fault = (words) => {
  faults += 1;
  console.error(`fault: ${words}`);
};

// A static host, as a workshop has one. It remembers what it was asked for.
const KINDS = { html: "text/html", css: "text/css", js: "text/javascript", sty: "text/plain" };
const asked = [];
const host = createServer(({ url }, answer) => {
  asked.push(url);
  const file = `web/dist${url === "/" ? "/index.html" : url}`;
  if (!existsSync(file)) return answer.writeHead(404).end();
  answer.writeHead(200, { "content-type": KINDS[file.split(".").pop()] }).end(readFileSync(file));
});
await new Promise((ready) => host.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${host.address().port}/`;

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
// A page that has all it needs. Whatever it complains of is a fault, but for what it is led to complain of; and so is
// whatever it asks for, of any host and in any frame or worker, but for its own parts.
const PARTS = /^(|index\.html|page\.css|page\.js|check\.js|more\.js)$/;
const open = async (options = {}, from = address, meant = /$^/) => {
  const context = await browser.newContext(options);
  const own = from.replace(/[^/]*$/, "");
  context.on("request", (request) => {
    const url = request.url();
    if (/^(data|blob):/.test(url) || meant.test(url)) return;
    if (!url.startsWith(own) || !PARTS.test(url.slice(own.length))) fault(`the page asks for ${url}`);
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => fault(`the page: ${error}`));
  page.on("console", (message) => message.type() === "error" && !meant.test(message.text()) && fault(`the page: ${message.text()}`));
  await page.goto(from);
  await page.waitForFunction(() => dlde.isReady());
  return page;
};

// What the program says of the same files.
const native = (folder, args, format = "json") => {
  try {
    return execFileSync(program, ["check", ...args, "--format", format], { cwd: folder, maxBuffer: 1 << 28 });
  } catch (error) {
    if (![1, 3].includes(error.status)) throw error;
    return error.stdout;
  }
};

const saved = async (page, button) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return readFileSync(await download.path());
};

const check = async (page, files, { venue = "dlde-2023", stage = "submission", roles = {} } = {}) => {
  const anew = page.getByRole("button", { name: "Choose anew" });
  if (await anew.isVisible()) await anew.click();
  await page.getByLabel("The paper as PDF").setInputFiles(files);
  for (const [name, role] of Object.entries(roles)) await page.getByLabel(`What ${name} is`).selectOption(role);
  await page.getByLabel("Venue").selectOption(venue);
  await page.getByLabel("Stage").selectOption(stage);
  await page.getByRole("button", { name: "Check" }).click();
  await page.waitForFunction(() => document.getElementById("busy").hidden, null, { timeout: 70_000 });
  return page.locator("#state").textContent();
};

const compare = (name, here, there) => {
  const [one, other] = [here, there].map((bytes) => {
    const report = JSON.parse(bytes);
    // How the venue was chosen is not the same.
    delete report.profile.chosen;
    return JSON.stringify(report);
  });
  if (one === other) return;
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  fault(`${name}: the page says …${one.slice(at - 60, at + 60)}…, the program …${other.slice(at - 60, at + 60)}…`);
};

// Every sample, alone and with its sources, without a network.
const page = await open({}, address, /ERR_INTERNET_DISCONNECTED/);
const loaded = asked.length;
await page.context().setOffline(true);
const samples = readdirSync("samples").filter((name) => existsSync(`samples/${name}/paper.pdf`));
await page.getByText("dlde 0.").waitFor();
for (const name of samples) {
  const folder = `samples/${name}`;
  for (const [venue, stage] of [["dlde-2023", "submission"], ["dlde-2022", "camera-ready"]]) {
    await check(page, `${folder}/paper.pdf`, { venue, stage });
    compare(name, await saved(page, "Save as JSON"), native(folder, ["paper.pdf", "--venue", venue, "--stage", stage]));
  }
  execFileSync("python3", ["-m", "zipfile", "-c", resolve(work, `${name}.zip`), "source/"], { cwd: folder });
  await check(page, [`${folder}/paper.pdf`, `${work}/${name}.zip`]);
  compare(`${name} with sources`, await saved(page, "Save as JSON"), native(folder, ["paper.pdf", "--source", `${work}/${name}.zip`]));
  await check(page, `${work}/${name}.zip`);
  compare(`${name}, sources alone`, await saved(page, "Save as JSON"), native(work, [`${name}.zip`]));
}
// A name is looked for.
await page.getByText("Look for your names as well").click();
await page.getByLabel("Authors").fill("Mira Okonjo, m.okonjo@tarn.example\n");
await check(page, "samples/clean/paper.pdf");
writeFileSync(`${work}/authors.json`, JSON.stringify({ authors: [{ names: ["Mira Okonjo"], emails: ["m.okonjo@tarn.example"] }] }));
compare("names", await saved(page, "Save as JSON"), native("samples/clean", ["paper.pdf", "--identities", `${work}/authors.json`]));
await page.getByLabel("Authors").fill("");
// However a name is written it is looked for, and the page says what it understood.
for (const written of ["Mira Okonjo <m@tarn.example>", "Mira Okonjo m@tarn.example", "m@tarn.example, Mira Okonjo1,2 (she/her)*"]) {
  await page.getByLabel("Authors").fill(written);
  await page.getByText("Will be looked for: Mira Okonjo (m@tarn.example)", { exact: true }).waitFor();
}
await page.getByLabel("Authors").fill("J.Li, Lanternfield Institute, quiet.example.org");
await page.getByText("Will be looked for: J.Li (quiet.example.org); of Lanternfield Institute", { exact: true }).waitFor();
await page.getByLabel("Authors").fill("");
// What is handed in beside a paper, and what an author says it is.
writeFileSync(`${work}/extra.pdf`, readFileSync("samples/final/paper.pdf"));
await check(page, ["samples/clean/paper.pdf", `${work}/extra.pdf`], { roles: { "paper.pdf": "paper", "extra.pdf": "supplement" } });
compare("a supplement", await saved(page, "Save as JSON"), native("samples/clean", ["paper.pdf", "--supplement", `${work}/extra.pdf`]));
await page.getByLabel("Track").selectOption("recently-published");
if (await page.locator("#result").isVisible()) fault("a report stays that is about something else");
await check(page, "samples/clean/paper.pdf", { stage: "preprint" });
compare("another track", await saved(page, "Save as JSON"), native("samples/clean", ["paper.pdf", "--track", "recently-published", "--stage", "preprint"]));
await page.getByLabel("Track").selectOption("regular");
// One after the other they go together; a paper that is chosen again is read again.
writeFileSync(`${work}/paper.pdf`, readFileSync("samples/over-length/paper.pdf"));
await check(page, `${work}/paper.pdf`);
await page.getByLabel("The paper as PDF").setInputFiles(`${work}/clean.zip`);
if ((await page.locator("#chosen li").count()) !== 2) fault("a PDF and a zip that are chosen one after the other do not go together");
await page.getByLabel("What paper.pdf is").selectOption("supplement");
await page.getByLabel("The paper as PDF").setInputFiles(`${work}/extra.pdf`);
if ((await page.getByLabel("What paper.pdf is").inputValue()) !== "supplement") fault("what an author said of a file is forgotten");
await page.getByRole("button", { name: "Remove extra.pdf" }).click();
if ((await page.locator("#chosen li").count()) !== 2) fault("a file cannot be removed");
writeFileSync(`${work}/paper.pdf`, readFileSync("samples/clean/paper.pdf"));
await check(page, `${work}/paper.pdf`);
compare("a paper that has changed", await saved(page, "Save as JSON"), native(work, ["paper.pdf"]));
console.log(`${samples.length} samples, each in 4 ways: ${faults === 0 ? "as the program" : "not as the program"}`);

if (asked.length !== loaded) fault(`asked for ${asked.slice(loaded)} after the page was loaded`);

// The longest of the samples has ten pages; three times, for the first check is also the first of a cold machine.
const times = [];
for (let round = 0; round < 3; round += 1) {
  times.push(Number(/in ([\d.]+) s/.exec(await check(page, "samples/long-appendix/paper.pdf"))[1]));
}
console.log(`ten pages: ${times.join(", ")} s`);
if (Math.min(...times) > 0.5) fault("a check of ten pages takes more than half a second");

// A paper that names a font without carrying it is beyond the small module: never a report from half of what is needed.
const bare = (font) => {
  const text = Array.from({ length: 30 }, (_, row) => `1 0 0 1 108 ${700 - 12 * row} Tm (A paper in a font that it names and does not carry) Tj`);
  const content = `BT /F1 10 Tf ${text.join(" ")} ET`;
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`, font];
  return Buffer.from(`%PDF-1.4\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join("")}trailer << /Root 1 0 R >>\n`);
};
const BEYOND = {
  font: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  map: "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /UniJIS-UTF16-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>] >>",
};
for (const [name, font] of Object.entries(BEYOND)) {
  writeFileSync(`${work}/${name}.pdf`, bare(font));
  if (!/more\.js.*Nothing is known/.test(await check(page, `${work}/${name}.pdf`))) fault(`${name}: judged without what it needs`);
  if (await page.locator("#result").isVisible()) fault(`${name}: a report without what it needs`);
}
await check(page, "samples/long-appendix/paper.pdf");

// What is offline says so, and works when it is back.
await page.getByRole("button", { name: "Show the pages" }).click();
await page.getByText("Try again when you are online").waitFor();
await page.context().setOffline(false);
await page.getByRole("button", { name: "Show the pages" }).click();
await page.frameLocator("#report").locator("image").first().waitFor({ state: "attached", timeout: 60_000 });
await page.getByText("The report below shows the pages now").waitFor();
// Its links do not take the report away.
const frame = page.frameLocator("#report");
await frame.getByText("Skip to the findings").focus();
await page.keyboard.press("Enter");
await frame.getByRole("heading", { name: "Findings" }).waitFor();
const marked = await saved(page, "Save the PDF with findings marked");
if (!marked.equals(native("samples/long-appendix", ["paper.pdf"], "pdf"))) fault("the marked PDF is not the program's");
const clean = await saved(page, "Save a copy without what no page shows");
await page.getByText("The copy may be submitted").waitFor();
execFileSync(program, ["fix", "paper.pdf", "-o", `${work}/clean.pdf`], { cwd: "samples/long-appendix", stdio: "pipe" });
if (!clean.equals(readFileSync(`${work}/clean.pdf`))) fault("the clean copy is not the program's");
const html = await saved(page, "Save as HTML");
if (!html.includes("data:image/png")) fault("the saved report shows no pages");
for (const name of Object.keys(BEYOND)) {
  await check(page, `${work}/${name}.pdf`);
  compare(`beyond the small module: ${name}`, await saved(page, "Save as JSON"), native(work, [`${name}.pdf`]));
}

// Papers of the corpus, where they are at hand.
const reader = await open();
const corpus = "../shared/corpus/pdf";
const papers = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith(".pdf")) : [];
const step = Math.max(1, Math.floor(papers.length / 24));
for (const name of papers.filter((_, index) => index % step === 0)) {
  const state = await check(reader, `${corpus}/${name}`);
  console.log(`${name}: ${state}`);
  compare(name, await saved(reader, "Save as JSON"), native(corpus, [name]));
}

// The policy holds where somebody would try: a page cannot send, and no worker of its can.
const led = await open({}, address, /Content Security Policy|\/sent$/);
const tries = await led.evaluate(async (url) => {
  const sends = `fetch("${url}").then(() => "sent", () => "refused")`;
  const worker = new Worker(URL.createObjectURL(new Blob([`${sends}.then(postMessage)`], { type: "text/javascript" })));
  const answers = [fetch(url).then(() => "sent", () => "refused"), new Promise((done) => (worker.onmessage = ({ data }) => done(data)))];
  new Image().src = url;
  navigator.sendBeacon(url, "x");
  try {
    new WebSocket(url.replace("http", "ws"));
  } catch {}
  return Promise.all(answers);
}, `${address}sent`);
if (tries.some((word) => word !== "refused") || asked.some((url) => url.includes("sent"))) fault(`the policy lets through: ${tries} ${asked}`);

// What cannot be read is no pass; what goes on is stopped when asked.
const quiet = await open();
const said = async (name, buffer) => check(quiet, { name, mimeType: "application/pdf", buffer });
await said("torn.pdf", Buffer.from("%PDF-1.5 torn"));
const answer = quiet.locator("#answer");
if (!/could not be determined/.test(await answer.textContent())) fault("a torn PDF is judged");
const slow = Buffer.from("\\documentclass{article}\\begin{document}" + "\\def\\a#1{#1#1}{\\a".repeat(400_000));
await quiet.getByLabel("The paper as PDF").setInputFiles({ name: "slow.tex", mimeType: "text/plain", buffer: slow });
await quiet.getByRole("button", { name: "Check" }).click();
await quiet.getByRole("button", { name: "Stop" }).click();
await quiet.getByText("It was stopped. Nothing is known of this paper").waitFor();
if (await quiet.locator("#result").isVisible()) fault("a check that was stopped has a result");
// Hostile files: the verdict of the program, or none with a sentence. Every eighth, or all of them.
const hostile = process.env.DLDE_HOSTILE_FOLDER;
const every = process.env.DLDE_HOSTILE_ALL ? 1 : 8;
const tried = (hostile ? readdirSync(hostile) : []).filter((_, index) => index % every === 0);
let stopped = 0;
for (const folder of tried) {
  const [name] = readdirSync(`${hostile}/${folder}`);
  if (/\.(toml|bib)$/.test(name)) continue;
  const started = Date.now();
  const state = await check(quiet, `${hostile}/${folder}/${name}`);
  const seconds = (Date.now() - started) / 1000;
  if (await quiet.locator("#result").isVisible()) {
    compare(folder, await saved(quiet, "Save as JSON"), native(`${hostile}/${folder}`, [name]));
  } else {
    stopped += 1;
    console.log(`${folder}: ${seconds.toFixed(1)} s, ${state}`);
    if (!state.includes("Nothing is known")) fault(`${folder}: ${state}`);
  }
  if (seconds > 20) console.log(`${folder}: ${seconds.toFixed(1)} s`);
}
if (hostile) console.log(`${tried.length} hostile files, of which ${stopped} were stopped`);

// By keyboard alone.
const keys = await open();
await keys.getByLabel("The paper as PDF").setInputFiles("samples/over-length/paper.pdf");
await keys.getByLabel("The paper as PDF").focus();
for (let presses = 0; presses < 12; presses += 1) {
  await keys.keyboard.press("Tab");
  if (await keys.evaluate(() => document.activeElement.id === "go")) break;
}
await keys.keyboard.press("Enter");
await keys.waitForFunction(() => document.activeElement.id === "answer");
if (!/must not be submitted/.test(await keys.locator("#answer").textContent())) fault("over-length is no finding");

// From a folder, without any host.
const local = await open({}, `file://${resolve("web/dist/index.html")}`);
await check(local, "samples/over-length/paper.pdf");
await local.getByRole("button", { name: "Show the pages" }).click();
await local.frameLocator("#report").locator("image").first().waitFor({ state: "attached", timeout: 60_000 });

const axe = readFileSync(`${work}/node_modules/axe-core/axe.min.js`, "utf8");
const looks = {
  light: { colorScheme: "light", viewport: { width: 1100, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1100, height: 900 } },
  narrow: { colorScheme: "light", viewport: { width: 360, height: 900 } },
};
for (const [look, options] of Object.entries(looks)) {
  const judged = await open({ ...options, bypassCSP: true });
  const judge = async (state) => {
    await judged.screenshot({ path: `${pictures}/web-${state}-${look}.png`, fullPage: true });
    await judged.evaluate(axe);
    const { violations } = await judged.evaluate(() => window.axe.run({ iframes: false }));
    for (const { id, help, nodes } of violations) fault(`${state}, ${look}: ${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
  };
  await judge("empty");
  await check(judged, ["samples/over-length/paper.pdf", `${work}/over-length.zip`]);
  await judge("checked");
  await judged.getByRole("button", { name: "Show the pages" }).click();
  await judged.frameLocator("#report").locator("image").first().waitFor({ state: "attached", timeout: 60_000 });
  await judge("pages");
}
await browser.close();
host.close();
console.log(faults === 0 ? "the page does what it says" : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
