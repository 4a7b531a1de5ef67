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
    this.showKernels = true;
    this.frames = 0;
    this.layout = this.newLayout();
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
      this.layout = this.newLayout();
      this.drawing.base(this.base, this.palette, this.scale, this.layout, this.search);
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
    dataset.shows = Object.keys(this.layout).filter(part => this.layout[part]).join(" ");
  }

  /* Once the view rests: the address and the table follow. */
  settled() {
    const note = this.hiddenArrows > 0 ? "About " + plural(this.hiddenArrows, "transfer") + " in view: zoom in for their arrows." : "";
    this.part("note").textContent = note;
    if (this.touched) {
      replaceHash(writeHash({
        from: this.view.from, to: this.view.to, top: this.view.top, laneHeight: this.view.laneHeight, selected: this.selected,
        search: this.search ? this.search.text : "", showIdeal: this.showIdeal, showKernels: this.showKernels
      }));
    }
    this.fillTable();
  }

  fillTable() {
    if (this.part("window").open) {
      this.table.write(this.part("rows"), this.part("caption"), this.layout, row => { this.choose(row); this.around(row, 2); this.changed(); });
    }
  }

  fromHash() {
    const hash = readHash(location.hash);
    if (!hash) return false;
    this.view.laneHeight = hash.laneHeight ? Math.max(8, Math.min(HIGHEST_LANE, hash.laneHeight)) : this.view.laneHeight;
    this.showIdeal = hash.showIdeal && this.data.ideal.size > 0;
    this.showKernels = hash.showKernels;
    this.view.show(hash.from, hash.to);
    this.resize();
    if (hash.top !== null) this.view.scroll(hash.top - this.view.top);
    if (hash.lane !== null && hash.lane < this.data.lanes.length) this.view.reveal(hash.lane);
    this.find(hash.search);
    const { tasks, idle, kernels, launches, stops } = this.data;
    const spans = hash.selected ? [tasks, idle, kernels, launches, stops].find(one => one.kind === hash.selected.kind) : null;
    this.choose(spans && hash.selected.index < spans.size ? { spans, index: hash.selected.index } : null);
    this.changed();
    return true;
  }

  /* What is drawn at a point of the canvas, or null. */
  at(x, y) {
    const lane = this.view.laneAt(y);
    if (lane < 0 || x < GUTTER) return null;
    const rows = laneRows(this.view.laneHeight, this.layout);
    const inLane = y - this.view.laneTop(lane);
    const at = this.view.time(x);
    const near = this.view.time(x + 1.5) - at;
    const pick = (spans, accepts) => this.pick(spans, lane, at, near, accepts ?? (() => true));
    if (this.layout.host && inLane >= rows.hostTop) return this.pickHost(lane, at, near);
    if (this.layout.kernels && inLane >= rows.kernelTop) {
      const tracks = this.data.kernels.ofLane[lane];
      const row = Math.min(tracks.length - 1, Math.floor((inLane - rows.kernelTop) / rows.kernelHeight * tracks.length));
      return row < 0 ? null : this.pick(this.data.kernels, tracks[row], at, near, () => true);
    }
    if (!this.layout.tasks) return null;
    if (this.layout.ideal && inLane < rows.taskTop) return pick(this.data.ideal);
    const foot = inLane > rows.taskTop + rows.taskHeight - rows.footHeight ? pick(this.data.idle, i => this.data.idle.inside[i] === 1) : null;
    const idle = pick(this.data.idle, i => this.data.idle.inside[i] === 0);
    const task = pick(this.data.tasks);
    if (foot) return foot;
    return !task || (idle && !this.covers(task, at) && this.covers(idle, at)) ? idle : task;
  }

  pick(spans, track, at, near, accepts) {
    const index = spanAt(spans, track, at, near, accepts);
    return index < 0 ? null : { spans, index };
  }

  /* A stop of the host's threads, else a launch. */
  pickHost(lane, at, near) {
    for (const spans of [this.data.stops, this.data.launches]) {
      for (const track of spans.ofLane[lane]) {
        const found = this.pick(spans, track, at, near, () => true);
        if (found) return found;
      }
    }
    return null;
  }

  /* Kernels and launches come with zooming in: over a whole iteration they would only be noise. */
  newLayout() {
    const { windows, texts, tasks, kernels, launches, stops } = this.data;
    const home = windows[texts.home];
    const near = !home || this.view.to - this.view.from < (home.end - home.start) / 2;
    const room = this.showKernels && this.view.laneHeight >= 24;
    return {
      tasks: tasks.size > 0, ideal: this.showIdeal, kernels: room && near && kernels.size > 0,
      host: room && (stops.size > 0 || (near && launches.size > 0))
    };
  }

  /* Shows kernels, which are read once the rest is drawn. */
  kernelsRead(isUsual) {
    this.minimap.shares = this.minimap.drawnFor = null;
    if (isUsual) this.view.laneHeight = this.view.usualHeight();
    if (this.search) this.find(this.search.text);
    this.resize();
    this.draw();
    this.root.dataset.kernels = String(this.data.kernels.size);
    this.root.dataset.stops = String(this.data.stops.size);
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
    this.details.show(span, this.chain, this.hint());
  }

  hint() {
    return "Point at a " + (this.data.tasks.size > 0 ? "task or a gap" : "kernel") + ", or choose one with the arrow keys.";
  }

  find(text) {
    this.part("search").value = text;
    this.search = text.trim() ? new Search(this.data, this.words, text) : null;
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

  /* Chooses the neighbour of the chosen span in its row; the first in view where none is chosen. */
  step(direction) {
    if (!this.selected) return this.stepLane(0);
    const { spans, index } = this.selected;
    const track = this.words.trackOf(spans, index);
    const at = spans.start[index];
    const kinds = spans.tracks ? [spans] : [this.data.tasks, this.data.idle];
    const near = kinds.map(kind => {
      const same = kind === spans;
      const next = direction > 0 ? (same ? index + 1 : firstFrom(kind, track, at, 0)) : (same ? index - 1 : firstFrom(kind, track, at, 0) - 1);
      return next >= kind.first[track] && next < kind.first[track + 1] ? { spans: kind, index: next } : null;
    }).filter(span => span);
    if (near.length === 0) return;
    near.sort((a, b) => Math.abs(a.spans.start[a.index] - at) - Math.abs(b.spans.start[b.index] - at));
    this.choose(near[0]);
    this.follow();
  }

  /* The rows that the arrow keys visit, from above: of each lane its tasks, its streams and its host. */
  keyRows() {
    const { tasks, idle, kernels, launches, stops } = this.data;
    const rows = [];
    this.data.lanes.forEach((lane, i) => {
      if (this.layout.tasks) rows.push({ kinds: [tasks, idle], track: i });
      for (const spans of [...(this.layout.kernels ? [kernels] : []), ...(this.layout.host ? [stops, launches] : [])]) {
        for (const track of spans.ofLane[i]) rows.push({ kinds: [spans], track });
      }
    });
    return rows;
  }

  /* Chooses in the row above or below what is at the same time, or what comes next. */
  stepLane(direction) {
    const rows = this.keyRows();
    const { spans, index } = this.selected ?? {};
    const track = this.selected ? this.words.trackOf(spans, index) : 0;
    const from = this.selected ? rows.findIndex(row => row.kinds.includes(spans) && row.track === track) : 0;
    const at = this.selected ? spans.start[index] + spans.length[index] / 2 : Math.max(this.view.from, this.data.from);
    const row = rows[Math.max(0, Math.min(rows.length - 1, from + direction))];
    if (!row) return;
    for (const kind of row.kinds) {
      const found = this.pick(kind, row.track, at, 0, () => true);
      if (found) return this.choose(found);
    }
    const kind = row.kinds[0];
    const next = Math.min(firstFrom(kind, row.track, at, 0), kind.first[row.track + 1] - 1);
    if (next >= kind.first[row.track]) this.choose({ spans: kind, index: next });
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

  /* Draws all into the lower canvas: on paper the upper one is white where nothing is drawn. */
  flatten() {
    this.draw();
    const pen = this.base.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.over, 0, 0);
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
