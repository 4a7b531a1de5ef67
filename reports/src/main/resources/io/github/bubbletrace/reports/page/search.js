/* Finds tasks, idle spans, kernels and stops of hosts: F3, mb=3, stage=2, rank=1, it=4, chunk=1, a phase, a cause, a device, a kernel's name, >2ms; words are joined by and. */
const UNITS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 };
const FIELDS = {
  mb: "microBatch", microbatch: "microBatch", chunk: "chunk", stage: "stage", rank: "rank", it: "iteration", iteration: "iteration",
  replica: "replica"
};

class Search {
  constructor(data, words, text) {
    this.data = data;
    this.trackOf = (spans, index) => words.trackOf(spans, index);
    this.text = text.trim();
    this.hits = [];
    this.kinds = [data.tasks, data.idle, data.kernels, data.stops];
    this.sets = {};
    for (const spans of this.kinds) this.sets[spans.kind] = new Uint8Array(spans.size);
    const tests = this.text.toLowerCase().split(/\s+/).map(word => this.test(word));
    for (const spans of this.kinds) this.run(spans, tests);
    this.hits.sort((a, b) => a.spans.start[a.index] - b.spans.start[b.index] || a.lane - b.lane);
    this.at = -1;
  }

  run(spans, tests) {
    const set = this.sets[spans.kind];
    for (let track = 0; track + 1 < spans.first.length; track++) {
      const lane = spans.tracks ? spans.tracks[track].lane : track;
      for (let index = spans.first[track]; index < spans.first[track + 1]; index++) {
        if (tests.every(test => test(spans, index, lane))) {
          set[index] = 1;
          this.hits.push({ spans, index, lane });
        }
      }
    }
  }

  matches(spans, index) {
    if (spans.kind === "ideal") return this.sets.task[spans.task[index]] === 1;
    if (spans.kind === "launch") return this.sets.kernel[spans.kernel[index]] === 1;
    return this.sets[spans.kind][index] === 1;
  }

  eachTime(visit) {
    const step = Math.max(1, Math.ceil(this.hits.length / 4000));
    for (let i = 0; i < this.hits.length; i += step) visit(this.hits[i].spans.start[this.hits[i].index]);
  }

  /* The next hit, or the one before; null where there is none. */
  move(step) {
    const count = this.hits.length;
    if (count === 0) return null;
    this.at = this.at < 0 ? (step > 0 ? 0 : count - 1) : (this.at + step + count) % count;
    return this.hits[this.at];
  }

  test(word) {
    return this.lengthTest(word) ?? this.fieldTest(word) ?? this.taskTest(word) ?? this.wordTest(word);
  }

  lengthTest(word) {
    const found = /^([<>])(\d+(?:\.\d+)?)(ns|us|ms|s)$/.exec(word);
    if (!found) return null;
    const limit = Number(found[2]) * UNITS[found[3]];
    return (spans, i) => found[1] === ">" ? spans.length[i] > limit : spans.length[i] < limit;
  }

  fieldTest(word) {
    const found = /^([a-z]+)[=:](-?\d+)$/.exec(word);
    const field = found && Object.hasOwn(FIELDS, found[1]) ? FIELDS[found[1]] : null;
    if (!field) return null;
    const wanted = Number(found[2]);
    const { lanes, windows, tasks } = this.data;
    if (field === "stage" || field === "rank" || field === "replica") return (spans, i, lane) => lanes[lane][field] === wanted;
    if (field !== "iteration") return (spans, i) => spans === tasks && tasks[field][i] === wanted;
    const of = windows.filter(window => window.index === wanted);
    return (spans, i) => spans === tasks
      ? windows[tasks.window[i]].index === wanted
      : of.some(window => window.start <= spans.start[i] && spans.start[i] < window.end);
  }

  taskTest(word) {
    const found = /^([a-z])(\d+)$/.exec(word);
    const phase = found ? this.data.texts.phases.findIndex(p => p.letter.toLowerCase() === found[1]) : -1;
    const { tasks } = this.data;
    return phase < 0 ? null
      : (spans, i) => spans === tasks && tasks.phase[i] === phase && tasks.microBatch[i] === Number(found[2]);
  }

  /* A word is part of a phase's, a cause's or a device's name, or the kind of span. */
  wordTest(word) {
    const { texts, kernelTexts, lanes, tasks, idle, kernels, stops } = this.data;
    const has = text => text.toLowerCase().includes(word);
    const phases = texts.phases.map(phase => has(phase.name) || phase.letter.toLowerCase() === word);
    const causes = texts.causes.map(cause => has(cause.name) || has(cause.key));
    const names = lanes.map(lane => has(lane.device));
    const kernelNames = kernelTexts.names.map(has);
    const reasons = stops.tracks.map(track => has(kernelTexts.reasons[track.reason]) || has(kernelTexts.stopKinds[track.stop]));
    const stop = i => reasons.length > 0 && reasons[this.trackOf(stops, i)];
    return (spans, i, lane) => names[lane]
      || (spans === tasks && (phases[tasks.phase[i]] || word === "task"))
      || (spans === idle && (causes[idle.cause[i]] || word === "idle"))
      || (spans === kernels && (kernelNames[kernels.name[i]] || word === "kernel"))
      || (spans === stops && stop(i));
  }
}
