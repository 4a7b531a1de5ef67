package io.github.bubbletrace.format.spans;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which device each track of a span log is. Tracks with one rank are one device; without ranks, tracks with the same
 * replica, stage and tensor-parallel rank are. Where only the stage tells tracks of several processes apart, a process
 * is a replica.
 */
final class SpanDevices {

    /**
     * One device; numbers are -1 where the log does not say them.
     *
     * @param rank global rank
     * @param replica data-parallel replica
     * @param stage place in the pipeline
     * @param lane tensor-parallel rank
     */
    record Place(int rank, int replica, int stage, int lane) {}

    private final List<Place> ofTrack = new ArrayList<>();
    private boolean ranksByOrder;

    private SpanDevices() {}

    static SpanDevices of(SpanTable spans) {
        SpanDevices devices = new SpanDevices();
        Set<Integer> used = new TreeSet<>();
        for (int span = 0; span < spans.size(); span++) {
            if (spans.word(span) != null) {
                used.add(spans.track(span));
            }
        }
        List<Track> tracks = used.stream().map(spans.tracks()::get).toList();
        Map<Integer, Track> known = new HashMap<>();
        tracks.stream().filter(t -> t.rank() >= 0).forEach(t -> known.merge(t.rank(), t, Track::or));
        List<Track> full = tracks.stream()
                .map(t -> t.rank() >= 0 ? t.or(known.get(t.rank())) : t)
                .toList();
        devices.resolve(spans, full);
        devices.spread(spans.tracks(), List.copyOf(used));
        return devices;
    }

    private void resolve(SpanTable spans, List<Track> full) {
        if (full.stream().allMatch(t -> t.rank() >= 0)) {
            byRank(full);
        } else if (full.stream().allMatch(t -> t.stage() >= 0)) {
            byStage(full);
        } else {
            byProcess(full, severalTaskThreads(spans));
        }
    }

    /** Tracks without pipeline spans go to the device of their rank, or the first one of their process, or to none. */
    private void spread(List<Track> tracks, List<Integer> used) {
        List<Place> found = List.copyOf(ofTrack);
        ofTrack.clear();
        for (int track = 0; track < tracks.size(); track++) {
            Track wanted = tracks.get(track);
            int own = used.indexOf(track);
            for (int i = 0; own < 0 && i < found.size(); i++) {
                boolean sameProcess = tracks.get(used.get(i)).process() == wanted.process();
                own = wanted.rank() >= 0 ? (found.get(i).rank() == wanted.rank() ? i : -1) : sameProcess ? i : -1;
            }
            ofTrack.add(own < 0 ? null : found.get(own));
        }
    }

    /** The device of a track, or null where nothing of a pipeline ran beside it. */
    Place ofTrack(int track) {
        return ofTrack.get(track);
    }

    /** Whether the log names no ranks, so that they follow Megatron's order. */
    boolean areRanksByOrder() {
        return ranksByOrder;
    }

    /** Several ranks of one replica and stage that the log does not tell apart are tensor-parallel ones, in order. */
    private void byRank(List<Track> tracks) {
        Map<List<Integer>, TreeSet<Integer>> beside = new HashMap<>();
        for (Track track : tracks) {
            beside.computeIfAbsent(List.of(track.replica(), track.stage()), k -> new TreeSet<>())
                    .add(track.rank());
        }
        for (Track track : tracks) {
            TreeSet<Integer> ranks = beside.get(List.of(track.replica(), track.stage()));
            boolean told = track.lane() >= 0 || track.replica() < 0 || track.stage() < 0 || ranks.size() == 1;
            int lane = told ? track.lane() : ranks.headSet(track.rank()).size();
            ofTrack.add(new Place(track.rank(), track.replica(), track.stage(), lane));
        }
    }

    /** Ranks in Megatron's order: tensor-parallel first, then data-parallel, then the stages. */
    private void byStage(List<Track> tracks) {
        boolean replicasNamed = tracks.stream().allMatch(t -> t.replica() >= 0);
        List<Long> processes =
                tracks.stream().map(Track::process).distinct().sorted().toList();
        Set<Integer> stages = new HashSet<>();
        tracks.forEach(t -> stages.add(t.stage()));
        boolean processIsReplica = !replicasNamed && severalStagesAProcess(tracks) && stages.size() > 1;
        List<Place> places = new ArrayList<>();
        for (Track track : tracks) {
            int replica = processIsReplica ? processes.indexOf(track.process()) : Math.max(0, track.replica());
            places.add(new Place(-1, replica, track.stage(), Math.max(0, track.lane())));
        }
        int lanes = places.stream().mapToInt(Place::lane).max().orElse(0) + 1;
        int replicas = places.stream().mapToInt(Place::replica).max().orElse(0) + 1;
        places.forEach(p -> ofTrack.add(
                new Place(p.lane() + lanes * (p.replica() + replicas * p.stage()), p.replica(), p.stage(), p.lane())));
        ranksByOrder = true;
    }

    private static boolean severalStagesAProcess(List<Track> tracks) {
        Map<Long, Set<Integer>> stages = new HashMap<>();
        tracks.forEach(
                t -> stages.computeIfAbsent(t.process(), p -> new HashSet<>()).add(t.stage()));
        return stages.values().stream().anyMatch(s -> s.size() > 1);
    }

    /** Each process is a device, or each thread where several threads of one process run the same tasks. */
    private void byProcess(List<Track> tracks, boolean threadsAreDevices) {
        Comparator<List<Long>> order =
                Comparator.comparing((List<Long> k) -> k.get(0)).thenComparing(k -> k.get(1));
        Map<List<Long>, Integer> numbers = new TreeMap<>(order);
        tracks.forEach(t -> numbers.put(key(t, threadsAreDevices), 0));
        int next = 0;
        for (Map.Entry<List<Long>, Integer> entry : numbers.entrySet()) {
            entry.setValue(next++);
        }
        for (Track track : tracks) {
            int rank = track.rank() >= 0 ? track.rank() : numbers.get(key(track, threadsAreDevices));
            ofTrack.add(new Place(rank, track.replica(), track.stage(), track.lane()));
        }
        ranksByOrder = true;
    }

    private static List<Long> key(Track track, boolean threadsAreDevices) {
        return List.of(track.process(), threadsAreDevices ? track.thread() : 0L);
    }

    private static boolean severalTaskThreads(SpanTable spans) {
        Map<List<Object>, Long> threadOf = new HashMap<>();
        for (int span = 0; span < spans.size(); span++) {
            if (spans.isTask(span)) {
                Track track = spans.tracks().get(spans.track(span));
                List<Object> task = List.of(
                        track.process(), spans.word(span), spans.step(span), spans.chunk(span), spans.microBatch(span));
                Long other = threadOf.putIfAbsent(task, track.thread());
                if (other != null && other != track.thread()) {
                    return true;
                }
            }
        }
        return false;
    }
}
