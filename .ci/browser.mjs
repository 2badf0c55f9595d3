// What `.ci/browser` runs: axe-core over every report in every look, and that a report asks nothing of the network.
import { readFileSync, readdirSync, mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const [work, pictures] = process.argv.slice(2);
const axe = readFileSync(`${work}/node_modules/axe-core/axe.min.js`, "utf8");
const looks = {
  light: { colorScheme: "light", viewport: { width: 1100, height: 1400 } },
  dark: { colorScheme: "dark", viewport: { width: 1100, height: 1400 } },
  narrow: { colorScheme: "light", viewport: { width: 360, height: 1400 } },
  print: { colorScheme: "light", viewport: { width: 800, height: 1120 }, media: "print" },
};
mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
let faults = 0;
const fault = (words) => {
  faults += 1;
  console.error(words);
};

for (const file of readdirSync(work).filter((name) => name.endsWith(".html"))) {
  const name = file.replace(".html", "");
  for (const [look, { media, ...options }] of Object.entries(looks)) {
    // First as it is, without scripts, and with the policy that it asks for.
    const plain = await browser.newContext({ ...options, javaScriptEnabled: false, reducedMotion: "reduce" });
    const page = await plain.newPage();
    page.on("console", (message) => fault(`${name}, ${look}: ${message.text()}`));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) fault(`${name}, ${look}: asks for ${request.url()}`);
    });
    if (media) await page.emulateMedia({ media });
    await page.goto(`file://${work}/${file}`);
    if (name === "over-length") await page.screenshot({ path: `${pictures}/report-${look}.png` });
    await plain.close();

    // With scripts, under the policy: an index sorts and filters.
    const lively = await browser.newContext(options);
    const live = await lively.newPage();
    live.on("console", (message) => fault(`${name}, ${look}: ${message.text()}`));
    live.on("pageerror", (error) => fault(`${name}, ${look}: ${error}`));
    await live.goto(`file://${work}/${file}`);
    if (name === "index") {
      await live.getByRole("button", { name: "Answer" }).click();
      await live.getByLabel("Rows with these words").fill("length");
      const first = await live.locator("tbody tr:not([hidden])").first().textContent();
      if (!first.includes("over-length")) fault(`${name}, ${look}: shows first: ${first}`);
      await live.getByLabel("Rows with these words").fill("");
      if (look === "light") await live.screenshot({ path: `${pictures}/index.png` });
    }
    await lively.close();

    // Then with axe-core in it, every fold open, and nothing wider than the window.
    const open = await browser.newContext({ ...options, bypassCSP: true });
    const judged = await open.newPage();
    if (media) await judged.emulateMedia({ media });
    await judged.goto(`file://${work}/${file}`);
    await judged.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    const width = await judged.evaluate(() => document.documentElement.scrollWidth);
    if (width > options.viewport.width) fault(`${name}, ${look}: is ${width} pixels wide`);
    await judged.evaluate(axe);
    const { violations } = await judged.evaluate(() => window.axe.run());
    for (const { id, help, nodes } of violations) fault(`${name}, ${look}: ${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
    await open.close();
  }
}
await browser.close();
console.log(faults === 0 ? "the browser and axe-core have nothing to say" : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
