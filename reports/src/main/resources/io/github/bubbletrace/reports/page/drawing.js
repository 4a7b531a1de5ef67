/* The texts, arrows and marks around the pixels of the spans. */
const MAX_LABELS = 1500;
const MAX_ARROWS = 1200;
const FONT = "11px system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

/* A kernel's name without what all of them begin with. */
function bareName(name) {
  return name.replace(/^void /, "").replace(/^(?:\w+::)+(?=\w)/, "");
}

/* A step of 1, 2 or 5 x 10^n with at most so many ticks. */
function tickStep(length, ticks) {
  const rough = length / ticks;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= rough);
}

class Drawing {
  constructor(data, view, words) {
    this.data = data;
    this.view = view;
    this.words = words;
    this.raster = new Raster(data);
  }

  /* The lanes. */
  base(canvas, palette, scale, layout, search) {
    const pen = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    const { view } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = palette.colour("bg");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    this.raster.draw(pen, view, palette, scale, layout, search);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.font = FONT;
    this.ruler(pen, palette);
    this.laneNames(pen, palette, scale);
    this.labels(pen, palette, layout);
  }

  /* Where the ruler counts from: the iteration in view where there is one that is not much shorter than the view. */
  origin() {
    const { from, to } = this.view;
    const window = this.words.windowAt(from + (to - from) * 0.02, to);
    return window && (to - from) < 1.5 * (window.end - window.start) ? window : null;
  }

  ruler(pen, palette) {
    const { view } = this;
    const origin = this.origin();
    const zero = origin ? origin.start : 0;
    const step = tickStep(view.to - view.from, Math.max(2, view.plot / 110));
    const [unit, per] = step < 1e3 ? ["ns", 1] : step < 1e6 ? ["us", 1e3] : step < 1e9 ? ["ms", 1e6] : ["s", 1e9];
    pen.fillStyle = palette.colour("muted");
    pen.strokeStyle = palette.colour("line");
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 1;
    for (let at = Math.ceil((view.from - zero) / step) * step; at <= view.to - zero; at += step) {
      const x = Math.round(view.x(zero + at)) + 0.5;
      pen.globalAlpha = 0.3;
      pen.beginPath();
      pen.moveTo(x, RULER - 5);
      pen.lineTo(x, view.height);
      pen.stroke();
      pen.globalAlpha = 1;
      if (x > GUTTER + 14 && x < view.width - 22) {
        pen.fillText((Math.round(at / per * 1e6) / 1e6 + 0).toLocaleString("en", { maximumFractionDigits: 6 }), x, RULER / 2 - 1);
      }
    }
    pen.textAlign = "left";
    pen.fillText(origin ? unit + ", iteration " + origin.index : unit, 4, RULER / 2 - 1);
  }

  /* Texts cost more than all else, so the names are kept as a picture while they stay where they are. */
  laneNames(pen, palette, scale) {
    const { view } = this;
    const key = [view.top, view.laneHeight, view.height, scale].join();
    if (this.namesKey !== key || this.namesPalette !== palette) {
      this.names = this.names ?? document.createElement("canvas");
      this.names.width = Math.round((GUTTER - 6) * scale);
      this.names.height = Math.round((view.height - RULER) * scale);
      this.drawNames(this.names.getContext("2d"), palette, scale);
      this.namesKey = key;
      this.namesPalette = palette;
    }
    pen.drawImage(this.names, 0, RULER, GUTTER - 6, view.height - RULER);
  }

  drawNames(pen, palette, scale) {
    const { view } = this;
    const step = Math.max(1, Math.ceil(11 / view.laneHeight));
    pen.setTransform(scale, 0, 0, scale, 0, -RULER * scale);
    pen.font = FONT;
    pen.textBaseline = "middle";
    this.data.lanes.forEach((lane, i) => {
      const y = view.laneTop(i) + view.laneHeight / 2;
      if (y < RULER - 10 || y > view.height + 10 || i % step !== 0) return;
      pen.fillStyle = palette.colour("fg");
      const room = view.laneHeight >= 26;
      if (lane.stage === undefined) {
        pen.fillText(lane.device, 4, y, GUTTER - 12);
        return;
      }
      const stage = "stage " + lane.stage + (this.data.texts.replicas > 1 ? ", replica " + lane.replica : "");
      pen.fillText(stage, 4, room ? y - 6 : y);
      pen.fillStyle = palette.colour("muted");
      if (room) pen.fillText(lane.device, 4, y + 8, GUTTER - 12);
      else if (this.data.texts.replicas <= 1) pen.fillText(lane.device, 58, y, GUTTER - 66);
    });
  }

  labels(pen, palette, layout) {
    const { view } = this;
    const { tasks } = this.data;
    const rows = laneRows(view.laneHeight, layout);
    if (Math.max(rows.taskHeight, rows.kernelHeight) < 9) return;
    pen.save();
    pen.beginPath();
    pen.rect(GUTTER, RULER, view.plot, view.height - RULER);
    pen.clip();
    pen.fillStyle = palette.colour("on-task");
    pen.textAlign = "center";
    let left = MAX_LABELS;
    const scale = newScale(view.from, view.to, view.plot);
    for (let lane = 0; lane < this.data.lanes.length && left > 0; lane++) {
      if (layout.kernels) left = this.kernelLabels(pen, lane, rows, scale, left);
      const y = view.laneTop(lane) + rows.taskTop + rows.taskHeight / 2 + 0.5;
      if (rows.taskHeight < 9 || y < RULER || y > view.height) continue;
      eachVisible(tasks, lane, scale, (i, x, right) => {
        const from = Math.max(0, x);
        const width = Math.min(view.plot, right) - from;
        if (width < 11 || left-- <= 0) return;
        const text = this.words.short(i);
        const half = tasks.row[i] === 1 ? rows.taskHeight / 4 : 0;
        if (width >= 6.6 * text.length) pen.fillText(text, GUTTER + from + width / 2, y + half);
      });
    }
    pen.restore();
  }

  /* Names of kernels as far as they fit; returns how many more may be written. */
  kernelLabels(pen, lane, rows, scale, most) {
    const { view } = this;
    const { kernels } = this.data;
    const tracks = kernels.ofLane[lane];
    const step = rows.kernelHeight / Math.max(1, tracks.length);
    if (step < 11) return most;
    let left = most;
    tracks.forEach((track, row) => {
      const y = view.laneTop(lane) + rows.kernelTop + (row + 0.5) * step;
      if (y < RULER || y > view.height) return;
      eachVisible(kernels, track, scale, (i, x, right) => {
        const from = Math.max(0, x);
        const room = Math.min(view.plot, right) - from - 4;
        const letters = Math.floor(room / 6.4);
        if (letters < 3 || left-- <= 0) return;
        const name = bareName(this.words.kernel(i));
        pen.fillText(name.length > letters ? name.slice(0, letters - 1) + "\u2026" : name, GUTTER + from + 2 + room / 2, y,
          room);
      });
    });
    return left;
  }

  /* Arrows from sends to receives, in view; returns how many there are where they are too many to draw. */
  arrows(pen, palette, layout) {
    const { transfers } = this.data;
    const { view } = this;
    const first = transfers.firstOfSlot[transfers.slot(view.from - transfers.longest)];
    const end = transfers.firstOfSlot[transfers.slot(view.to) + 1];
    if (end - first > 4 * MAX_ARROWS) return end - first;
    const inView = transfers.inSlots.subarray(first, end)
      .filter(i => transfers.start[i] < view.to && transfers.start[i] + transfers.length[i] > view.from);
    if (inView.length > MAX_ARROWS) return inView.length;
    pen.strokeStyle = palette.colour("arrow");
    pen.globalAlpha = inView.length > 300 ? 0.55 : 0.85;
    inView.forEach(i => this.arrow(pen, i, layout));
    pen.globalAlpha = 1;
    return 0;
  }

  arrow(pen, transfer, layout) {
    const { transfers, tasks } = this.data;
    const { view } = this;
    const rows = laneRows(view.laneHeight, layout);
    const from = this.words.laneOf(tasks, transfers.source[transfer]);
    const to = this.words.laneOf(tasks, transfers.target[transfer]);
    const x = view.x(transfers.start[transfer]);
    const end = view.x(transfers.start[transfer] + transfers.length[transfer]);
    const y = view.laneTop(from) + rows.taskTop + rows.taskHeight / 2;
    const endY = view.laneTop(to) + rows.taskTop + (to > from ? 1 : rows.taskHeight - 1);
    const side = to > from ? -1 : 1;
    pen.lineWidth = 1.2;
    pen.setLineDash(transfers.estimated[transfer] === 1 ? [3, 3] : []);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(end, endY);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(end - 3.5, endY + side * 5);
    pen.lineTo(end, endY);
    pen.lineTo(end + 3.5, endY + side * 5);
    pen.stroke();
  }

  /* What changes while the pointer moves: arrows, what is pointed at and chosen, the measured stretch. */
  over(canvas, palette, scale, state) {
    const pen = canvas.getContext("2d");
    const { view } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.font = FONT;
    pen.save();
    pen.beginPath();
    pen.rect(GUTTER, RULER, view.plot, view.height - RULER);
    pen.clip();
    const hidden = state.showArrows ? this.arrows(pen, palette, state.layout) : 0;
    pen.strokeStyle = palette.colour("mark");
    for (const step of state.chain) {
      this.outline(pen, this.data.tasks, step.task, 1.5, state.layout);
      if (step.transfer !== undefined) this.arrow(pen, step.transfer, state.layout);
    }
    if (state.hover) this.outline(pen, state.hover.spans, state.hover.index, 1.5, state.layout);
    if (state.selected) this.outline(pen, state.selected.spans, state.selected.index, 3, state.layout);
    pen.restore();
    if (state.measure) this.measure(pen, palette, state.measure);
    return hidden;
  }

  outline(pen, spans, index, width, layout) {
    const { view } = this;
    const lane = this.words.laneOf(spans, index);
    const x = Math.max(GUTTER - 4, view.x(spans.start[index]));
    const right = Math.min(view.width + 4, view.x(spans.start[index] + spans.length[index]));
    const { top, height } = this.place(spans, index, lane, laneRows(view.laneHeight, layout));
    if (height <= 0) return;
    pen.lineWidth = width;
    pen.strokeRect(x, view.laneTop(lane) + top, Math.max(2, right - x), height);
  }

  /* Where a span lies in its lane. */
  place(spans, index, lane, rows) {
    switch (spans.kind) {
      case "ideal": return { top: rows.idealTop, height: rows.idealHeight };
      case "launch":
      case "stop": return { top: rows.hostTop, height: rows.hostHeight };
      case "kernel": {
        const step = rows.kernelHeight / spans.ofLane[lane].length;
        return { top: rows.kernelTop + spans.ofLane[lane].indexOf(this.words.trackOf(spans, index)) * step, height: step };
      }
      default: return { top: rows.taskTop, height: rows.taskHeight };
    }
  }

  measure(pen, palette, { from, to }) {
    const { view } = this;
    const x = view.x(Math.min(from, to));
    const right = view.x(Math.max(from, to));
    pen.fillStyle = palette.colour("accent");
    pen.globalAlpha = 0.16;
    pen.fillRect(x, RULER, right - x, view.height - RULER);
    pen.globalAlpha = 1;
    pen.fillRect(x, 4, Math.max(1, right - x), 2);
    const text = time(Math.abs(to - from));
    const half = pen.measureText(text).width / 2 + 5;
    const middle = Math.max(GUTTER + half, Math.min(view.width - half, (x + right) / 2));
    pen.fillStyle = palette.colour("bg");
    pen.fillRect(middle - half, 6, 2 * half, 16);
    pen.fillStyle = palette.colour("accent");
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(text, middle, 14);
  }
}
