// Runs in a worker of its own behind the glue of a module: one task, then it ends.
"use strict";

const reports = ({ name, isFolder, files, identities, venue, stage, track, formats }) => {
  const papers = new wasm_bindgen.Papers(name, isFolder);
  for (const { name, bytes, role } of files) papers.add(name, bytes, role);
  if (identities) papers.identify(identities);
  const written = papers.reports(venue, stage, track, formats);
  return wasm_bindgen.is_beyond() ? { beyond: true } : { done: written.map((one) => one.bytes()) };
};

const clean = ({ bytes, attachments }) => {
  const copy = wasm_bindgen.Clean.of(bytes, attachments);
  return { dropped: copy.dropped(), done: [copy.bytes()] };
};

onmessage = async ({ data: { module, task } }) => {
  try {
    await wasm_bindgen({ module_or_path: module });
    postMessage(task.clean ? clean(task.clean) : reports(task));
  } catch (error) {
    // A text is an answer of the program; anything else is a fault of it.
    postMessage(typeof error === "string" ? { refused: error } : { fault: String(error) });
  }
};
