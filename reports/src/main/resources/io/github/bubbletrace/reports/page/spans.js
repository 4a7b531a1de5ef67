/* Which span to draw where many share a pixel: the longest, found by a tree of the longest of each half. */
function addLongest(spans) {
  const lanes = spans.first.length - 1;
  spans.tree = new Int32Array(2 * spans.size);
  for (let lane = 0; lane < lanes; lane++) {
    const first = spans.first[lane];
    const count = spans.first[lane + 1] - first;
    const base = 2 * first;
    for (let i = 0; i < count; i++) spans.tree[base + count + i] = first + i;
    for (let i = count - 1; i > 0; i--) {
      const left = spans.tree[base + 2 * i];
      const right = spans.tree[base + 2 * i + 1];
      spans.tree[base + i] = spans.length[right] > spans.length[left] ? right : left;
    }
  }
}

/* The longest of the spans from to end - 1 of a lane. */
function longest(spans, lane, from, end) {
  const first = spans.first[lane];
  const count = spans.first[lane + 1] - first;
  const base = 2 * first;
  let best = from;
  for (let low = from - first + count, high = end - first + count; low < high; low >>= 1, high >>= 1) {
    if (low % 2 === 1) best = longer(spans, best, spans.tree[base + low++]);
    if (high % 2 === 1) best = longer(spans, best, spans.tree[base + --high]);
  }
  return best;
}

function longer(spans, a, b) {
  return spans.length[b] > spans.length[a] ? b : a;
}

/* The first span of a lane, from index on, that starts at or after a time. */
function firstFrom(spans, lane, time, index) {
  let low = Math.max(index, spans.first[lane]);
  let high = spans.first[lane + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans.start[middle] < time) low = middle + 1; else high = middle;
  }
  return low;
}

/* Spans may overlap a little (two streams): so many before the first may still reach into the view. */
const LOOK_BACK = 4;

/* The first span to look at for a view that begins at time. */
function firstVisible(spans, lane, time) {
  let i = Math.max(spans.first[lane], firstFrom(spans, lane, time, 0) - LOOK_BACK);
  while (i < spans.first[lane + 1] && spans.start[i] + spans.length[i] <= time) i++;
  return i;
}

/* The span at a time, or the longest within a tolerance; -1 where there is none. */
function spanAt(spans, lane, time, tolerance, accepts) {
  let best = -1;
  const end = firstFrom(spans, lane, time + tolerance, 0);
  for (let i = end - 1; i >= spans.first[lane] && i >= end - 64; i--) {
    const covers = spans.start[i] <= time && time < spans.start[i] + spans.length[i];
    const near = spans.start[i] + spans.length[i] >= time - tolerance;
    if (!accepts(i) || !near) continue;
    if (covers) return i;
    if (best < 0 || spans.length[i] > spans.length[best]) best = i;
  }
  return best;
}

/* Pixels from 0 to width for the times from and to. */
function newScale(from, to, width) {
  return { from, to, perNs: width / (to - from) };
}

/* Calls paint(i, x, end) for the spans in view, in pixels, and once with the longest where several share a pixel. */
function eachVisible(spans, lane, scale, paint) {
  const { start, length } = spans;
  const { from, to, perNs } = scale;
  const end = spans.first[lane + 1];
  let i = firstVisible(spans, lane, from);
  while (i < end && start[i] < to) {
    const x = (start[i] - from) * perNs;
    const width = length[i] * perNs;
    if (width >= 1) {
      paint(i, x, x + width);
      i++;
      continue;
    }
    const pixelEnd = from + (Math.floor(x) + 1) / perNs;
    const few = Math.min(end, i + 16);
    let next = i + 1;
    let best = i;
    while (next < few && start[next] < pixelEnd) {
      if (length[next] > length[best]) best = next;
      next++;
    }
    if (next === few && next < end) {
      next = firstFrom(spans, lane, pixelEnd, next);
      best = longest(spans, lane, i, next);
    }
    const bestX = (start[best] - from) * perNs;
    paint(best, bestX, bestX + length[best] * perNs);
    i = next;
  }
}
