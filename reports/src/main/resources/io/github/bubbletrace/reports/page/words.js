/* What spans are called, in words and numbers. */
function decimals(value, digits) {
  return value.toFixed(digits);
}

function time(ns) {
  const size = Math.abs(ns);
  const [unit, per] = size < 1e3 ? ["ns", 1] : size < 0.9995e6 ? ["us", 1e3] : size < 0.9995e9 ? ["ms", 1e6] : ["s", 1e9];
  const value = ns / per;
  const rough = Math.abs(value);
  return decimals(value, unit === "ns" ? 0 : rough >= 99.95 ? 0 : rough >= 9.995 ? 1 : 2) + " " + unit;
}

function plural(count, word) {
  return count.toLocaleString("en") + " " + word + (count === 1 ? "" : word.endsWith("ch") ? "es" : "s");
}

class Words {
  constructor(data) {
    this.data = data;
  }

  lane(lane) {
    const { device, stage, replica } = this.data.lanes[lane];
    if (stage === undefined) return device;
    const which = this.data.texts.replicas > 1 ? "replica " + replica + ", " : "";
    return device + " (" + which + "stage " + stage + ")";
  }

  laneOf(spans, index) {
    const track = this.trackOf(spans, index);
    return spans.tracks ? spans.tracks[track].lane : track;
  }

  /* Where a span lies among the tracks of its kind; tasks and idle spans have one a lane. */
  trackOf(spans, index) {
    let low = 0;
    let high = spans.first.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (spans.first[middle] <= index) low = middle; else high = middle;
    }
    return low;
  }

  letter(task) {
    return this.data.texts.phases[this.data.tasks.phase[task]].letter;
  }

  /* F3, or how many tasks were joined. */
  short(task) {
    const merged = this.data.tasks.merged[task];
    return merged > 0 ? plural(merged + 1, "task") : this.letter(task) + this.data.tasks.microBatch[task];
  }

  task(task) {
    const { tasks, texts, windows } = this.data;
    if (tasks.merged[task] > 0) {
      return plural(tasks.merged[task] + 1, "task") + " of iteration " + windows[tasks.window[task]].index + ", mostly "
        + texts.phases[tasks.phase[task]].name;
    }
    return this.short(task) + ": " + texts.phases[tasks.phase[task]].name + " of micro-batch " + tasks.microBatch[task]
      + ", chunk " + tasks.chunk[task] + ", iteration " + windows[tasks.window[task]].index;
  }

  /* What F3 of stage 2 is in a chain. */
  brief(task) {
    const lane = this.data.lanes[this.laneOf(this.data.tasks, task)];
    return this.short(task) + " on stage " + lane.stage;
  }

  idle(index) {
    const cause = this.data.texts.causes[this.data.idle.cause[index]];
    const inside = this.data.idle.inside[index] === 1 ? " inside a task" : "";
    return "Idle" + inside + ", " + cause.name + ": " + cause.meaning;
  }

  kernel(index) {
    return this.data.kernelTexts.names[this.data.kernels.name[index]];
  }

  stream(index) {
    return this.data.kernels.tracks[this.trackOf(this.data.kernels, index)].stream;
  }

  stop(index) {
    const { stop, reason } = this.data.stops.tracks[this.trackOf(this.data.stops, index)];
    const { reasons, stopKinds } = this.data.kernelTexts;
    const what = { pause: "All threads of the host stood still", wait: "The host's thread waited for another's work",
      beside: "The runtime worked beside the host's threads" }[stopKinds[stop]];
    return what + (reasons[reason] ? ": " + reasons[reason] : "");
  }

  /* What any span is called, in a few words. */
  name({ spans, index }) {
    switch (spans.kind) {
      case "task": return this.short(index);
      case "idle": return "idle: " + this.data.texts.causes[this.data.idle.cause[index]].name;
      case "kernel": return this.kernel(index);
      case "launch": return "launch of " + this.kernel(this.data.launches.kernel[index]);
      default: return this.stop(index);
    }
  }

  windowAt(from, to) {
    return this.data.windows.find(window => window.start <= from && from < window.end)
      ?? this.data.windows.find(window => window.start < to && from < window.end);
  }

  since(at) {
    const window = this.windowAt(at, at + 1);
    return window ? time(at - window.start) + " after the start of iteration " + window.index : time(at);
  }
}
