/* Colours of the page's style sheet as pixels, and the hatching of causes as tiles of pixels. */
const TILE = 8;
const DIM = 64;
const TONES = 6;

class Palette {
  constructor(texts, scale) {
    this.texts = texts;
    this.scale = Math.max(1, Math.min(4, Math.round(scale)));
    this.side = TILE * this.scale;
    this.style = getComputedStyle(document.documentElement);
    this.colours = new Map();
    this.pen = new OffscreenCanvasOr(this.side).getContext("2d", { willReadFrequently: true });
    this.tiles = new Uint32Array(2 * DIM * this.side * this.side);
    this.fill();
  }

  colour(name) {
    if (!this.colours.has(name)) this.colours.set(name, this.style.getPropertyValue("--" + name).trim());
    return this.colours.get(name);
  }

  /* Codes: 0 nothing, then phases, then their ideals, then causes; the same + DIM where a search hides them. */
  static phase(index) { return 1 + index; }

  ideal(index) { return 1 + this.texts.phases.length + index; }

  cause(index) { return 1 + 2 * this.texts.phases.length + index; }

  get line() { return DIM - 1; }

  /* After the causes: kernels by name, sends and receives, collectives, launches, stops by kind, and what is not held. */
  get details() { return 1 + 2 * this.texts.phases.length + this.texts.causes.length; }

  kernel(name, kind) { return this.details + (kind === "compute" ? name % TONES : kind === "p2p" ? TONES : TONES + 1); }

  get launch() { return this.details + TONES + 2; }

  stop(kind) { return this.details + TONES + 3 + kind; }

  get unknown() { return this.details + TONES + 6; }

  fill() {
    this.tile(0, 1, () => {});
    this.tile(this.line, 1, () => this.flat("bg"));
    this.texts.phases.forEach((phase, i) => {
      this.tile(Palette.phase(i), 1, () => this.flat("phase-" + phase.letter));
      this.tile(this.ideal(i), 0.5, () => this.flat("phase-" + phase.letter));
    });
    this.texts.causes.forEach((cause, i) => this.tile(this.cause(i), 1, () => this.hatch(cause)));
    for (let tone = 0; tone < TONES; tone++) this.tile(this.details + tone, 1, () => this.flat("kernel-" + tone));
    ["kernel-p2p", "kernel-collective", "busy", "host-s", "struct-s", "jitter-s", "panel"]
      .forEach((name, i) => this.tile(this.details + TONES + i, 1, () => this.flat(name)));
  }

  tile(code, alpha, draw) {
    for (const [target, strength] of [[code, alpha], [code + DIM, alpha * 0.2]]) {
      this.pen.globalAlpha = 1;
      this.flat("bg");
      this.pen.globalAlpha = strength;
      draw();
      const pixels = this.pen.getImageData(0, 0, this.side, this.side).data;
      this.tiles.set(new Uint32Array(pixels.buffer), target * this.side * this.side);
    }
  }

  flat(name) {
    this.pen.fillStyle = this.colour(name);
    this.pen.fillRect(0, 0, this.side, this.side);
  }

  hatch(cause) {
    this.flat(cause.family + "-g");
    this.pen.save();
    this.pen.scale(this.scale, this.scale);
    this.pen.strokeStyle = this.colour(cause.family + "-s");
    this.pen.lineWidth = cause.strokeWidth;
    this.pen.stroke(new Path2D(cause.strokes));
    this.pen.restore();
  }
}

/* OffscreenCanvas is missing in older browsers. */
function OffscreenCanvasOr(side) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  return canvas;
}
