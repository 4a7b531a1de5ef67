package io.github.bubbletrace.reports.perfetto;

import io.github.bubbletrace.reports.perfetto.TraceEvents.Track;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kernels as slices, a track for every stream; kernels of one stream that overlap share as many as they need. */
final class KernelSlices {

    private final TraceEvents events;
    private final Map<Stream, Lanes> lanes = new HashMap<>();
    private final Map<Integer, Integer> tracksOfRank = new HashMap<>();
    private final Set<Integer> named = new HashSet<>();
    private Lanes last;

    /** Slices among {@code events}, in which {@code named} ranks have their names already. */
    KernelSlices(TraceEvents events, Collection<Integer> named) {
        this.events = events;
        this.named.addAll(named);
    }

    private record Stream(int rank, int gpu, int stream) {}

    /** The tracks of one stream. */
    private static final class Lanes {

        private final Stream of;
        private final SliceLanes free = new SliceLanes();
        private final List<Track> tracks = new ArrayList<>();

        Lanes(Stream of) {
            this.of = of;
        }
    }

    /** Adds a kernel; those of a stream come by start. */
    void add(int rank, int gpu, int stream, String name, long launchNs, long startNs, long endNs) throws IOException {
        if (last == null || last.of.rank() != rank || last.of.gpu() != gpu || last.of.stream() != stream) {
            last = lanes.computeIfAbsent(new Stream(rank, gpu, stream), Lanes::new);
        }
        int lane = last.free.place(startNs, endNs);
        if (lane == last.tracks.size()) {
            last.tracks.add(newTrack(last.of, lane));
        }
        events.slice(last.tracks.get(lane), "kernel", name, startNs, endNs, Map.of());
    }

    private Track newTrack(Stream stream, int lane) throws IOException {
        int index = tracksOfRank.merge(stream.rank(), 1, Integer::sum) - 1;
        Track track = DeviceTracks.kernels(stream.rank(), index);
        if (named.add(stream.rank())) {
            events.processName(track.process(), "rank " + stream.rank());
            events.processOrder(track.process(), track.process());
        }
        String name = "gpu" + stream.gpu() + " stream " + stream.stream();
        events.threadName(track, name + (lane == 0 ? "" : " (" + (lane + 1) + ')'));
        return track;
    }
}
