/* Says in words what is pointed at or chosen, and what a gap or task waited for. */
class Details {
  constructor(data, words, chains, box) {
    this.data = data;
    this.words = words;
    this.chains = chains;
    this.box = box;
  }

  /* The task whose waiting a span is about: itself, or the first after a gap; -1 where there is none. */
  subject({ spans, index }) {
    const { tasks, idle } = this.data;
    if (spans.kind === "task") return tasks.merged[index] > 0 ? -1 : index;
    if (spans.kind !== "idle" || idle.inside[index] === 1) return -1;
    const lane = this.words.laneOf(idle, index);
    const end = idle.start[index] + idle.length[index];
    const next = firstFrom(tasks, lane, end, 0);
    const task = next < tasks.first[lane + 1] ? next : -1;
    const window = this.words.windowAt(idle.start[index], end);
    return task >= 0 && tasks.merged[task] === 0 && this.data.windows[tasks.window[task]] === window ? task : -1;
  }

  chain(span) {
    const task = span ? this.subject(span) : -1;
    return task < 0 ? [] : this.chains.of(task);
  }

  lines({ spans, index }) {
    const { tasks, idle } = this.data;
    const lane = this.words.lane(this.words.laneOf(spans, index));
    const when = "From " + this.words.since(spans.start[index]) + ", " + time(spans.length[index]) + " long, on " + lane + ".";
    if (spans.kind === "kernel") return [this.words.kernel(index) + ", on stream " + this.words.stream(index) + ".", when + this.launched(index)];
    if (spans.kind === "launch") {
      const kernel = spans.kernel[index];
      const after = this.data.kernels.start[kernel] - spans.start[index];
      return ["Launch of " + this.words.kernel(kernel) + " on stream " + this.words.stream(kernel) + ".",
        "At " + this.words.since(spans.start[index]) + ", by the host of " + lane + ". The kernel began " + time(after) + " later."];
    }
    if (spans.kind === "stop") return [this.words.stop(index) + ".", when];
    if (spans.kind === "ideal") {
      return ["In the ideal replay: " + this.words.task(spans.task[index]) + ".", when];
    }
    if (spans.kind === "idle") {
      const merged = idle.merged[index] > 0 ? " (" + plural(idle.merged[index] + 1, "gap") + ")" : "";
      return [this.words.idle(index) + merged + ".", when + this.ending(index)];
    }
    const ideal = tasks.idealLength[index];
    const beside = ideal < 0 ? "" : " In the ideal replay it takes " + time(ideal) + " and starts "
      + this.shift(tasks.start[index] - tasks.idealStart[index]) + ".";
    return [this.words.task(index) + ".", when + beside];
  }

  launched(kernel) {
    const { kernels } = this.data;
    const early = kernels.start[kernel] - kernels.launch[kernel];
    return Number.isNaN(early) ? "" : " Its launch had begun " + time(early) + " before.";
  }

  /* The first kernel after a gap, and when it was launched. */
  ending(gap) {
    const { idle, kernels } = this.data;
    const end = idle.start[gap] + idle.length[gap];
    let next = -1;
    for (const track of kernels.ofLane[this.words.laneOf(idle, gap)]) {
      const i = firstFrom(kernels, track, end, 0);
      if (i < kernels.first[track + 1] && kernels.start[i] === end) next = i;
    }
    if (next < 0 || Number.isNaN(kernels.launch[next])) return "";
    const late = kernels.launch[next] - idle.start[gap];
    return " The kernel that ends it, " + bareName(this.words.kernel(next)) + ", was launched " + time(Math.abs(late))
      + (late < 0 ? " before it began." : " after it began.");
  }

  shift(late) {
    return late === 0 ? "at the same time" : time(Math.abs(late)) + (late > 0 ? " earlier" : " later");
  }

  /* Fills the box; the same span is not written twice, so that nothing is read aloud twice. */
  show(span, chain, note) {
    const key = span ? span.spans.kind + span.index : note;
    if (key === this.shown) return;
    this.shown = key;
    const parts = [];
    const paragraph = text => {
      const line = document.createElement("p");
      line.textContent = text;
      parts.push(line);
      return line;
    };
    if (!span) paragraph(note);
    else {
      const [first, second] = this.lines(span);
      paragraph(first).className = "what";
      paragraph(second);
      if (chain.length > 0) parts.push(this.list(chain, span));
    }
    this.box.replaceChildren(...parts);
  }

  list(chain, span) {
    const list = document.createElement("ol");
    list.setAttribute("aria-label", span.spans.kind === "idle" ? "What the gap waited for" : "What the task waited for");
    list.append(...chain.map(step => {
      const item = document.createElement("li");
      item.textContent = step.text;
      return item;
    }));
    return list;
  }
}
