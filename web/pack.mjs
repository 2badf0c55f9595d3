// What `web/build` runs last: each module as one plain script, so that the page needs to fetch nothing.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [work, dist] = process.argv.slice(2);
const worker = readFileSync("web/worker.js", "utf8");
// At most so many bytes, with brotli: a page is to be there at once, on a phone too.
const LARGEST = { check: 1_400_000, more: 2_200_000 };
const { version } = JSON.parse(readFileSync(`${work}/version.json`, "utf8"));
writeFileSync(`${dist}/index.html`, readFileSync("web/index.html", "utf8").replace("VERSION", version));
for (const name of ["check", "more"]) {
  const module = readFileSync(`${work}/${name}/${name}_bg.wasm`);
  const glue = readFileSync(`${work}/${name}/${name}.js`, "utf8");
  const parts = JSON.stringify({ code: `${glue}\n${worker}`, module: gzipSync(module, { level: 9 }).toString("base64") });
  writeFileSync(`${dist}/${name}.js`, `dlde.arrived(${JSON.stringify(name)}, ${parts});\n`);
  const packed = brotliCompressSync(module).length;
  const sent = gzipSync(readFileSync(`${dist}/${name}.js`), { level: 9 }).length;
  console.log(`${name}: ${module.length} bytes, ${packed} with brotli; as a script that a host compresses, ${sent}`);
  if (packed > LARGEST[name]) {
    console.error(`${name} is larger than ${LARGEST[name]}`);
    process.exitCode = 1;
  }
}
