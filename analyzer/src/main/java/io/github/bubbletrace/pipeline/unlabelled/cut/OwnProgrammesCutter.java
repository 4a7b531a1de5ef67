package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts the chunks of a V whose stages run programmes of their own. */
final class OwnProgrammesCutter {

    private final FoldedDevices devices;

    OwnProgrammesCutter(FoldedDevices devices) {
        this.devices = devices;
    }

    /** Devices between the ends first: they show what tasks of each phase look like. */
    void cut() throws NoPipelineException {
        int last = devices.size() - 1;
        if (last < 2) {
            throw new NoPipelineException("no device between the ends shows what tasks of each phase look like");
        }
        KnownTasks phases = new KnownTasks();
        for (int place = 1; place < last; place++) {
            SendGroups own = devices.groups(place);
            boolean[] towardsLast = new boolean[own.size()];
            for (int g = 0; g < towardsLast.length; g++) {
                towardsLast[g] = own.isForward(g);
            }
            ChunkProgrammes programmes = ChunkProgrammes.between(devices.between(place), towardsLast);
            for (Phase phase : List.of(Phase.F, Phase.B, Phase.W)) {
                phases.add(phase, programmes.of(phase, true));
                phases.add(phase, programmes.of(phase, false));
            }
            cut(place, programmes);
        }
        cut(0, ChunkProgrammes.atEnd(devices.between(0), true, phases));
        cut(last, ChunkProgrammes.atEnd(devices.between(last), false, phases));
    }

    private void cut(int place, ChunkProgrammes programmes) throws NoPipelineException {
        FoldedDevice device = devices.open(place, false);
        for (int g = 0; g <= devices.groups(place).size(); g++) {
            int[] names = devices.names(place, g);
            int at = 0;
            while (at < names.length) {
                at += cutTask(place, g, device, programmes, names, at);
            }
        }
        devices.close(place);
    }

    /** Adds the task that begins at a place of a group; how many kernels it has. */
    private int cutTask(int place, int group, FoldedDevice device, ChunkProgrammes programmes, int[] names, int at)
            throws NoPipelineException {
        SendGroups groups = devices.groups(place);
        int first = groups.start(group) + at;
        boolean isTail = group == groups.size();
        boolean towardsLast = !isTail && groups.isForward(group);
        for (Phase phase : List.of(Phase.F, Phase.B)) {
            boolean isDown = (phase == Phase.F) == towardsLast;
            int length = programmes.of(phase, isDown).length;
            if (!isTail && at + length == names.length && programmes.isAt(phase, isDown, names, at)) {
                device.sending(programme(phase, names, at, length), first, groups.send(group), towardsLast);
                return length;
            }
        }
        for (Phase phase : List.of(Phase.F, Phase.B)) {
            boolean isDown = (phase == Phase.F) == (place != 0);
            if (devices.isEnd(place) && programmes.isAt(phase, isDown, names, at)) {
                int length = programmes.of(phase, isDown).length;
                device.silent(programme(phase, names, at, length), first);
                return length;
            }
        }
        boolean down = programmes.isAt(Phase.W, true, names, at);
        boolean up = programmes.isAt(Phase.W, false, names, at);
        if (device.owes() && (down || up)) {
            boolean isDown = down && (!up || device.nextIsLikelyDown());
            int length = programmes.of(Phase.W, isDown).length;
            boolean isEither = down && up && programmes.of(Phase.W, !isDown).length == length;
            device.weight(isEither ? ChunkSide.EITHER : ChunkSide.of(isDown), down != up, first, first + length);
            return length;
        }
        if (!isTail) {
            throw new NoPipelineException("the kernels between transfers do not fall into tasks of equal programmes");
        }
        device.skip();
        return 1;
    }

    private static PhaseProgrammes.Programme programme(Phase phase, int[] names, int at, int length) {
        List<Integer> own =
                IntStream.range(at, at + length).mapToObj(i -> names[i]).toList();
        return new PhaseProgrammes.Programme(phase, own, phase == Phase.B);
    }
}
