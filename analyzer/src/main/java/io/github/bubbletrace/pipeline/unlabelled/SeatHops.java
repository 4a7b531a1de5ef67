package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.IntColumn;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The hops of stages of which some are missing, by the places that both sides have in their group of ranks. */
final class SeatHops implements Hops {

    private final Operations operations;
    private final List<Integer> devices;
    private final List<Integer> seats;

    /** @param seats the place of each device in the group: that of its stage */
    SeatHops(Operations operations, List<Integer> devices, List<Integer> seats) {
        this.operations = operations;
        this.devices = List.copyOf(devices);
        this.seats = List.copyOf(seats);
    }

    @Override
    public int[] sends(int place, boolean forward) {
        return byTime(rows(place, Operations.Role.SEND, seats.get(place) + (forward ? 1 : -1)), true);
    }

    @Override
    public int[] receives(int place, boolean forward) {
        return byTime(rows(place, Operations.Role.RECEIVE, seats.get(place) + (forward ? -1 : 1)), false);
    }

    @Override
    public boolean isOfChunks() {
        return false;
    }

    private int[] rows(int place, Operations.Role role, int other) {
        IntColumn rows = new IntColumn();
        for (int row = 0; row < operations.size(); row++) {
            if (operations.device(row) == devices.get(place)
                    && operations.role(row) == role
                    && operations.seats(row).other() == other) {
                rows.add(row);
            }
        }
        return rows.toArray();
    }

    private int[] byTime(int[] rows, boolean start) {
        return IntStream.of(rows)
                .boxed()
                .sorted(Comparator.comparingLong(
                                (Integer row) -> start ? operations.startNs(row) : operations.endNs(row))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
