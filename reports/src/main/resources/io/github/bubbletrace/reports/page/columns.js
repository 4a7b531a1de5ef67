/* The timeline's columns: a JSON head with all texts, then columns of variable-length integers. See docs/outputs.md. */
class Column {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  next() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error("a column ends early");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  /* Even numbers are not negative, odd ones are. */
  signed() {
    const value = this.next();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

function readColumns(bytes) {
  const head = new Column(bytes);
  if (head.next() !== 1) throw new Error("the timeline's columns are of another version");
  const length = head.next();
  const texts = JSON.parse(new TextDecoder().decode(bytes.subarray(head.at, head.at + length)));
  const lengths = new Column(bytes.subarray(head.at + length));
  const count = lengths.next();
  const sizes = Array.from({ length: count }, () => lengths.next());
  let at = head.at + length + lengths.at;
  const columns = sizes.map(size => {
    at += size;
    return new Column(bytes.subarray(at - size, at));
  });
  return { texts, columns };
}

/* Spans of all lanes, one lane after the other, by start: those of lane i are first[i] to first[i + 1] - 1. */
function newSpans(counts) {
  const first = new Int32Array(counts.length + 1);
  counts.forEach((count, lane) => { first[lane + 1] = first[lane] + count; });
  const size = first[counts.length];
  return { first, size, start: new Float64Array(size), length: new Float64Array(size), merged: new Int32Array(size) };
}

function readTasks(lanes, columns) {
  const [counts, start, length, window, phase, chunk, microBatch, idealStart, idealLength, merged] = columns;
  const tasks = newSpans(lanes.map(() => counts.next()));
  Object.assign(tasks, {
    kind: "task",
    window: new Int32Array(tasks.size), phase: new Uint8Array(tasks.size), chunk: new Int32Array(tasks.size),
    microBatch: new Int32Array(tasks.size), idealStart: new Float64Array(tasks.size),
    idealLength: new Float64Array(tasks.size), row: new Uint8Array(tasks.size)
  });
  for (let lane = 0; lane < lanes.length; lane++) {
    const lastOfPhase = new Map();
    let at = 0;
    let inWindow = 0;
    let idealAt = 0;
    let end = -1;
    for (let i = tasks.first[lane]; i < tasks.first[lane + 1]; i++) {
      tasks.start[i] = at += start.next();
      tasks.length[i] = length.next();
      tasks.window[i] = inWindow += window.signed();
      const kind = tasks.phase[i] = phase.next();
      tasks.chunk[i] = chunk.next();
      tasks.microBatch[i] = (lastOfPhase.get(kind) ?? 0) + microBatch.signed();
      lastOfPhase.set(kind, tasks.microBatch[i]);
      tasks.idealStart[i] = idealAt += idealStart.signed();
      tasks.idealLength[i] = idealLength.next() - 1;
      idealAt += Math.max(0, tasks.idealLength[i]);
      tasks.merged[i] = merged.next();
      tasks.row[i] = at < end ? 1 : 0;
      if (tasks.row[i] === 0) end = at + tasks.length[i];
    }
  }
  return tasks;
}

/* The replayed tasks as spans of their own, by start. */
function idealSpans(tasks) {
  const lanes = tasks.first.length - 1;
  const counts = new Array(lanes).fill(0);
  for (let lane = 0; lane < lanes; lane++) {
    for (let i = tasks.first[lane]; i < tasks.first[lane + 1]; i++) counts[lane] += tasks.idealLength[i] >= 0 ? 1 : 0;
  }
  const ideal = Object.assign(newSpans(counts), { kind: "ideal" });
  ideal.task = new Int32Array(ideal.size);
  for (let lane = 0, at = 0; lane < lanes; lane++) {
    let sorted = true;
    const from = at;
    for (let i = tasks.first[lane]; i < tasks.first[lane + 1]; i++) {
      if (tasks.idealLength[i] < 0) continue;
      sorted = sorted && (at === from || tasks.idealStart[i] >= tasks.idealStart[ideal.task[at - 1]]);
      ideal.task[at++] = i;
    }
    if (!sorted) ideal.task.subarray(from, at).sort((a, b) => tasks.idealStart[a] - tasks.idealStart[b]);
  }
  for (let i = 0; i < ideal.size; i++) {
    ideal.start[i] = tasks.idealStart[ideal.task[i]];
    ideal.length[i] = tasks.idealLength[ideal.task[i]];
  }
  return ideal;
}

function readIdle(lanes, columns, tasks) {
  const [counts, gap, length, cause, merged] = columns;
  const idle = newSpans(lanes.map(() => counts.next()));
  Object.assign(idle, { kind: "idle", cause: new Uint8Array(idle.size), inside: new Uint8Array(idle.size) });
  for (let lane = 0; lane < lanes.length; lane++) {
    let at = 0;
    let task = tasks.first[lane];
    let covered = -1;
    for (let i = idle.first[lane]; i < idle.first[lane + 1]; i++) {
      idle.start[i] = at += gap.signed();
      idle.length[i] = length.next();
      at += idle.length[i];
      idle.cause[i] = cause.next();
      idle.merged[i] = merged.next();
      while (task < tasks.first[lane + 1] && tasks.start[task] < at) {
        covered = Math.max(covered, tasks.start[task] + tasks.length[task]);
        task++;
      }
      idle.inside[i] = covered > idle.start[i] ? 1 : 0;
    }
  }
  return idle;
}

function readTransfers(columns, tasks) {
  const [counts, source, target, start, length, estimated] = columns;
  const size = counts.next();
  const transfers = {
    size, source: new Int32Array(size), target: new Int32Array(size), start: new Float64Array(size),
    length: new Float64Array(size), estimated: new Uint8Array(size), longest: 0
  };
  let from = 0;
  let to = 0;
  for (let i = 0; i < size; i++) {
    transfers.source[i] = from += source.signed();
    transfers.target[i] = to += target.signed();
    transfers.start[i] = tasks.start[from] + tasks.length[from] + start.signed();
    transfers.length[i] = length.next();
    transfers.estimated[i] = estimated.next();
    transfers.longest = Math.max(transfers.longest, transfers.length[i]);
  }
  return transfers;
}

const SLOTS = 1 << 14;

/* Transfers by slots of time, so that those in view are found without a look at all: a sort would take much longer. */
function addSlots(transfers, from, to) {
  transfers.slot = time => Math.max(0, Math.min(SLOTS - 1, Math.floor((time - from) / (to - from) * SLOTS)));
  transfers.firstOfSlot = new Int32Array(SLOTS + 1);
  transfers.inSlots = new Int32Array(transfers.size);
  for (let i = 0; i < transfers.size; i++) transfers.firstOfSlot[transfers.slot(transfers.start[i]) + 1]++;
  for (let slot = 0; slot < SLOTS; slot++) transfers.firstOfSlot[slot + 1] += transfers.firstOfSlot[slot];
  const next = transfers.firstOfSlot.slice();
  for (let i = 0; i < transfers.size; i++) transfers.inSlots[next[transfers.slot(transfers.start[i])]++] = i;
}

function readWindows(column) {
  const windows = [];
  for (let count = column.next(); count > 0; count--) {
    const [replica, index, start, length, flags] = Array.from({ length: 5 }, () => column.next());
    windows.push({ replica, index, start, end: start + length, skipped: (flags & 1) === 1, aggregated: (flags & 2) === 2 });
  }
  return windows;
}

/* Everything that the timeline shows. */
function readTimeline(bytes) {
  const { texts, columns } = readColumns(bytes);
  const windows = readWindows(columns[0]);
  const tasks = readTasks(texts.lanes, columns.slice(1, 11));
  const ideal = idealSpans(tasks);
  const idle = readIdle(texts.lanes, columns.slice(11, 16), tasks);
  const transfers = readTransfers(columns.slice(16, 22), tasks);
  [tasks, ideal, idle].forEach(addLongest);
  const from = texts.from;
  let to = texts.to;
  for (let i = 0; i < ideal.size; i++) to = Math.max(to, ideal.start[i] + ideal.length[i]);
  addSlots(transfers, from, to);
  const data = { texts, lanes: texts.lanes, windows, tasks, ideal, idle, transfers, from, to };
  withoutKernels(data);
  return data;
}
