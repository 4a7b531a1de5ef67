package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts the chunks of a V: two a device, so that chunks follow each other down the chain of devices and up again, and the last
 * device hands over to itself. Forwards of one chunk and backwards of the other go the same way, so programmes say which
 * they are; the way says which chunk. What is not sent is the last device's on its way down and the first device's on its
 * way up.
 */
final class FoldedCutter {

    private static final double MOST_UNEXPLAINED = 0.1;

    private final DeviceWork[] works;
    private final SendGroups[] groups;
    private final FoldedDevice[] cuts;

    private FoldedCutter(List<DeviceWork> all, List<Integer> devices, Traffic traffic) {
        int places = devices.size();
        works = devices.stream().map(all::get).toArray(DeviceWork[]::new);
        groups = new SendGroups[places];
        cuts = new FoldedDevice[places];
        for (int place = 0; place < places; place++) {
            groups[place] = new SendGroups(
                    works[place],
                    traffic.operations(),
                    place + 1 < places ? traffic.sends(devices.get(place), devices.get(place + 1)) : new int[0],
                    place > 0 ? traffic.sends(devices.get(place), devices.get(place - 1)) : new int[0]);
        }
    }

    /** The chunks of a V on {@code chain}'s devices, first to last; two for each device. */
    static Stage[] cut(List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        try {
            FoldedCutter cutter = new FoldedCutter(works, chain.devices(), traffic);
            cutter.cutDevices();
            return cutter.stages(traffic.operations(), toleranceNs);
        } catch (NoPipelineException e) {
            return ofDifferent(works, chain, traffic, toleranceNs, e);
        }
    }

    /** The same where stages run programmes of their own; {@code alike} says why they are not the same everywhere. */
    private static Stage[] ofDifferent(
            List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs, NoPipelineException alike)
            throws NoPipelineException {
        try {
            FoldedCutter cutter = new FoldedCutter(works, chain.devices(), traffic);
            cutter.cutByOwnProgrammes();
            return cutter.stages(traffic.operations(), toleranceNs);
        } catch (NoPipelineException e) {
            throw new NoPipelineException(
                    alike.getMessage() + ", or where stages run different programmes " + e.getMessage());
        }
    }

    /** {@code chain} there and back. */
    static StageChain folded(StageChain chain) {
        List<Integer> places = new ArrayList<>(chain.devices());
        for (int place = chain.places() - 1; place >= 0; place--) {
            places.add(chain.devices().get(place));
        }
        return new StageChain(List.copyOf(places), false, true, chain.confidence());
    }

    private void cutDevices() throws NoPipelineException {
        List<int[]> all = new ArrayList<>();
        List<int[]> tails = new ArrayList<>();
        for (int place = 0; place < works.length; place++) {
            for (int g = 0; g < groups[place].size(); g++) {
                add(all, place, g);
            }
            add(tails, place, groups[place].size());
        }
        PhaseWords words = PhaseWords.of(names(0, groups[0].start(0), groups[0].end(0)), all, tails);
        for (int place = 0; place < works.length; place++) {
            cuts[place] = new FoldedDevice(place == 0, place == works.length - 1, words.isPartlySplit());
            int odd = 0;
            for (int g = 0; g <= groups[place].size(); g++) {
                int before = cuts[place].unexplained();
                cut(place, g, words);
                odd += g < groups[place].size() && cuts[place].unexplained() > before ? 1 : 0;
            }
            if (4 * odd > groups[0].size()) {
                throw new NoPipelineException("stages do not all run the same programmes");
            }
            require(place);
        }
    }

    private void require(int place) throws NoPipelineException {
        if (!cuts[place].isPaid()) {
            throw new NoPipelineException("there are fewer weight gradients than backwards, and kernels do not tell"
                    + " which backwards are split");
        }
        if (cuts[place].unexplained() > MOST_UNEXPLAINED * works[place].size()) {
            throw new NoPipelineException("the kernels between transfers do not fall into tasks of equal programmes");
        }
    }

    /** Devices between the ends first: they show what tasks of each phase look like. */
    private void cutByOwnProgrammes() throws NoPipelineException {
        int last = works.length - 1;
        if (last < 2) {
            throw new NoPipelineException("no device between the ends shows what tasks of each phase look like");
        }
        KnownTasks phases = new KnownTasks();
        for (int place = 1; place < last; place++) {
            SendGroups own = groups[place];
            boolean[] towardsLast = new boolean[own.size()];
            for (int g = 0; g < towardsLast.length; g++) {
                towardsLast[g] = own.isForward(g);
            }
            ChunkProgrammes programmes = ChunkProgrammes.between(between(place), towardsLast);
            for (Phase phase : List.of(Phase.F, Phase.B, Phase.W)) {
                phases.add(phase, programmes.of(phase, true));
                phases.add(phase, programmes.of(phase, false));
            }
            cut(place, programmes);
        }
        cut(0, ChunkProgrammes.atEnd(between(0), true, phases));
        cut(last, ChunkProgrammes.atEnd(between(last), false, phases));
    }

    private List<int[]> between(int place) {
        List<int[]> own = new ArrayList<>();
        for (int g = 0; g < groups[place].size(); g++) {
            own.add(names(place, groups[place].start(g), groups[place].end(g)));
        }
        return own;
    }

    private void cut(int place, ChunkProgrammes programmes) throws NoPipelineException {
        cuts[place] = new FoldedDevice(place == 0, place == works.length - 1, false);
        for (int g = 0; g <= groups[place].size(); g++) {
            int start = groups[place].start(g);
            int[] names = names(place, start, groups[place].end(g));
            int at = 0;
            while (at < names.length) {
                at += cutTask(place, g, programmes, names, at);
            }
        }
        require(place);
    }

    /** Adds the task that begins at a place of a group; how many kernels it has. */
    private int cutTask(int place, int group, ChunkProgrammes programmes, int[] names, int at)
            throws NoPipelineException {
        boolean isTail = group == groups[place].size();
        boolean towardsLast = !isTail && groups[place].isForward(group);
        for (Phase phase : List.of(Phase.F, Phase.B)) {
            boolean isDown = (phase == Phase.F) == towardsLast;
            int length = programmes.of(phase, isDown).length;
            if (!isTail && at + length == names.length && programmes.isAt(phase, isDown, names, at)) {
                cuts[place].sending(
                        word(phase, names, at, length),
                        groups[place].start(group) + at,
                        groups[place].send(group),
                        towardsLast);
                return length;
            }
        }
        for (Phase phase : List.of(Phase.F, Phase.B, Phase.W)) {
            boolean isEnd = place == 0 || place == works.length - 1;
            boolean isDown = phase == Phase.W
                    ? cuts[place].owes() && cuts[place].nextWeightIsDown()
                    : (phase == Phase.F) == (place != 0);
            boolean may = phase == Phase.W ? cuts[place].owes() : isEnd;
            int length = programmes.of(phase, isDown).length;
            if (may && programmes.isAt(phase, isDown, names, at)) {
                cuts[place].silent(word(phase, names, at, length), groups[place].start(group) + at);
                return length;
            }
        }
        if (!isTail) {
            throw new NoPipelineException("the kernels between transfers do not fall into tasks of equal programmes");
        }
        cuts[place].skip();
        return 1;
    }

    private static PhaseWords.Word word(Phase phase, int[] names, int at, int length) {
        List<Integer> own =
                IntStream.range(at, at + length).mapToObj(i -> names[i]).toList();
        return new PhaseWords.Word(phase, own, phase == Phase.B);
    }

    private void add(List<int[]> words, int place, int group) {
        if (groups[place].length(group) > 0) {
            words.add(names(place, groups[place].start(group), groups[place].end(group)));
        }
    }

    private int[] names(int place, int from, int to) {
        return IntStream.range(from, to).map(works[place]::name).toArray();
    }

    private void cut(int place, int group, PhaseWords words) throws NoPipelineException {
        int start = groups[place].start(group);
        int[] names = names(place, start, groups[place].end(group));
        boolean isTail = group == groups[place].size();
        boolean sent = isTail;
        int at = 0;
        while (at < names.length) {
            PhaseWords.Word word = words.at(names, at);
            int length = word == null ? 1 : word.length();
            boolean sends = !isTail && word != null && word.phase() != Phase.W && at + length == names.length;
            if (word == null) {
                cuts[place].skip();
            } else if (sends) {
                cuts[place].sending(word, start + at, groups[place].send(group), groups[place].isForward(group));
                sent = true;
            } else {
                cuts[place].silent(word, start + at);
            }
            at += length;
        }
        if (!sent) {
            throw new NoPipelineException("something is sent with neither a forward nor a backward right before it");
        }
    }

    private Stage[] stages(Operations operations, long toleranceNs) throws NoPipelineException {
        int places = works.length;
        Cut[] chunks = new Cut[2 * places];
        for (int place = 0; place < places; place++) {
            chunks[place] = cuts[place].down();
            chunks[2 * places - 1 - place] = cuts[place].up();
        }
        Stage[] stages = new Stage[chunks.length];
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            stages[chunk] = new Stage(
                    works[Math.min(chunk, 2 * places - 1 - chunk)],
                    operations,
                    chunk == 0 ? new int[0] : chunks[chunk - 1].forward().receives(operations),
                    chunk + 1 == chunks.length
                            ? new int[0]
                            : chunks[chunk + 1].backward().receives(operations),
                    chunks[chunk],
                    toleranceNs);
        }
        requireAlike(chunks);
        for (Stage stage : stages) {
            requireInTime(stage, true);
            requireInTime(stage, false);
        }
        return stages;
    }

    /** Where every chunk runs as many tasks, none of them needs what came before the trace began. */
    private static void requireInTime(Stage stage, boolean forward) throws NoPipelineException {
        int[] all = IntStream.range(0, stage.tasks(forward).size()).toArray();
        if (stage.receives(forward).length > 0 && stage.older(forward, all) > 0) {
            throw new NoPipelineException("tasks begin before what they need was received");
        }
    }

    /** Every micro-batch goes through every chunk, there and back. */
    private static void requireAlike(Cut[] chunks) throws NoPipelineException {
        int forwards = chunks[0].forward().size();
        boolean alike = forwards > 0
                && Arrays.stream(chunks)
                        .allMatch(chunk -> chunk.forward().size() == forwards
                                && chunk.backward().size() == forwards);
        if (!alike) {
            throw new NoPipelineException("chunks in a V do not all run as many tasks of each phase");
        }
    }
}
