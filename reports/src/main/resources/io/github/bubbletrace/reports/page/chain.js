/* What a task waited for, back to where the waiting began. */
const CHAIN_STEPS = 10;

class Chains {
  constructor(data, words) {
    this.data = data;
    this.words = words;
  }

  /* Transfers by the task that waits for them; made when first asked for. */
  incoming() {
    if (!this.byTarget) {
      const { transfers } = this.data;
      this.byTarget = new Uint32Array(transfers.size).map((_, i) => i);
      this.byTarget.sort((a, b) => transfers.target[a] - transfers.target[b] || a - b);
    }
    return this.byTarget;
  }

  /* The transfer that arrived last for a task; -1 where it waits for none. */
  lastInput(task) {
    const { transfers } = this.data;
    const order = this.incoming();
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (transfers.target[order[middle]] < task) low = middle + 1; else high = middle;
    }
    let last = -1;
    for (; low < order.length && transfers.target[order[low]] === task; low++) {
      const arrives = transfers.start[order[low]] + transfers.length[order[low]];
      if (last < 0 || arrives > transfers.start[last] + transfers.length[last]) last = order[low];
    }
    return last;
  }

  /* When the device was free for a task: the end of the task before it, or the window's start. */
  freeBefore(task) {
    const { tasks, windows } = this.data;
    const lane = this.words.laneOf(tasks, task);
    let end = windows[tasks.window[task]].start;
    for (let i = task - 1; i >= tasks.first[lane] && i >= task - LOOK_BACK; i--) {
      if (tasks.window[i] === tasks.window[task]) end = Math.max(end, tasks.start[i] + tasks.length[i]);
    }
    return end;
  }

  /* Steps from the task back to the first that did not wait: {text, task, transfer}. */
  of(task) {
    const steps = [];
    for (let at = task; at >= 0 && steps.length < CHAIN_STEPS;) at = this.step(at, steps);
    return steps;
  }

  step(task, steps) {
    const { tasks, transfers } = this.data;
    const name = this.words.brief(task);
    const free = this.freeBefore(task);
    const waited = tasks.start[task] - free;
    const input = this.lastInput(task);
    if (waited <= 0) {
      steps.push({ task, text: name + " started as soon as its device was free; the task before it had run until then." });
      return -1;
    }
    const arrival = input < 0 ? -Infinity : transfers.start[input] + transfers.length[input];
    if (arrival <= free) {
      const why = input < 0 ? "It waits for no other device" : "Its input had been there";
      steps.push({ task, text: name + " started " + time(waited) + " after its device was free. " + why
        + ": its launch, or something before it on the same device, was late." });
      return -1;
    }
    const source = transfers.source[input];
    const late = tasks.start[task] - arrival;
    steps.push({
      task, transfer: input,
      text: name + " waited " + time(waited) + " for " + this.words.brief(source) + ", whose output took "
        + time(transfers.length[input]) + (transfers.estimated[input] ? " (estimated)" : "") + " to come"
        + (late > waited / 20 ? "; it then started " + time(late) + " late." : ".")
    });
    return source;
  }
}
