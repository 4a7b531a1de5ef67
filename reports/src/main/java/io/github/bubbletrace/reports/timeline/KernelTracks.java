package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.KernelSource;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Kernels as tracks: one a stream of a lane, the busiest streams of a lane first. */
public final class KernelTracks {

    /** More streams of a device than these are left out. */
    private static final int MOST_OF_A_LANE = 8;

    private final ShownKernels kernels;
    private final List<Track> tracks = new ArrayList<>();
    private final int[] newName;
    private final List<String> names = new ArrayList<>();
    private int leftOut;

    private static final class Track {

        private final int lane;
        private final int stream;
        private final IntColumn rows = new IntColumn();
        private long busyNs;

        private Track(int lane, int stream) {
            this.lane = lane;
            this.stream = stream;
        }
    }

    /** The tracks of {@code kernels}. */
    public KernelTracks(ShownKernels kernels) {
        this.kernels = kernels;
        Map<Long, Track> all = new TreeMap<>();
        Track track = null;
        for (int k = 0; k < kernels.size(); k++) {
            int lane = kernels.lane(k);
            int stream = kernels.stream(k);
            if (track == null || track.lane != lane || track.stream != stream) {
                track = all.computeIfAbsent(
                        ((long) lane << Integer.SIZE) | (stream & 0xffffffffL), key -> new Track(lane, stream));
            }
            track.rows.add(k);
            track.busyNs += kernels.endNs(k) - kernels.startNs(k);
        }
        List<Track> sorted = new ArrayList<>(all.values());
        sorted.sort(Comparator.<Track>comparingInt(one -> one.lane)
                .thenComparing(
                        Comparator.<Track>comparingLong(one -> one.busyNs).reversed()));
        int ofLane = 0;
        for (int i = 0; i < sorted.size(); i++) {
            ofLane = i > 0 && sorted.get(i - 1).lane == sorted.get(i).lane ? ofLane + 1 : 0;
            if (ofLane < MOST_OF_A_LANE) {
                tracks.add(sorted.get(i));
            } else {
                leftOut++;
            }
        }
        newName = numbered();
    }

    /** Numbers by time, so that those seen most are the shortest and differ in colour. */
    private int[] numbered() {
        String[] known = kernels.names();
        long[] timeNs = new long[known.length];
        Arrays.fill(timeNs, -1);
        for (Track track : tracks) {
            for (int row = 0; row < track.rows.size(); row++) {
                int k = track.rows.get(row);
                int name = kernels.name(k);
                timeNs[name] = Math.max(0, timeNs[name]) + kernels.endNs(k) - kernels.startNs(k);
            }
        }
        int[] numbers = new int[known.length];
        for (int name : RadixOrder.of(Arrays.stream(timeNs).map(ns -> -ns).toArray())) {
            if (timeNs[name] >= 0) {
                numbers[name] = names.size();
                names.add(known[name]);
            }
        }
        return numbers;
    }

    /** The kernels' names, by number. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** How many streams are left out. */
    public int leftOut() {
        return leftOut;
    }

    /** The whole file: {@code head} is a JSON text that names kernels, and {@code stops} what hosts did. */
    public byte[] encode(String head, StopColumns stops) {
        Varints places = new Varints();
        Varints starts = new Varints();
        Varints lengths = new Varints();
        Varints nameColumn = new Varints();
        Varints launches = new Varints();
        places.add(tracks.size());
        for (Track track : tracks) {
            places.add(track.lane);
            places.addSigned(track.stream);
            places.add(track.rows.size());
            write(track, starts, lengths, nameColumn, launches);
        }
        return ColumnFile.of(head, List.of(places, starts, lengths, nameColumn, launches, stops.column()));
    }

    private void write(Track track, Varints starts, Varints lengths, Varints nameColumn, Varints launches) {
        LongColumn start = new LongColumn();
        for (int row = 0; row < track.rows.size(); row++) {
            start.add(kernels.startNs(track.rows.get(row)));
        }
        long startBefore = 0;
        long launchBefore = 0;
        for (int row : RadixOrder.of(start.toArray())) {
            int k = track.rows.get(row);
            starts.addSigned(kernels.startNs(k) - startBefore);
            lengths.add(kernels.endNs(k) - kernels.startNs(k));
            nameColumn.add(newName[kernels.name(k)]);
            startBefore = kernels.startNs(k);
            if (kernels.launchNs(k) == KernelSource.UNKNOWN) {
                launches.add(0);
            } else {
                launches.add(1 + Varints.zigzag(kernels.launchNs(k) - launchBefore));
                launchBefore = kernels.launchNs(k);
            }
        }
    }
}
