package io.github.bubbletrace.pipeline.unlabelled.chain;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.List;
import java.util.stream.IntStream;

/** The hops of stages of which some are missing, by the places that both sides have in their group of ranks. */
public final class SeatHops implements Hops {

    private final Operations operations;
    private final List<Integer> devices;
    private final List<Integer> seats;

    /** @param seats the place of each device in the group: that of its stage */
    public SeatHops(Operations operations, List<Integer> devices, List<Integer> seats) {
        this.operations = operations;
        this.devices = List.copyOf(devices);
        this.seats = List.copyOf(seats);
    }

    @Override
    public int[] sends(int place, boolean forward) {
        return operations.byStart(rows(place, Operations.Role.SEND, seats.get(place) + (forward ? 1 : -1)));
    }

    @Override
    public int[] receives(int place, boolean forward) {
        return operations.byEnd(rows(place, Operations.Role.RECEIVE, seats.get(place) + (forward ? -1 : 1)));
    }

    @Override
    public boolean isOfChunks() {
        return false;
    }

    private IntStream rows(int place, Operations.Role role, int other) {
        return IntStream.range(0, operations.size())
                .filter(row -> operations.device(row) == devices.get(place)
                        && operations.role(row) == role
                        && operations.seats(row).other() == other);
    }
}
