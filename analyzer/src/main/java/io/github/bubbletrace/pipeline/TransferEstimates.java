package io.github.bubbletrace.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Costs of transfers that no record shows: the least wait between the end of an input and the start of its task over the
 * instances where the receiver was idle by then, else the least of that phase's other edges.
 */
final class TransferEstimates {

    private TransferEstimates() {}

    /** Fills the edges marked in {@code open}, window by window; returns how many there were. */
    static long fill(List<Edges> windows, List<boolean[]> open) {
        Map<List<Object>, Long> ofEdge = new HashMap<>();
        Map<Object, Long> ofPhase = new HashMap<>();
        for (int w = 0; w < windows.size(); w++) {
            Edges edges = windows.get(w);
            for (int e = 0; e < edges.size(); e++) {
                long wait = open.get(w)[e] ? idleWait(edges, e) : -1;
                if (wait >= 0) {
                    ofEdge.merge(key(edges, e), wait, Math::min);
                    ofPhase.merge(edges.window().phase(edges.target(e)), wait, Math::min);
                }
            }
        }
        long filled = 0;
        for (int w = 0; w < windows.size(); w++) {
            Edges edges = windows.get(w);
            for (int e = 0; e < edges.size(); e++) {
                if (open.get(w)[e]) {
                    long ofOthers = ofPhase.getOrDefault(edges.window().phase(edges.target(e)), 0L);
                    edges.estimate(e, ofEdge.getOrDefault(key(edges, e), ofOthers));
                    filled++;
                }
            }
        }
        return filled;
    }

    private static List<Object> key(Edges edges, int edge) {
        Window window = edges.window();
        return List.of(
                window.phase(edges.target(edge)),
                window.device(edges.source(edge)),
                edges.window().action(edges.target(edge)).chunk());
    }

    /** The wait, or -1 where the receiver was still at work when the input was finished. */
    private static long idleWait(Edges edges, int edge) {
        Window window = edges.window();
        int task = edges.target(edge);
        long sent = window.endNs(edges.source(edge));
        boolean first = task == 0 || window.device(task - 1) != window.device(task);
        boolean idle = first || window.endNs(task - 1) <= sent;
        return idle ? Math.max(0, window.startNs(task) - sent) : -1;
    }
}
