/* The timeline: what is in view, pointed at, chosen, searched and measured, drawn once a frame at most. */
class Timeline {
  constructor(data, root) {
    this.data = data;
    this.root = root;
    this.part = name => root.querySelector("[data-part=" + name + "]");
    this.stage = this.part("stage");
    this.base = this.part("base");
    this.over = this.part("over");
    this.map = this.part("minimap");
    this.words = new Words(data);
    this.view = new View(data);
    this.drawing = new Drawing(data, this.view, this.words);
    this.minimap = new Minimap(data, this.view);
    this.details = new Details(data, this.words, new Chains(data, this.words), this.part("details"));
    this.table = new WindowTable(data, this.view, this.words);
    this.hover = this.selected = this.measure = this.search = null;
    this.chain = [];
    this.showIdeal = data.ideal.size > 0;
    this.showArrows = true;
    this.frames = 0;
    this.resize();
    this.home();
  }

  resize() {
    this.view.resize(Math.max(GUTTER + 100, this.root.clientWidth));
    this.scale = Math.min(3, window.devicePixelRatio || 1);
    for (const canvas of [this.base, this.over]) this.size(canvas, this.view.height);
    this.size(this.map, MINIMAP_HEIGHT);
    this.stage.style.height = this.view.height + "px";
    this.recolour();
  }

  size(canvas, height) {
    canvas.width = Math.round(this.view.width * this.scale);
    canvas.height = Math.round(height * this.scale);
    canvas.style.width = this.view.width + "px";
    canvas.style.height = height + "px";
  }

  recolour() {
    this.palette = new Palette(this.data.texts, this.scale);
    this.changed();
  }

  /* The iteration that the pictures show, or the whole run where there is none. */
  home() {
    const window = this.data.windows[this.data.texts.home];
    if (window) this.view.showAround(window.start, window.end, 0.02);
    else this.view.show(this.view.least, this.view.most);
    this.changed();
  }

  all() {
    this.view.show(this.view.least, this.view.most);
    this.changed();
  }

  /* The chosen span, the iteration in view, or the whole run. */
  fit() {
    const window = this.words.windowAt((this.view.from + this.view.to) / 2, this.view.to);
    if (this.selected) this.around(this.selected, 1);
    else if (window) this.view.showAround(window.start, window.end, 0.02);
    else this.view.show(this.view.least, this.view.most);
    this.changed();
  }

  around({ spans, index }, room) {
    this.view.showAround(spans.start[index], spans.start[index] + Math.max(10, spans.length[index]), room);
  }

  changed() {
    this.dirty = true;
    this.overChanged();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.settled(), 150);
  }

  overChanged() {
    this.overDirty = true;
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.frame = 0;
    if (this.dirty) {
      this.drawing.base(this.base, this.palette, this.scale, this.showIdeal, this.search);
      this.minimap.draw(this.map, this.palette, this.scale, this.search);
    }
    if (this.overDirty) this.hiddenArrows = this.drawing.over(this.over, this.palette, this.scale, this);
    this.dirty = this.overDirty = false;
    this.frames++;
    this.report();
  }

  /* What tests and benchmarks read. */
  report() {
    const { dataset } = this.root;
    dataset.from = Math.round(this.view.from);
    dataset.to = Math.round(this.view.to);
    dataset.top = Math.round(this.view.top);
    dataset.frames = this.frames;
    dataset.selected = this.selected ? this.selected.spans.kind + "." + this.selected.index : "";
    dataset.hover = this.hover ? this.hover.spans.kind + "." + this.hover.index : "";
    dataset.matches = this.search ? this.search.hits.length : "";
    dataset.measured = this.measure ? Math.round(Math.abs(this.measure.to - this.measure.from)) : "";
    dataset.ideal = this.showIdeal;
  }

  /* Once the view rests: the address and the table follow. */
  settled() {
    const note = this.hiddenArrows > 0 ? plural(this.hiddenArrows, "transfer") + " in view: zoom in for their arrows." : "";
    this.part("note").textContent = note;
    if (this.touched) {
      replaceHash(writeHash({
        from: this.view.from, to: this.view.to, top: this.view.top, laneHeight: this.view.laneHeight, selected: this.selected,
        search: this.search ? this.search.text : "", showIdeal: this.showIdeal
      }));
    }
    this.fillTable();
  }

  fillTable() {
    if (this.part("window").open) {
      this.table.write(this.part("rows"), this.part("caption"), row => { this.choose(row); this.around(row, 2); this.changed(); });
    }
  }

  fromHash() {
    const hash = readHash(location.hash);
    if (!hash) return false;
    this.view.laneHeight = hash.laneHeight ? Math.max(8, Math.min(90, hash.laneHeight)) : this.view.laneHeight;
    this.showIdeal = hash.showIdeal && this.data.ideal.size > 0;
    this.view.show(hash.from, hash.to);
    this.resize();
    if (hash.top !== null) this.view.scroll(hash.top - this.view.top);
    if (hash.lane !== null && hash.lane < this.data.lanes.length) this.view.reveal(hash.lane);
    this.find(hash.search);
    const spans = hash.selected ? this.data[hash.selected.kind === "task" ? "tasks" : "idle"] : null;
    this.choose(spans && hash.selected.index < spans.size ? { spans, index: hash.selected.index } : null);
    this.changed();
    return true;
  }

  /* What is drawn at a point of the canvas, or null. */
  at(x, y) {
    const lane = this.view.laneAt(y);
    if (lane < 0 || x < GUTTER) return null;
    const rows = laneRows(this.view.laneHeight, this.showIdeal);
    const inLane = y - this.view.laneTop(lane);
    const at = this.view.time(x);
    const near = this.view.time(x + 1.5) - at;
    const pick = (spans, accepts) => {
      const index = spanAt(spans, lane, at, near, accepts ?? (() => true));
      return index < 0 ? null : { spans, index };
    };
    if (this.showIdeal && inLane < rows.taskTop) return pick(this.data.ideal);
    const foot = inLane > rows.taskTop + rows.taskHeight - rows.footHeight ? pick(this.data.idle, i => this.data.idle.inside[i] === 1) : null;
    const idle = pick(this.data.idle, i => this.data.idle.inside[i] === 0);
    const task = pick(this.data.tasks);
    if (foot) return foot;
    return !task || (idle && !this.covers(task, at) && this.covers(idle, at)) ? idle : task;
  }

  covers({ spans, index }, at) {
    return spans.start[index] <= at && at < spans.start[index] + spans.length[index];
  }

  point(span) {
    if (span?.spans === this.hover?.spans && span?.index === this.hover?.index) return;
    this.hover = span;
    this.describe();
    this.overChanged();
  }

  choose(span) {
    this.selected = span;
    if (span) this.view.reveal(this.words.laneOf(span.spans, span.index));
    this.describe();
    this.changed();
  }

  describe() {
    const span = this.hover ?? this.selected;
    this.chain = this.details.chain(span);
    this.details.show(span, this.chain, "Point at a task or a gap, or choose one with the arrow keys.");
  }

  find(text) {
    this.part("search").value = text;
    this.search = text.trim() ? new Search(this.data, text) : null;
    this.part("found").textContent = this.search ? plural(this.search.hits.length, "match") : "";
    this.changed();
  }

  nextMatch(step) {
    const hit = this.search?.move(step);
    if (!hit) return;
    this.part("found").textContent = (this.search.at + 1).toLocaleString("en") + " of " + plural(this.search.hits.length, "match");
    const length = Math.max(hit.spans.length[hit.index] * 12, Math.min(this.view.to - this.view.from, hit.spans.length[hit.index] * 80));
    const middle = hit.spans.start[hit.index] + hit.spans.length[hit.index] / 2;
    this.view.show(middle - length / 2, middle + length / 2);
    this.choose(hit);
  }

  /* Chooses the neighbour of the chosen span in its lane; the first in view where none is chosen. */
  step(direction) {
    if (!this.selected) return this.stepLane(0);
    const { spans, index } = this.selected;
    const lane = this.words.laneOf(spans, index);
    const at = spans.start[index];
    const near = [this.data.tasks, this.data.idle].map(kind => {
      const same = kind === spans;
      const next = direction > 0 ? (same ? index + 1 : firstFrom(kind, lane, at, 0)) : (same ? index - 1 : firstFrom(kind, lane, at, 0) - 1);
      return next >= kind.first[lane] && next < kind.first[lane + 1] ? { spans: kind, index: next } : null;
    }).filter(span => span);
    if (near.length === 0) return;
    near.sort((a, b) => Math.abs(a.spans.start[a.index] - at) - Math.abs(b.spans.start[b.index] - at));
    this.choose(near[0]);
    this.follow();
  }

  /* Chooses in the lane above or below what is at the same time. */
  stepLane(direction) {
    const lane = this.selected ? this.words.laneOf(this.selected.spans, this.selected.index) : 0;
    const wanted = Math.max(0, Math.min(this.data.lanes.length - 1, lane + direction));
    const at = this.selected ? this.selected.spans.start[this.selected.index] + this.selected.spans.length[this.selected.index] / 2
      : Math.max(this.view.from, this.data.from);
    for (const spans of [this.data.tasks, this.data.idle]) {
      const index = spanAt(spans, wanted, at, 0, () => true);
      if (index >= 0) return this.choose({ spans, index });
    }
    const next = Math.min(firstFrom(this.data.tasks, wanted, at, 0), this.data.tasks.first[wanted + 1] - 1);
    if (next >= this.data.tasks.first[wanted]) this.choose({ spans: this.data.tasks, index: next });
  }

  /* Keeps the chosen span in view. */
  follow() {
    const { spans, index } = this.selected;
    const start = spans.start[index];
    const end = start + spans.length[index];
    if (end < this.view.from || start > this.view.to) this.view.pan((start - (this.view.from + this.view.to) / 2) / (this.view.to - this.view.from));
    this.changed();
  }

  /* The first press marks the chosen span; once another is chosen the next one measures from start to end of both. */
  mark() {
    if (!this.selected) return;
    const { spans, index } = this.selected;
    const start = spans.start[index];
    const end = start + spans.length[index];
    const from = this.marked ?? { start, end };
    this.measure = { from: Math.min(from.start, start), to: Math.max(from.end, end) };
    this.marked = this.marked ? null : { start, end };
    this.overChanged();
  }

  clear() {
    this.measure = this.marked = null;
    if (this.search) this.find("");
    this.hover = null;
    this.choose(null);
  }

  png() {
    const both = document.createElement("canvas");
    const mapHeight = this.map.height;
    both.width = this.base.width;
    both.height = mapHeight + this.base.height;
    const pen = both.getContext("2d");
    pen.drawImage(this.map, 0, 0);
    pen.drawImage(this.base, 0, mapHeight);
    pen.drawImage(this.over, 0, mapHeight);
    both.toBlob(blob => saveBlob("timeline.png", blob), "image/png");
  }
}
