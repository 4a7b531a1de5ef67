package io.github.bubbletrace.format.chrome;

/** What PyTorch says of an NCCL kernel in its arguments; texts are pool ids, numbers not said are -1. */
final class NcclArguments {

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
        return collective < 0 && group < 0 && type < 0;
    }
}
