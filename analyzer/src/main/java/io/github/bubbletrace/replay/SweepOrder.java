package io.github.bubbletrace.replay;

/**
 * What a sweep over a graph reads, in the order in which it reads it: blocks after everything they wait for, and for each
 * what it waits for. The end of a block's predecessor on its device is its floor; so is, for the transfer of a serial edge, the
 * moment the receiver is free. Where there is no predecessor the floor is {@link #start}, where nothing holds back
 * {@link #noFloor}. Callers must not write to the columns.
 */
final class SweepOrder {

    final int[] block;
    final int[] floor;
    final int[] arcStart;
    final int[] arcTask;
    final int[] arcEdge;
    final int[] arcFloor;
    private final int blocks;

    SweepOrder(ReplayGraph graph, int[] order) {
        blocks = graph.blocks();
        block = order;
        floor = new int[order.length];
        arcStart = new int[order.length + 1];
        int arcs = graph.inEdges.length + graph.heldEdges.length;
        arcTask = new int[arcs];
        arcEdge = new int[arcs];
        arcFloor = new int[arcs];
        int count = 0;
        for (int at = 0; at < order.length; at++) {
            int b = order[at];
            floor[at] = free(graph, b);
            count = add(graph, graph.inEdges, graph.inEdgeStart[b], graph.inEdgeStart[b + 1], count);
            count = add(graph, graph.heldEdges, graph.heldEdgeStart[b], graph.heldEdgeStart[b + 1], count);
            arcStart[at + 1] = count;
        }
    }

    /** The floor of the first block of a device: the window's start. */
    int start() {
        return blocks;
    }

    /** No floor at all. */
    int noFloor() {
        return blocks + 1;
    }

    private int add(ReplayGraph graph, int[] edges, int from, int to, int count) {
        int arc = count;
        for (int i = from; i < to; i++) {
            int edge = edges[i];
            arcEdge[arc] = edge;
            arcTask[arc] = graph.edgeTask[edge];
            arcFloor[arc++] = graph.edgeSerial[edge] ? free(graph, graph.edgeBlock[edge]) : noFloor();
        }
        return arc;
    }

    private int free(ReplayGraph graph, int b) {
        int previous = graph.previousBlock[b];
        return previous < 0 ? start() : previous;
    }
}
