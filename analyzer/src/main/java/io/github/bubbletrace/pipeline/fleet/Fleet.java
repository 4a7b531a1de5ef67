package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.pipeline.clock.ClockCorrection;
import io.github.bubbletrace.pipeline.clock.Clocks;
import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.pipeline.extract.Lane;
import io.github.bubbletrace.pipeline.rank.Peers;
import io.github.bubbletrace.pipeline.rank.Ranks;
import io.github.bubbletrace.trace.ImportLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All inputs on one axis: devices by rank and GPU, and the small tables of each file. Immutable.
 *
 * @param files the inputs
 * @param clocks how they were aligned
 * @param ranks rank of each process
 * @param peers the rank of the other side of each transfer
 * @param devices all devices with activity, by rank and GPU
 * @param log what was odd over all files
 */
public record Fleet(List<Extract> files, Clocks clocks, Ranks ranks, Peers peers, List<Device> devices, ImportLog log) {

    /** Aligns and merges {@code files}. */
    public static Fleet merge(List<Extract> files) {
        ImportLog log = new ImportLog();
        files.forEach(file -> log.addAll(file.log()));
        Jobs.requireOne(files);
        Clocks aligned = Clocks.align(files, log);
        Jobs.requireOneTime(files, aligned);
        Ranks ranks = Ranks.assign(files, log);
        Peers peers = Peers.of(files, ranks);
        Clocks clocks = files.size() > 1 ? ClockCorrection.of(files, ranks, peers, aligned, log) : aligned;
        Jobs.countMissing(files, ranks.all(), log);
        List<Device> devices = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            Extract extract = files.get(file);
            for (int lane = 0; lane < extract.lanes().size(); lane++) {
                Lane found = extract.lanes().get(lane);
                devices.add(new Device(
                        file,
                        lane,
                        ranks.of(file, found.process()),
                        found.gpu(),
                        extract.activity().get(lane).on(clocks.of(file)),
                        extract.stops().get(lane).on(clocks.of(file)),
                        extract.optimizer().get(lane).moved(clocks.of(file)::at),
                        extract.memory().get(lane).on(clocks.of(file)),
                        clocks.errorNs().get(file)));
            }
        }
        devices.sort(Comparator.comparingInt(Device::rank).thenComparingInt(Device::gpu));
        return new Fleet(List.copyOf(files), clocks, ranks, peers, List.copyOf(devices), log);
    }

    /** Index in {@link #devices} of each lane, by file. */
    public int[][] deviceOfLane() {
        int[][] index = new int[files.size()][];
        Arrays.setAll(index, file -> new int[files.get(file).lanes().size()]);
        for (int d = 0; d < devices.size(); d++) {
            index[devices.get(d).file()][devices.get(d).lane()] = d;
        }
        return index;
    }
}
