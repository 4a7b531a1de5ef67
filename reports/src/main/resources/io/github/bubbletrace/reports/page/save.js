/* Takes things out of the page: files, text for the clipboard, tables as CSV. */
function csvText(rows) {
  const quoted = text => /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  /* A leading = + - or @ would be a formula to a spreadsheet; numbers stay numbers. */
  const safe = text => /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? "'" + text : text;
  return rows.map(row => row.map(text => quoted(safe(text))).join(",")).join("\r\n") + "\r\n";
}

function saveBlob(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function saveText(name, text) {
  saveBlob(name, new Blob([text], { type: "text/csv;charset=utf-8" }));
}

/* The clipboard's own interface is not there on every page opened from a file. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function tableCells(table) {
  return [...table.querySelectorAll("tr")].map(row => [...row.cells].map(cell => cell.textContent.trim()));
}

/* Every table of the page gets a button that saves it. */
function addTableButtons() {
  for (const table of document.querySelectorAll("table:not([data-own])")) {
    const caption = table.caption;
    if (!caption || table.rows.length < 2) continue;
    const name = caption.textContent.split(/[:,;(]/)[0].trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain csv";
    button.textContent = "CSV";
    button.setAttribute("aria-label", "Save the table " + name + " as CSV");
    button.addEventListener("click", () => saveText(name.toLowerCase().replace(/[^a-z0-9]+/g, "-") + ".csv", csvText(tableCells(table))));
    caption.append(" ", button);
  }
}

function addCopyButton() {
  const button = document.getElementById("copy-markdown");
  const source = document.getElementById("report-md");
  if (!button || !source) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copyText(JSON.parse(source.textContent));
    document.getElementById("copied").textContent = done ? "Copied." : "The browser does not allow it; report.md holds the same.";
    button.dataset.copied = String(done);
  });
}
