package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.format.spans.SpanNumbers;
import io.github.bubbletrace.format.spans.Track;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of processes and threads say, as {@code PP rank 2, TP rank 0, compute} or {@code rank 5}. */
final class ThreadNames {

    private static final Pattern STAGE = pattern("(?:pp|pipeline|stage)");
    private static final Pattern LANE = pattern("(?:tp|tensor)");
    private static final Pattern REPLICA = pattern("(?:dp|data|replica)");
    private static final Pattern RANK = Pattern.compile(
            "(?i)(?<!(?:pp|tp|dp|cp|ep|pipeline|tensor|data|parallel)[ _-]?)\\b(?:global[ _-]?)?rank[ _:=#-]*(\\d{1,7})");

    private final Map<Long, Track> ofProcess = new HashMap<>();
    private final Map<Long, String> nameOfProcess = new HashMap<>();
    private final Map<List<Long>, Track> ofThread = new HashMap<>();

    private static Pattern pattern(String word) {
        return Pattern.compile("(?i)(?<![a-z])" + word + "[ _-]?(?:parallel)?[ _-]?(?:rank|stage)?[ _:=#-]*(\\d{1,7})");
    }

    /** Notes the name of a process. */
    void nameProcess(long process, String name) {
        nameOfProcess.putIfAbsent(process, name);
        ofProcess.merge(process, said(process, 0, name), Track::or);
    }

    /** What tells the process from those of other ranks: its rank, else its name, else its id. */
    String owner(long process) {
        int rank = rank(process);
        return rank >= 0 ? "rank " + rank : nameOfProcess.getOrDefault(process, "process " + process);
    }

    /** The rank that the process's name says, or -1. */
    int rank(long process) {
        Track said = ofProcess.get(process);
        return said == null ? -1 : said.rank();
    }

    /** Notes the name of a thread. */
    void nameThread(long process, long thread, String name) {
        ofThread.merge(List.of(process, thread), said(process, thread, name), Track::or);
    }

    /** {@code track} with what the names of its thread and process say where it says nothing itself. */
    Track refine(Track track) {
        Track nothing = new Track(-1, -1, -1, -1, track.process(), track.thread());
        return track.or(ofThread.getOrDefault(List.of(track.process(), track.thread()), nothing))
                .or(ofProcess.getOrDefault(track.process(), nothing));
    }

    private static Track said(long process, long thread, String name) {
        return new Track(
                number(REPLICA, name), number(STAGE, name), number(LANE, name), number(RANK, name), process, thread);
    }

    private static int number(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        return matcher.find() ? SpanNumbers.integer(matcher.group(1)) : -1;
    }
}
