package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.analysis.TransferSpans;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;

/** A transfer of no length between every two tasks of neighbouring stages that hand a micro-batch on. */
final class SampleTransfers implements TransferSpans {

    private final List<DeviceAnalysis> devices;
    private final List<int[]> rows = new ArrayList<>();

    SampleTransfers(List<DeviceAnalysis> devices) {
        this.devices = List.copyOf(devices);
        for (int target = 0; target < devices.size(); target++) {
            TaskSpans tasks = devices.get(target).tasks();
            for (int task = 0; task < tasks.size(); task++) {
                int source = tasks.phase(task) == Phase.F ? target - 1 : target + 1;
                if (source >= 0 && source < devices.size()) {
                    rows.add(new int[] {source, twin(devices.get(source).tasks(), tasks, task), target, task});
                }
            }
        }
    }

    private static int twin(TaskSpans sources, TaskSpans tasks, int task) {
        int twin = 0;
        while (sources.phase(twin) != tasks.phase(task) || sources.microBatch(twin) != tasks.microBatch(task)) {
            twin++;
        }
        return twin;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public long startNs(int index) {
        return devices.get(sourceDevice(index)).tasks().endNs(sourceTask(index));
    }

    @Override
    public long endNs(int index) {
        return startNs(index);
    }

    @Override
    public int sourceDevice(int index) {
        return rows.get(index)[0];
    }

    @Override
    public int sourceTask(int index) {
        return rows.get(index)[1];
    }

    @Override
    public int targetDevice(int index) {
        return rows.get(index)[2];
    }

    @Override
    public int targetTask(int index) {
        return rows.get(index)[3];
    }

    @Override
    public boolean isEstimated(int index) {
        return index % 2 == 0;
    }

    @Override
    public long bytes(int index) {
        return -1;
    }
}
