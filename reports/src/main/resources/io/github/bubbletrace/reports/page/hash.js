/* The view in the page's address: #t=FROM,TO (ns) &top= &lanes= &sel=KIND.INDEX &q=SEARCH &ideal=0 &kernels=0. */
function readHash(text) {
  const values = new URLSearchParams(text.replace(/^#/, ""));
  const times = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(values.get("t") ?? "");
  if (!times || Number(times[2]) <= Number(times[1])) return null;
  const selected = /^(task|idle|kernel|launch|stop)\.(\d+)$/.exec(values.get("sel") ?? "");
  const number = name => /^\d+$/.test(values.get(name) ?? "") ? Number(values.get(name)) : null;
  return {
    from: Number(times[1]), to: Number(times[2]), top: number("top"), laneHeight: number("lanes"), lane: number("lane"),
    selected: selected ? { kind: selected[1], index: Number(selected[2]) } : null,
    search: values.get("q") ?? "", showIdeal: values.get("ideal") !== "0",
    showKernels: values.get("kernels") !== "0"
  };
}

function writeHash({ from, to, top, laneHeight, selected, search, showIdeal, showKernels }) {
  const parts = ["t=" + Math.round(from) + "," + Math.round(to)];
  if (top > 0) parts.push("top=" + Math.round(top));
  parts.push("lanes=" + laneHeight);
  if (selected) parts.push("sel=" + selected.spans.kind + "." + selected.index);
  if (search) parts.push("q=" + encodeURIComponent(search));
  if (!showIdeal) parts.push("ideal=0");
  if (!showKernels) parts.push("kernels=0");
  return "#" + parts.join("&");
}

/* Browsers differ in what a page opened from a file may do to its address. */
function replaceHash(hash) {
  try {
    history.replaceState(null, "", hash);
  } catch {
    location.replace(hash);
  }
}
