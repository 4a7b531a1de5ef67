/* Mouse, wheel, touch and keys. */
class Input {
  constructor(timeline) {
    this.timeline = timeline;
    this.view = timeline.view;
    this.drag = null;
    this.stage = timeline.stage;
    this.isOver = false;
    this.pointer();
    this.wheel();
    this.minimap();
    this.controls();
    document.addEventListener("keydown", event => this.key(event));
  }

  place(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  touched() {
    this.timeline.touched = true;
    this.timeline.changed();
  }

  pointer() {
    const { stage, timeline, view } = this;
    stage.addEventListener("pointerdown", event => {
      if (event.button !== 0) return;
      stage.focus({ preventScroll: true });
      stage.setPointerCapture(event.pointerId);
      const at = this.place(event);
      const measures = event.shiftKey || at.y < RULER;
      this.drag = { ...at, from: view.from, to: view.to, top: view.top, moved: false, measures, startTime: view.time(at.x) };
    });
    stage.addEventListener("pointermove", event => {
      const at = this.place(event);
      this.isOver = true;
      if (!this.drag) return timeline.point(timeline.at(at.x, at.y));
      this.drag.moved = this.drag.moved || Math.hypot(at.x - this.drag.x, at.y - this.drag.y) > 3;
      if (!this.drag.moved) return;
      if (this.drag.measures) {
        timeline.measure = { from: this.drag.startTime, to: view.time(at.x) };
        timeline.overChanged();
        return;
      }
      const shift = (this.drag.x - at.x) / view.plot * (this.drag.to - this.drag.from);
      view.show(this.drag.from + shift, this.drag.to + shift);
      view.scroll(this.drag.top + this.drag.y - at.y - view.top);
      this.touched();
    });
    stage.addEventListener("pointerup", event => {
      const at = this.place(event);
      if (this.drag && !this.drag.moved) {
        if (this.drag.measures) timeline.measure = null;
        timeline.choose(timeline.at(at.x, at.y));
        this.touched();
      }
      this.drag = null;
    });
    stage.addEventListener("pointercancel", () => { this.drag = null; });
    stage.addEventListener("pointerleave", () => { this.isOver = false; timeline.point(null); });
    stage.addEventListener("dblclick", event => {
      const at = this.place(event);
      const span = timeline.at(at.x, at.y);
      if (span) timeline.around(span, 1);
      this.touched();
    });
  }

  /* The wheel zooms where the timeline has been clicked, or with Ctrl; else the page scrolls as everywhere. */
  wheel() {
    const { stage, view } = this;
    stage.addEventListener("wheel", event => {
      if (document.activeElement !== stage && !event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      const turned = (event.deltaY || event.deltaX) * lines;
      if (event.altKey) view.scaleLanes(turned > 0 ? 0.9 : 1.1);
      else if (event.shiftKey) view.scroll(turned);
      else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) view.pan(event.deltaX * lines / view.plot);
      else view.zoom(Math.pow(1.0015, turned), view.time(this.place(event).x));
      if (event.altKey) this.timeline.resize();
      this.touched();
    }, { passive: false });
  }

  minimap() {
    const { map, view } = { map: this.timeline.map, view: this.view };
    const go = event => {
      const at = this.timeline.minimap.time(event.clientX - map.getBoundingClientRect().left);
      view.pan((at - (view.from + view.to) / 2) / (view.to - view.from));
      this.touched();
    };
    map.addEventListener("pointerdown", event => { map.setPointerCapture(event.pointerId); go(event); });
    map.addEventListener("pointermove", event => { if (event.buttons === 1) go(event); });
  }

  controls() {
    const { timeline } = this;
    for (const button of timeline.root.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this.run(button.dataset.do));
    }
    const search = timeline.part("search");
    search.addEventListener("keydown", event => {
      if (event.key === "Enter") {
        if (!timeline.search || timeline.search.text !== search.value.trim()) timeline.find(search.value);
        timeline.nextMatch(event.shiftKey ? -1 : 1);
        this.touched();
      } else if (event.key === "Escape") {
        timeline.find("");
        this.stage.focus();
      }
      event.stopPropagation();
    });
    search.addEventListener("change", () => { timeline.find(search.value); this.touched(); });
    timeline.part("window").addEventListener("toggle", () => timeline.fillTable());
  }

  run(action) {
    const { timeline, view } = this;
    const middle = (view.from + view.to) / 2;
    const actions = {
      in: () => view.zoom(0.6, middle), out: () => view.zoom(1 / 0.6, middle),
      left: () => view.pan(-0.2), right: () => view.pan(0.2),
      up: () => view.scroll(-3 * view.laneHeight), down: () => view.scroll(3 * view.laneHeight),
      taller: () => { view.scaleLanes(1.25); timeline.resize(); }, lower: () => { view.scaleLanes(0.8); timeline.resize(); },
      all: () => timeline.all(), home: () => timeline.home(), fit: () => timeline.fit(),
      next: () => timeline.nextMatch(1), previous: () => timeline.nextMatch(-1),
      later: () => timeline.step(1), earlier: () => timeline.step(-1),
      above: () => timeline.stepLane(-1), below: () => timeline.stepLane(1),
      mark: () => timeline.mark(), clear: () => timeline.clear(),
      search: () => timeline.part("search").focus(),
      ideal: () => { timeline.showIdeal = !timeline.showIdeal && timeline.data.ideal.size > 0; },
      arrows: () => { timeline.showArrows = !timeline.showArrows; },
      kernels: () => { timeline.showKernels = !timeline.showKernels; },
      png: () => timeline.png(), csv: () => saveText("timeline.csv", timeline.table.csv(timeline.layout))
    };
    actions[action]();
    this.touched();
    this.pressed();
  }

  pressed() {
    const { timeline } = this;
    const states = { ideal: timeline.showIdeal, arrows: timeline.showArrows, kernels: timeline.showKernels };
    for (const [toggle, state] of Object.entries(states)) {
      timeline.root.querySelector("[data-do=" + toggle + "]")?.setAttribute("aria-pressed", String(state));
    }
  }

  /* Keys count where the timeline has the focus or the pointer, and no field or button does. */
  key(event) {
    const focus = document.activeElement;
    const elsewhere = focus && focus !== document.body && focus !== this.stage;
    if (event.ctrlKey || event.metaKey || event.altKey || elsewhere || (focus !== this.stage && !this.isOver)) return;
    const arrows = focus === this.stage ? { ArrowRight: "later", ArrowLeft: "earlier", ArrowUp: "above", ArrowDown: "below", Enter: "fit" } : {};
    const action = {
      w: "in", s: "out", a: "left", d: "right", "+": "in", "=": "in", "-": "out", 0: "all", f: "fit", h: "home", "/": "search",
      n: event.shiftKey ? "previous" : "next", m: "mark", Escape: "clear", i: "ideal", t: "arrows", k: "kernels", "[": "lower", "]": "taller",
      PageUp: "up", PageDown: "down", ...arrows
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    this.run(action);
  }
}
