// What `.ci/service` runs where npm is there: a chair at the page, with a token and the keyboard, and axe-core over it.
import { mkdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [work, address, token, pictures] = process.argv.slice(2);
const sample = (name, file) => ({ name: file, mimeType: "application/pdf", buffer: readFileSync(`samples/${name}/paper.pdf`) });
mkdirSync(pictures, { recursive: true });
const axe = readFileSync(`${work}/node_modules/axe-core/axe.min.js`, "utf8");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
let faults = 0;
const fault = (words) => {
  faults += 1;
  console.error(words);
};

const context = await browser.newContext();
const page = await context.newPage();
page.on("pageerror", (error) => fault(`the page: ${error}`));
page.on("console", (message) => {
  // A browser tells of every 401, and the first one is meant to be.
  if (message.type() === "error" && !message.text().includes("401")) fault(`the page: ${message.text()}`);
});
page.on("request", (request) => {
  if (!request.url().startsWith(address)) fault(`the page asks for ${request.url()}`);
});
await page.goto(address);
await page.getByLabel("Token").waitFor();
await page.keyboard.type("dlde_wrong");
await page.keyboard.press("Enter");
await page.getByText("this token is not known here").waitFor();
await page.getByLabel("Token").fill(token);
await page.keyboard.press("Enter");
await page.getByLabel("Token").waitFor({ state: "hidden" });
await page.getByLabel("Papers (PDF)").setInputFiles([
  sample("over-length", "paper.pdf"),
  sample("clean", "submission 12.pdf"),
  sample("final", "a-name-that-somebody-gave-a-file-and-that-is-longer-than-any-column-of-the-list.pdf"),
  { name: "torn.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.5 torn") },
]);
await page.getByRole("button", { name: "Check" }).focus();
await page.keyboard.press("Enter");
const open = page.getByRole("button", { name: "Open the report on paper.pdf" });
await open.waitFor({ timeout: 60_000 });
await page.getByRole("button", { name: "Open the report on torn.pdf" }).waitFor({ timeout: 60_000 });
await page.getByText("torn.pdf: ").waitFor();
await page.getByLabel("With these words").fill("no such words");
await page.keyboard.press("Enter");
await page.getByText("no checks").waitFor();
await page.getByLabel("With these words").fill("paper");
await page.keyboard.press("Enter");
await open.waitFor();
const [report] = await Promise.all([context.waitForEvent("page"), open.press("Enter")]);
await report.waitForURL(/\/reports\//);
await report.getByRole("heading").first().waitFor();
const kept = await page.evaluate(() => JSON.stringify([localStorage.length, sessionStorage.length, document.cookie]));
if (kept !== '[0,0,""]') fault(`the page keeps something: ${kept}`);

const looks = {
  light: { colorScheme: "light", viewport: { width: 1100, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1100, height: 900 } },
  narrow: { colorScheme: "light", viewport: { width: 360, height: 900 } },
};
for (const [look, options] of Object.entries(looks)) {
  const judged = await (await browser.newContext({ ...options, bypassCSP: true })).newPage();
  await judged.goto(address);
  await judged.getByLabel("Token").waitFor();
  await judged.screenshot({ path: `${pictures}/token-${look}.png`, fullPage: true });
  await judged.getByLabel("Token").fill(token);
  await judged.keyboard.press("Enter");
  await judged.getByRole("button", { name: "Open the report" }).first().waitFor();
  await judged.screenshot({ path: `${pictures}/chairs-${look}.png`, fullPage: true });
  const width = await judged.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  if (width[0] > width[1]) fault(`${look}: the page is ${width[0]} pixels wide`);
  await judged.evaluate(axe);
  const { violations } = await judged.evaluate(() => window.axe.run());
  for (const { id, help, nodes } of violations) fault(`${look}: ${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
}
await browser.close();
console.log(faults === 0 ? "the chairs' page does what it should" : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
