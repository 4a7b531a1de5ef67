/* Kernels and what hosts did, as tracks: one a stream, one a reason of a lane's host. See docs/outputs.md. */
function newTracks(kind, lanes, tracks) {
  const spans = Object.assign(newSpans(tracks.map(track => track.count)), { kind, tracks });
  spans.ofLane = Array.from({ length: lanes.length }, () => []);
  tracks.forEach((track, i) => spans.ofLane[track.lane].push(i));
  return spans;
}

function readKernelSpans(lanes, columns) {
  const [places, start, length, name, launch] = columns;
  const tracks = Array.from({ length: places.next() }, () => ({ lane: places.next(), stream: places.signed(), count: places.next() }));
  const kernels = newTracks("kernel", lanes, tracks);
  Object.assign(kernels, { name: new Int32Array(kernels.size), launch: new Float64Array(kernels.size).fill(NaN) });
  tracks.forEach((track, t) => {
    let at = 0;
    let launched = 0;
    for (let i = kernels.first[t]; i < kernels.first[t + 1]; i++) {
      kernels.start[i] = at += start.signed();
      kernels.length[i] = length.next();
      kernels.name[i] = name.next();
      const step = launch.next();
      if (step > 0) kernels.launch[i] = launched += (step - 1) % 2 === 0 ? (step - 1) / 2 : -step / 2;
    }
  });
  return kernels;
}

/* The calls that launched kernels, by time: a track a lane. Their ends are not known. */
function launchSpans(lanes, kernels) {
  const inLane = lanes.map(() => []);
  kernels.tracks.forEach((track, t) => {
    for (let i = kernels.first[t]; i < kernels.first[t + 1]; i++) if (!Number.isNaN(kernels.launch[i])) inLane[track.lane].push(i);
  });
  const tracks = inLane.map((of, lane) => ({ lane, count: of.length })).filter(track => track.count > 0);
  const launches = newTracks("launch", lanes, tracks);
  launches.kernel = new Int32Array(launches.size);
  tracks.forEach((track, t) => {
    launches.kernel.set(Int32Array.from(inLane[track.lane]).sort((a, b) => kernels.launch[a] - kernels.launch[b]), launches.first[t]);
  });
  for (let i = 0; i < launches.size; i++) launches.start[i] = kernels.launch[launches.kernel[i]];
  return launches;
}

function readStops(lanes, column) {
  const tracks = [];
  const starts = [];
  const lengths = [];
  for (let left = column.next(); left > 0; left--) {
    const track = { lane: column.next(), stop: column.next(), reason: column.next(), count: column.next() };
    tracks.push(track);
    for (let i = 0, at = 0; i < track.count; i++) {
      starts.push(at += column.signed());
      lengths.push(column.next());
      at += lengths[lengths.length - 1];
    }
  }
  const stops = newTracks("stop", lanes, tracks);
  stops.start.set(starts);
  stops.length.set(lengths);
  return stops;
}

/* Adds them to what the timeline shows. */
function addKernels(data, bytes) {
  const { texts, columns } = readColumns(bytes);
  data.kernelTexts = texts;
  data.kernels = readKernelSpans(data.lanes, columns.slice(0, 5));
  data.launches = launchSpans(data.lanes, data.kernels);
  data.stops = readStops(data.lanes, columns[5]);
  [data.kernels, data.launches, data.stops].forEach(addLongest);
}

/* No kernels: the page has none, or they are not read yet. */
function withoutKernels(data) {
  data.kernelTexts = { names: [], kinds: [], stretches: [], reasons: [], stopKinds: [] };
  data.kernels = Object.assign(newTracks("kernel", data.lanes, []), { name: [], launch: [] });
  data.launches = Object.assign(newTracks("launch", data.lanes, []), { kernel: [] });
  data.stops = newTracks("stop", data.lanes, []);
  [data.kernels, data.launches, data.stops].forEach(addLongest);
}
