/* Draws spans as pixels: one row of codes a lane, then tiles of them. The work grows with pixels, not with spans. */
class Raster {
  constructor(data) {
    this.data = data;
  }

  /* Draws all lanes in view into the canvas of this pen, whose pixels are scale times as many as the page's. */
  draw(pen, view, palette, scale, layout, search) {
    const left = Math.round(GUTTER * scale);
    const width = Math.round(view.plot * scale);
    const top = Math.round(RULER * scale);
    const height = Math.round(view.height * scale) - top;
    if (width <= 0 || height <= 0) return;
    if (width !== this.width || height !== this.height) this.resize(pen, width, height);
    this.pixels.fill(palette.tiles[0]);
    if (palette !== this.palette || this.tiled !== width) this.tile(palette, width);
    this.search = search;
    this.scale = newScale(view.from, view.to, width);
    for (let lane = 0; lane < this.data.lanes.length; lane++) {
      const y = Math.round((view.laneTop(lane) - RULER) * scale);
      const laneHeight = Math.round(view.laneHeight * scale);
      if (y < height && y + laneHeight > 0) this.lane(lane, y, laneHeight, layout);
    }
    pen.putImageData(this.image, left, top);
  }

  tile(palette, width) {
    this.palette = palette;
    this.tiled = width;
    for (let x = 0; x < width; x++) this.inTile[x] = x % palette.side;
  }

  resize(pen, width, height) {
    this.width = width;
    this.height = height;
    this.image = pen.createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.codes = new Uint8Array(width);
    this.foot = new Uint8Array(width);
    this.hasFoot = true;
    this.lengths = new Float64Array(width);
    this.inTile = new Uint8Array(width);
    this.tiled = 0;
  }

  lane(lane, y, height, layout) {
    const rows = laneRows(height, layout);
    if (layout.kernels) this.kernels(lane, y + rows.kernelTop, rows.kernelHeight);
    if (layout.host) this.row(y + rows.hostTop, rows.hostHeight, () => this.host(lane));
    if (!layout.tasks) return;
    if (layout.ideal) this.row(y + rows.idealTop, rows.idealHeight, () => this.ideal(lane));
    const taskY = y + rows.taskTop;
    const split = this.overlaps(lane);
    this.row(taskY, rows.taskHeight, () => {
      this.tasks(lane, 0);
      this.idle(lane);
    });
    if (split) this.row(taskY + Math.floor(rows.taskHeight / 2), Math.ceil(rows.taskHeight / 2), () => this.tasks(lane, 1));
    if (this.hasFoot) this.row(taskY + rows.taskHeight - rows.footHeight, rows.footHeight, () => this.codes.set(this.foot));
  }

  /* Whether tasks of the lane run side by side. */
  overlaps(lane) {
    const { tasks } = this.data;
    this.split = this.split ?? new Map();
    if (!this.split.has(lane)) {
      this.split.set(lane, tasks.row.subarray(tasks.first[lane], tasks.first[lane + 1]).includes(1));
    }
    return this.split.get(lane);
  }

  ideal(lane) {
    const { ideal, tasks } = this.data;
    eachVisible(ideal, lane, this.scale, (i, x, right) =>
      this.paint(ideal, i, x, right, this.palette.ideal(tasks.phase[ideal.task[i]]), true));
  }

  tasks(lane, row) {
    const { tasks } = this.data;
    eachVisible(tasks, lane, this.scale, (i, x, right) => {
      if (tasks.row[i] === row) this.paint(tasks, i, x, right, Palette.phase(tasks.phase[i]), true);
    });
  }

  /* Gaps between tasks at once; idle time inside tasks is kept for the row along the foot. */
  idle(lane) {
    const { idle } = this.data;
    if (this.hasFoot) this.foot.fill(0);
    this.hasFoot = false;
    eachVisible(idle, lane, this.scale, (i, x, right) => {
      const code = this.palette.cause(idle.cause[i]);
      if (idle.inside[i] === 0) return this.paint(idle, i, x, right, code, false);
      this.hasFoot = true;
      const first = Math.max(0, Math.floor(x));
      this.foot.fill(this.shown(idle, i, code), first, Math.max(first + 1, Math.round(right)));
    });
  }

  /* A row a stream; where the page holds no kernels of a time, that is shown. */
  kernels(lane, y, height) {
    const { kernels, kernelTexts } = this.data;
    const tracks = kernels.ofLane[lane];
    const step = height / Math.max(1, tracks.length);
    this.row(y, height, () => this.unknown(lane));
    tracks.forEach((track, i) => {
      const top = Math.round(i * step);
      const space = step >= 6 ? 1 : 0;
      this.row(y + top, Math.max(1, Math.round((i + 1) * step) - top - space), () =>
        eachVisible(kernels, track, this.scale, (k, x, right) =>
          this.paint(kernels, k, x, right, this.palette.kernel(kernels.name[k], kernelTexts.kinds[kernels.name[k]]), true)));
    });
  }

  unknown(lane) {
    const { replica } = this.data.lanes[lane];
    this.codes.fill(this.palette.unknown);
    for (const stretch of this.data.kernelTexts.stretches) {
      if (stretch.replica >= 0 && stretch.replica !== replica) continue;
      const x = at => Math.max(0, Math.min(this.width, Math.round((at - this.scale.from) * this.scale.perNs)));
      this.codes.fill(0, x(stretch.from), x(stretch.to));
    }
  }

  /* Launches as marks, and over them the times in which threads stood still. */
  host(lane) {
    const { launches, stops } = this.data;
    for (const [spans, code] of [[launches, () => this.palette.launch], [stops, track => this.palette.stop(stops.tracks[track].stop)]]) {
      for (const track of spans.ofLane[lane]) {
        eachVisible(spans, track, this.scale, (i, x, right) => this.paint(spans, i, x, right, code(track), false));
      }
    }
  }

  shown(spans, index, code) {
    return this.search && !this.search.matches(spans, index) ? code + DIM : code;
  }

  /* Sets the codes of a span's pixels; a pixel that spans share goes to the longest. */
  paint(spans, index, x, right, code, ends) {
    const first = Math.max(0, Math.floor(x));
    const wide = right - x >= 1;
    const end = Math.min(this.width, wide ? Math.max(first + 1, Math.round(right)) : first + 1);
    const shown = this.shown(spans, index, code);
    const length = spans.length[index];
    for (let i = first; i < end; i++) {
      if (length >= this.lengths[i]) {
        this.codes[i] = shown;
        this.lengths[i] = length;
      }
    }
    if (ends && right - x >= 4 && right <= this.width) this.codes[end - 1] = this.palette.line;
  }

  /* Fills rows of pixels with the tiles of the codes that draw() sets. */
  row(y, height, draw) {
    this.codes.fill(0);
    this.lengths.fill(0);
    draw();
    const { codes, pixels, inTile, width } = this;
    const { side, tiles } = this.palette;
    const area = side * side;
    const end = Math.min(this.height, y + height);
    for (let line = Math.max(0, y); line < end; line++) {
      const out = line * width;
      const inLine = (line % side) * side;
      for (let x = 0; x < width; x++) {
        if (codes[x] !== 0) pixels[out + x] = tiles[codes[x] * area + inLine + inTile[x]];
      }
    }
  }
}

/* How a lane's height is divided: the ideal above, the recorded below with idle time inside tasks along its foot, then
   kernels and the host where they are shown. */
function laneRows(height, layout) {
  const gap = height >= 20 ? Math.round(height * 0.14) : 1;
  const inner = height - gap;
  const hostHeight = layout.host ? Math.max(4, Math.round(inner * 0.14)) : 0;
  const hostTop = inner - hostHeight;
  const idealHeight = layout.ideal ? Math.max(2, Math.round(height * (layout.kernels ? 0.12 : 0.2))) : 0;
  const taskTop = idealHeight + (layout.ideal ? 1 : 0);
  const room = hostTop - (layout.host ? 1 : 0) - taskTop;
  const kernelHeight = !layout.kernels ? 0 : layout.tasks ? Math.round(room * 0.52) : room;
  const kernelTop = taskTop + room - kernelHeight;
  const taskHeight = layout.tasks ? Math.max(3, room - kernelHeight - (layout.kernels ? 1 : 0)) : 0;
  return {
    idealTop: 0, idealHeight, taskTop, taskHeight, footHeight: Math.max(2, Math.round(taskHeight * 0.3)), kernelTop, kernelHeight,
    hostTop, hostHeight
  };
}
