package io.github.bubbletrace.trace;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Where the times of one file stand on the axis of all: lines between points, and the first and the last line beyond them.
 * Of two times the later never comes first on the axis. Immutable.
 */
public final class FileClock {

    /** Points may lie close together; what goes on beyond them is told from afar, where rounding does not matter. */
    private static final long FAR_NS = 1_000_000_000_000L;

    private final long[] fileNs;
    private final long[] shiftNs;

    private FileClock(long[] fileNs, long[] shiftNs) {
        this.fileNs = fileNs;
        this.shiftNs = shiftNs;
    }

    /** A clock that only starts elsewhere. */
    public static FileClock shifted(long ns) {
        return new FileClock(new long[1], new long[] {ns});
    }

    /**
     * A clock through points.
     *
     * @param fileNs ascending times of the file, at least one
     * @param axisNs the same moments on the axis
     */
    public static FileClock through(LongColumn fileNs, LongColumn axisNs) {
        long[] shifts = new long[fileNs.size()];
        Arrays.setAll(shifts, i -> axisNs.get(i) - fileNs.get(i));
        return new FileClock(fileNs.toArray(), shifts);
    }

    /** A moment of the file on the axis, in nanoseconds. */
    public long at(long timeNs) {
        return timeNs + shiftAt(timeNs);
    }

    /** How much later a moment of the file stands on the axis. */
    public long shiftAt(long timeNs) {
        int last = fileNs.length - 1;
        if (last == 0) {
            return shiftNs[0];
        }
        int found = Arrays.binarySearch(fileNs, timeNs);
        int from = Math.max(0, Math.min(last - 1, found >= 0 ? found : -found - 2));
        double slope = (double) (shiftNs[from + 1] - shiftNs[from]) / (fileNs[from + 1] - fileNs[from]);
        return shiftNs[from] + Math.round(slope * (timeNs - fileNs[from]));
    }

    /** The same, all earlier on the axis by {@code ns}. */
    public FileClock earlier(long ns) {
        return new FileClock(
                fileNs, Arrays.stream(shiftNs).map(shift -> shift - ns).toArray());
    }

    /** The way back: from the axis to the file. */
    public FileClock inverse() {
        long[] axisNs = Arrays.stream(fileNs).map(this::at).toArray();
        return new FileClock(axisNs, Arrays.stream(shiftNs).map(shift -> -shift).toArray());
    }

    /** Where times of the file stand on the axis to which {@code next} leads from this one's. */
    public FileClock then(FileClock next) {
        if (fileNs.length == 1 && next.fileNs.length == 1) {
            return shifted(shiftNs[0] + next.shiftNs[0]);
        }
        FileClock back = inverse();
        long[] own = fileNs.length == 1 ? new long[0] : fileNs;
        long[] inner = LongStream.concat(
                        Arrays.stream(own), Arrays.stream(next.fileNs).map(back::at))
                .sorted()
                .distinct()
                .toArray();
        long[] points = LongStream.concat(
                        LongStream.concat(LongStream.of(inner[0] - FAR_NS), Arrays.stream(inner)),
                        LongStream.of(inner[inner.length - 1] + FAR_NS))
                .toArray();
        return new FileClock(
                points, Arrays.stream(points).map(t -> next.at(at(t)) - t).toArray());
    }
}
