package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tasks, idle spans and transfers of all lanes as columns of variable-length integers; docs/outputs.md has the form. */
public final class TimelineColumns {

    private final List<Lane> lanes;
    private final List<ShownWindow> windows;
    private final Map<Lane, Integer> indexOf = new HashMap<>();
    private final List<LaneTasks> tasks = new ArrayList<>();
    private final List<IdleColumns.LaneIdle> idle = new ArrayList<>();

    /** Place of a lane's first task in the window, before sorting: one row a window, one column a device. */
    private final int[][] firstTask;

    private TimelineColumns(List<Lane> lanes, List<ShownWindow> windows) {
        this.lanes = lanes;
        this.windows = windows;
        this.firstTask = new int[windows.size()][];
        for (Lane lane : lanes) {
            indexOf.put(lane, tasks.size());
            tasks.add(new LaneTasks());
            idle.add(new IdleColumns.LaneIdle());
        }
    }

    /** The whole file: {@code head} is a JSON text that names lanes, phases and causes. */
    public static byte[] encode(String head, List<Lane> lanes, List<ShownWindow> windows) {
        TimelineColumns columns = new TimelineColumns(List.copyOf(lanes), List.copyOf(windows));
        for (int window = 0; window < windows.size(); window++) {
            columns.collect(window);
        }
        return columns.write(head);
    }

    private void collect(int index) {
        ShownWindow window = windows.get(index);
        List<DeviceAnalysis> devices = window.iteration().devices();
        firstTask[index] = new int[devices.size()];
        for (int d = 0; d < devices.size(); d++) {
            DeviceAnalysis device = devices.get(d);
            int lane = lane(window, device);
            firstTask[index][d] = tasks.get(lane).size();
            if (window.isFull()) {
                tasks.get(lane).add(index, device.tasks());
                idle.get(lane).add(device.idle(), 0);
            } else {
                tasks.get(lane).addJoined(index, device.tasks(), window.joinNs());
                idle.get(lane).add(device.idle(), window.joinNs());
            }
        }
    }

    private int lane(ShownWindow window, DeviceAnalysis device) {
        return indexOf.get(Lane.of(window.replica(), device));
    }

    private byte[] write(String head) {
        TaskColumns taskColumns = new TaskColumns();
        IdleColumns idleColumns = new IdleColumns();
        TransferColumns transferColumns = new TransferColumns();
        Varints windowColumn = new Varints();
        windowColumn.add(windows.size());
        windows.forEach(window -> window.write(windowColumn));
        int[][] places = new int[lanes.size()][];
        int first = 0;
        for (int lane = 0; lane < lanes.size(); lane++) {
            int[] order = tasks.get(lane).order();
            tasks.get(lane).write(taskColumns, order);
            idleColumns.add(idle.get(lane));
            places[lane] = places(order, first);
            first += order.length;
        }
        for (int window = 0; window < windows.size(); window++) {
            transfers(window, places, transferColumns);
        }
        List<Varints> columns = new ArrayList<>(List.of(windowColumn));
        columns.addAll(taskColumns.inOrder());
        columns.addAll(idleColumns.inOrder());
        columns.addAll(transferColumns.inOrder());
        return ColumnFile.of(head, columns);
    }

    private static int[] places(int[] order, int first) {
        int[] places = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = first + i;
        }
        return places;
    }

    /** Windows whose tasks are joined have no transfers: there is nothing for them to point at. */
    private void transfers(int index, int[][] places, TransferColumns columns) {
        ShownWindow window = windows.get(index);
        if (!window.isFull()) {
            return;
        }
        List<DeviceAnalysis> devices = window.iteration().devices();
        int[] lane = devices.stream().mapToInt(device -> lane(window, device)).toArray();
        columns.add(
                window.iteration().transfers(),
                (device, task) -> places[lane[device]][firstTask[index][device] + task],
                (device, task) -> tasks.get(lane[device]).endNs(firstTask[index][device] + task));
    }
}
