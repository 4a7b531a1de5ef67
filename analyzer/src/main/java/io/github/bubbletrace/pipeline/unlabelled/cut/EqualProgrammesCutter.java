package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;

/** Cuts the chunks of a V whose stages all run the same programmes. */
final class EqualProgrammesCutter {

    private final SendGroups groups;
    private final FoldedDevice device;
    private final PhaseProgrammes programmes;

    private EqualProgrammesCutter(SendGroups groups, FoldedDevice device, PhaseProgrammes programmes) {
        this.groups = groups;
        this.device = device;
        this.programmes = programmes;
    }

    static void cut(FoldedDevices devices) throws NoPipelineException {
        List<int[]> all = new ArrayList<>();
        List<int[]> tails = new ArrayList<>();
        for (int place = 0; place < devices.size(); place++) {
            devices.between(place).stream().filter(names -> names.length > 0).forEach(all::add);
            int[] tail = devices.names(place, devices.groups(place).size());
            if (tail.length > 0) {
                tails.add(tail);
            }
        }
        PhaseProgrammes programmes = PhaseProgrammes.of(devices.names(0, 0), all, tails);
        for (int place = 0; place < devices.size(); place++) {
            FoldedDevice device = devices.open(place, programmes.isPartlySplit());
            SendGroups groups = devices.groups(place);
            EqualProgrammesCutter cutter = new EqualProgrammesCutter(groups, device, programmes);
            int odd = 0;
            for (int g = 0; g <= groups.size(); g++) {
                int before = device.unexplained();
                cutter.cut(g, devices.names(place, g));
                odd += g < groups.size() && device.unexplained() > before ? 1 : 0;
            }
            if (4 * odd > devices.groups(0).size()) {
                throw new NoPipelineException("stages do not all run the same programmes");
            }
            devices.close(place);
        }
    }

    private void cut(int group, int[] names) throws NoPipelineException {
        int start = groups.start(group);
        boolean isTail = group == groups.size();
        boolean sent = isTail;
        int at = 0;
        while (at < names.length) {
            PhaseProgrammes.Programme programme = programmes.at(names, at);
            int length = programme == null ? 1 : programme.length();
            boolean sends = !isTail && programme != null && programme.phase() != Phase.W && at + length == names.length;
            if (programme == null) {
                device.skip();
            } else if (sends) {
                device.sending(programme, start + at, groups.send(group), groups.isForward(group));
                sent = true;
            } else if (programme.phase() == Phase.W) {
                device.weight(ChunkSide.EITHER, false, start + at, start + at + length);
            } else {
                device.silent(programme, start + at);
            }
            at += length;
        }
        if (!sent) {
            throw new NoPipelineException("something is sent with neither a forward nor a backward right before it");
        }
    }
}
