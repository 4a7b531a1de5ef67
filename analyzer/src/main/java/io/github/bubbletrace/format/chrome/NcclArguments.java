package io.github.bubbletrace.format.chrome;

import java.util.function.IntUnaryOperator;

/** What PyTorch says of an NCCL kernel in its arguments; texts are pool ids, numbers not said are -1. */
final class NcclArguments {

    /** Whether anything is said. */
    boolean said;

    int collective;
    int group;
    int description;
    int ranks;
    int type;
    int size;
    int source;
    int target;
    long sent;
    long received;

    NcclArguments() {
        clear();
    }

    void clear() {
        said = false;
        collective = -1;
        group = -1;
        description = -1;
        ranks = -1;
        type = -1;
        size = -1;
        source = -1;
        target = -1;
        sent = -1;
        received = -1;
    }

    boolean isEmpty() {
        return !said;
    }

    void renumber(IntUnaryOperator numbers) {
        collective = Event.of(numbers, collective);
        group = Event.of(numbers, group);
        description = Event.of(numbers, description);
        ranks = Event.of(numbers, ranks);
        type = Event.of(numbers, type);
    }
}
