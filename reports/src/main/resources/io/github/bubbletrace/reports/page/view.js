/* What is in view: a time from and to in nanoseconds, the first lane's offset and the height of lanes in pixels. */
const GUTTER = 132;
const RULER = 26;
const SHORTEST_VIEW = 100;
const HIGHEST_LANE = 160;

class View {
  constructor(data) {
    this.data = data;
    const margin = Math.max(1, (data.to - data.from) / 200);
    this.least = data.from - margin;
    this.most = data.to + margin;
    this.from = this.least;
    this.to = this.most;
    this.top = 0;
    this.laneHeight = 0;
    this.width = 0;
    this.height = 0;
  }

  /* The plot's width in pixels of the page. */
  get plot() {
    return Math.max(50, this.width - GUTTER);
  }

  resize(width) {
    const lanes = this.data.lanes.length;
    this.width = width;
    this.laneHeight = this.laneHeight || this.usualHeight();
    this.height = RULER + Math.min(Math.max(60, lanes * this.laneHeight), 620);
    this.scroll(0);
  }

  /* Few lanes are higher, and higher still where there are kernels. */
  usualHeight() {
    const most = this.data.kernels.size > 0 ? 76 : 46;
    return Math.max(12, Math.min(most, Math.floor(560 / Math.max(1, this.data.lanes.length))));
  }

  x(time) {
    return GUTTER + (time - this.from) / (this.to - this.from) * this.plot;
  }

  time(x) {
    return this.from + (x - GUTTER) / this.plot * (this.to - this.from);
  }

  laneTop(lane) {
    return RULER + lane * this.laneHeight - this.top;
  }

  laneAt(y) {
    const lane = Math.floor((y - RULER + this.top) / this.laneHeight);
    return y < RULER || lane < 0 || lane >= this.data.lanes.length ? -1 : lane;
  }

  show(from, to) {
    const length = Math.min(this.most - this.least, Math.max(SHORTEST_VIEW, to - from));
    const start = Math.min(Math.max(from + (to - from - length) / 2, this.least), this.most - length);
    this.from = start;
    this.to = start + length;
  }

  /* Shows a stretch with some room around it. */
  showAround(from, to, room) {
    const margin = (to - from) * room;
    this.show(from - margin, to + margin);
  }

  zoom(factor, at) {
    this.show(at - (at - this.from) * factor, at + (this.to - at) * factor);
  }

  pan(share) {
    const step = (this.to - this.from) * share;
    this.show(this.from + step, this.to + step);
  }

  scroll(pixels) {
    const all = this.data.lanes.length * this.laneHeight;
    this.top = Math.max(0, Math.min(this.top + pixels, all - (this.height - RULER)));
  }

  scaleLanes(factor) {
    const middle = (this.top + (this.height - RULER) / 2) / this.laneHeight;
    this.laneHeight = Math.max(8, Math.min(HIGHEST_LANE, Math.round(this.laneHeight * factor)));
    this.resize(this.width);
    this.top = middle * this.laneHeight - (this.height - RULER) / 2;
    this.scroll(0);
  }

  /* Brings a lane into view. */
  reveal(lane) {
    const y = this.laneTop(lane);
    if (y < RULER) this.scroll(y - RULER);
    else if (y + this.laneHeight > this.height) this.scroll(y + this.laneHeight - this.height);
  }
}
