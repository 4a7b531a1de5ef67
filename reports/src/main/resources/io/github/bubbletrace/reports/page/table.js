/* The visible window as a table, for screen readers and for copying. */
const TABLE_ROWS = 200;
const TABLE_HEAD = ["device", "stage", "iteration", "what", "start, ms", "length, ms"];

class WindowTable {
  constructor(data, view, words) {
    this.data = data;
    this.view = view;
    this.words = words;
  }

  /* Kinds of spans that are shown, and their tracks in a lane. */
  tracks(lane, layout) {
    const { tasks, idle, kernels, launches, stops } = this.data;
    const shown = layout.tasks ? [[tasks, lane], [idle, lane]] : [];
    for (const spans of [...(layout.kernels ? [kernels] : []), ...(layout.host ? [launches, stops] : [])]) {
      for (const track of spans.ofLane[lane]) shown.push([spans, track]);
    }
    return shown;
  }

  /* Rows of what is shown and in view by lane and start, at most limit, and how many there are in all. */
  rows(limit, layout) {
    const rows = [];
    let count = 0;
    for (let lane = 0; lane < this.data.lanes.length; lane++) {
      const inLane = [];
      for (const [spans, track] of this.tracks(lane, layout)) {
        const from = firstVisible(spans, track, this.view.from);
        const end = firstFrom(spans, track, this.view.to, from);
        count += Math.max(0, end - from);
        for (let i = from; i < end && i - from + rows.length < limit; i++) inLane.push({ spans, index: i, lane });
      }
      inLane.sort((a, b) => a.spans.start[a.index] - b.spans.start[b.index]);
      for (const row of inLane) if (rows.length < limit) rows.push(row);
    }
    return { rows, count };
  }

  cells(row) {
    const { spans, index, lane } = row;
    const { lanes, tasks, windows } = this.data;
    const window = spans === tasks ? windows[tasks.window[index]] : this.words.windowAt(spans.start[index], spans.start[index] + 1);
    return [
      lanes[lane].device, String(lanes[lane].stage ?? ""), window ? String(window.index) : "", this.words.name(row),
      (spans.start[index] / 1e6).toFixed(6), (spans.length[index] / 1e6).toFixed(6)
    ];
  }

  /* Fills the body of the table; choose is told of the row whose button is pressed. */
  write(body, caption, layout, choose) {
    const { rows, count } = this.rows(TABLE_ROWS, layout);
    const what = [...(layout.tasks ? ["tasks and idle spans"] : []), ...(layout.kernels ? ["kernels"] : []),
      ...(layout.host ? ["what hosts did"] : [])].join(", ");
    caption.textContent = "In view: " + count.toLocaleString("en") + " rows of " + what
      + (count > rows.length ? "; the first " + rows.length + " of them. Zoom in for the others." : ".");
    body.replaceChildren(...rows.map(row => {
      const line = document.createElement("tr");
      this.cells(row).forEach((text, column) => {
        const cell = document.createElement(column === 0 ? "th" : "td");
        cell.className = column < 4 ? "t" : "n";
        if (column === 0) cell.scope = "row";
        if (column === 3) cell.append(this.button(text, () => choose(row)));
        else cell.textContent = text;
        line.append(cell);
      });
      return line;
    }));
  }

  button(text, press) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = text;
    button.addEventListener("click", press);
    return button;
  }

  csv(layout) {
    const { rows } = this.rows(Infinity, layout);
    return csvText([["device", "stage", "iteration", "what", "startMs", "lengthMs"], ...rows.map(row => this.cells(row))]);
  }
}
