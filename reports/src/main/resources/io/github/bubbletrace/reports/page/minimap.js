/* The whole run in a strip: how busy the devices are over time, the iterations, the view and what a search found. */
const MINIMAP_HEIGHT = 40;

class Minimap {
  constructor(data, view) {
    this.data = data;
    this.view = view;
  }

  x(time) {
    const { view } = this;
    return GUTTER + (time - view.least) / (view.most - view.least) * view.plot;
  }

  time(x) {
    const { view } = this;
    return view.least + (x - GUTTER) / view.plot * (view.most - view.least);
  }

  /* Share of devices in a task, or in a kernel where there are no tasks, for each pixel of the plot. */
  busyShares() {
    const width = Math.ceil(this.view.plot);
    if (this.shares && this.shares.length === width) return this.shares;
    const { lanes } = this.data;
    const tasks = this.data.tasks.size > 0 ? this.data.tasks : this.data.kernels;
    const steps = new Float64Array(width + 2);
    const part = new Float64Array(width + 2);
    for (let i = 0; i < tasks.size; i++) {
      const x = this.x(tasks.start[i]) - GUTTER;
      const end = this.x(tasks.start[i] + tasks.length[i]) - GUTTER;
      const first = Math.floor(x);
      const last = Math.floor(end);
      if (first === last) { part[first] += end - x; continue; }
      part[first] += first + 1 - x;
      part[last] += end - last;
      steps[first + 1] += 1;
      steps[last] -= 1;
    }
    const shares = new Float64Array(width);
    for (let i = 0, running = 0; i < width; i++) {
      running += steps[i];
      shares[i] = Math.min(1, (running + part[i]) / Math.max(1, lanes.length));
    }
    return this.shares = shares;
  }

  /* What stays while the view moves. */
  background(palette, scale, search) {
    if (this.drawnFor && this.drawnFor.palette === palette && this.drawnFor.search === search && this.drawnFor.width === this.view.width) {
      return this.still;
    }
    const { view, data } = this;
    this.still = this.still ?? document.createElement("canvas");
    this.still.width = Math.round(view.width * scale);
    this.still.height = Math.round(MINIMAP_HEIGHT * scale);
    const pen = this.still.getContext("2d", { alpha: false });
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.fillStyle = palette.colour("bg");
    pen.fillRect(0, 0, view.width, MINIMAP_HEIGHT);
    pen.fillStyle = palette.colour("panel");
    for (const window of data.windows) {
      const x = this.x(window.start);
      pen.fillRect(x, 0, Math.max(1, this.x(window.end) - x - 1), MINIMAP_HEIGHT);
    }
    pen.fillStyle = palette.colour("busy");
    this.busyShares().forEach((share, i) => {
      const height = share * (MINIMAP_HEIGHT - 8);
      pen.fillRect(GUTTER + i, MINIMAP_HEIGHT - height, 1, height);
    });
    if (search) {
      pen.fillStyle = palette.colour("low");
      search.eachTime(at => pen.fillRect(this.x(at), 0, 1, 5));
    }
    pen.fillStyle = palette.colour("muted");
    pen.font = FONT;
    pen.textBaseline = "middle";
    pen.fillText("whole run", 4, MINIMAP_HEIGHT / 2);
    this.drawnFor = { palette, search, width: view.width };
    return this.still;
  }

  draw(canvas, palette, scale, search) {
    const { view } = this;
    const pen = canvas.getContext("2d", { alpha: false });
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.background(palette, scale, search), 0, 0);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    const x = this.x(view.from);
    const width = Math.max(3, this.x(view.to) - x);
    pen.globalAlpha = 0.6;
    pen.fillStyle = palette.colour("bg");
    pen.fillRect(GUTTER, 0, Math.max(0, x - GUTTER), MINIMAP_HEIGHT);
    pen.fillRect(x + width, 0, Math.max(0, view.width - x - width), MINIMAP_HEIGHT);
    pen.globalAlpha = 1;
    pen.strokeStyle = palette.colour("accent");
    pen.lineWidth = 2;
    pen.strokeRect(x, 1, width, MINIMAP_HEIGHT - 2);
  }
}
