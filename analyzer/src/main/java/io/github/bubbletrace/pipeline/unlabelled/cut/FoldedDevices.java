package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.chain.Traffic;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The devices of a V while they are cut, in the chain's order: what each computes between its sends, and its two chunks. */
final class FoldedDevices {

    private static final double MOST_UNEXPLAINED = 0.1;

    private final DeviceWork[] works;
    private final SendGroups[] groups;
    private final FoldedDevice[] cuts;

    FoldedDevices(List<DeviceWork> all, List<Integer> devices, Traffic traffic) {
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

    int size() {
        return works.length;
    }

    boolean isEnd(int place) {
        return place == 0 || place == works.length - 1;
    }

    SendGroups groups(int place) {
        return groups[place];
    }

    /** Begins to cut a device. */
    FoldedDevice open(int place, boolean isPartlySplit) {
        cuts[place] = new FoldedDevice(place, place == works.length - 1, isPartlySplit);
        return cuts[place];
    }

    /** Names of the kernels before a group's send, those of the last send's rest for the group after all others. */
    int[] names(int place, int group) {
        return IntStream.range(groups[place].start(group), groups[place].end(group))
                .map(works[place]::name)
                .toArray();
    }

    /** The same of all groups that end with a send. */
    List<int[]> between(int place) {
        return IntStream.range(0, groups[place].size())
                .mapToObj(group -> names(place, group))
                .toList();
    }

    /** Ends to cut a device; refuses one of which too much is part of no task, or whose weight gradients are too few. */
    void close(int place) throws NoPipelineException {
        if (cuts[place].owes()) {
            throw new NoPipelineException("there are fewer weight gradients than backwards, and kernels do not tell"
                    + " which backwards are split");
        }
        if (cuts[place].unexplained() > MOST_UNEXPLAINED * works[place].size()) {
            throw new NoPipelineException("the kernels between transfers do not fall into tasks of equal programmes");
        }
    }

    /** The chunks, first to last; two for each device. */
    Stage[] stages(Operations operations, long toleranceNs) throws NoPipelineException {
        int places = works.length;
        Cut[] chunks = new Cut[2 * places];
        FoldedOrders orders = new FoldedOrders(places);
        for (int place = 0; place < places; place++) {
            cuts[place].share(orders);
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
            throw new NoPipelineException("chunks do not all run as many tasks of each phase");
        }
    }
}
