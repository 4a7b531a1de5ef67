package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts the kernels of a device whose sends do not say which phase they end: by programmes, the same kernels in the same
 * order again and again. What runs first is a forward; a backward is the other programme after which something is sent.
 */
public final class ProgrammeCutter {

    private static final String OPEN =
            "transfers of forwards and backwards go the same way, and the names of kernels do not"
                    + " tell forwards from backwards, or this is other traffic than a pipeline's";

    private static final double MOST_UNEXPLAINED = 0.1;

    private final DeviceWork work;
    private final SendGroups groups;
    private final List<int[]> programmes = new ArrayList<>();
    private final Cut cut = new Cut(new Tasks(), new Tasks(), new Tasks(), 0, false);
    private int unexplained;

    private ProgrammeCutter(DeviceWork work, SendGroups groups) {
        this.work = work;
        this.groups = groups;
    }

    /** The forwards and backwards of a device, whose groups each end with one of them. */
    public static Cut cut(DeviceWork work, SendGroups groups) throws NoPipelineException {
        ProgrammeCutter cutter = new ProgrammeCutter(work, groups);
        cutter.learn();
        cutter.parse();
        return cutter.withRecomputed();
    }

    /** Where every backward follows a forward that sends nothing, those are recomputations: of a last chunk alone no device is. */
    private Cut withRecomputed() {
        Tasks forward = new Tasks();
        Tasks again = new Tasks();
        List<Integer> of = new ArrayList<>();
        int b = 0;
        for (int f = 0; f < cut.forward().size(); f++) {
            int end = cut.forward().end(f);
            while (b < cut.backward().size() && cut.backward().first(b) < end) {
                b++;
            }
            boolean isBefore = b < cut.backward().size()
                    && cut.backward().first(b) == end
                    && cut.forward().send(f) == Operations.NONE;
            (isBefore ? again : forward)
                    .add(cut.forward().first(f), end, cut.forward().send(f));
            if (isBefore) {
                of.add(b);
            }
        }
        Cut plain = new Cut(cut.forward(), cut.backward(), cut.weight(), unexplained, false);
        boolean always = of.size() == cut.backward().size() && forward.size() > 0;
        return always ? plain.with(forward, cut.backward(), new Recomputed(again, List.copyOf(of))) : plain;
    }

    /**
     * The forward is what was sent first, less what follows it there; the backward what is left of a short group without
     * forwards.
     */
    private void learn() throws NoPipelineException {
        List<int[]> words = words();
        if (words.isEmpty()) {
            throw new NoPipelineException(OPEN);
        }
        programmes.add(words.get(0));
        words.sort(Comparator.comparingInt(word -> word.length));
        for (int[] word : words) {
            int[] rest = rest(word, programmes);
            if (programmes.size() < 2 && rest.length > 0) {
                programmes.add(rest);
            }
        }
        if (programmes.size() == 2) {
            programmes.set(0, rest(programmes.get(0), programmes.subList(1, 2)));
        }
        if (programmes.size() < 2 || programmes.get(0).length == 0 || begins(programmes.get(0), programmes.get(1))) {
            throw new NoPipelineException(OPEN);
        }
    }

    /** Each group's names once, in the order in which they first appear. */
    private List<int[]> words() {
        Map<List<Integer>, int[]> words = new LinkedHashMap<>();
        for (int g = 0; g < groups.size(); g++) {
            if (groups.length(g) > 0) {
                int[] word = names(groups.start(g), groups.end(g));
                words.putIfAbsent(Arrays.stream(word).boxed().toList(), word);
            }
        }
        return new ArrayList<>(words.values());
    }

    private int[] names(int from, int to) {
        int[] names = new int[to - from];
        Arrays.setAll(names, i -> work.name(from + i));
        return names;
    }

    /** What is left between known programmes at the beginning and at the end. */
    private static int[] rest(int[] word, List<int[]> programmes) {
        int from = 0;
        int to = word.length;
        for (int at = 0; at >= 0; at = programmeAt(programmes, word, from, to)) {
            from += at;
        }
        for (int[] programme : programmes) {
            while (to - from >= programme.length
                    && Arrays.equals(word, to - programme.length, to, programme, 0, programme.length)) {
                to -= programme.length;
            }
        }
        return Arrays.copyOfRange(word, from, to);
    }

    /** The length of the programme that stands at a place, or -1. */
    private static int programmeAt(List<int[]> programmes, int[] word, int from, int to) {
        return programmes.stream()
                .filter(programme -> to - from >= programme.length
                        && Arrays.equals(word, from, from + programme.length, programme, 0, programme.length))
                .mapToInt(programme -> programme.length)
                .findFirst()
                .orElse(-1);
    }

    private static boolean begins(int[] one, int[] other) {
        int common = Math.min(one.length, other.length);
        return Arrays.equals(one, 0, common, other, 0, common);
    }

    private void parse() throws NoPipelineException {
        for (int g = 0; g <= groups.size(); g++) {
            parse(g);
        }
        if (unexplained > MOST_UNEXPLAINED * work.size()) {
            throw new NoPipelineException(OPEN);
        }
    }

    private void parse(int group) throws NoPipelineException {
        int end = groups.end(group);
        int[] word = names(groups.start(group), end);
        int at = 0;
        boolean sends = false;
        while (at < word.length) {
            int length = programmeAt(programmes, word, at, word.length);
            if (length > 0) {
                sends = group < groups.size() && at + length == word.length;
                tasks(word, at).add(end - word.length + at, end - word.length + at + length, send(group, sends));
            }
            unexplained += length > 0 ? 0 : 1;
            at += Math.max(1, length);
        }
        if (group < groups.size() && !sends) {
            throw new NoPipelineException(OPEN);
        }
    }

    private int send(int group, boolean sends) {
        return sends ? groups.send(group) : Operations.NONE;
    }

    private Tasks tasks(int[] word, int at) {
        int[] forward = programmes.get(0);
        boolean isForward = word.length - at >= forward.length
                && Arrays.equals(word, at, at + forward.length, forward, 0, forward.length);
        return isForward ? cut.forward() : cut.backward();
    }
}
