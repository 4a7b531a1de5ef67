package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.extract.Activity;
import io.github.bubbletrace.trace.IntervalSet;

/**
 * Idle time inside a hull by cause: collective while a collective kernel runs, else p2p while a point-to-point kernel or
 * copy runs, else host (launch gaps).
 *
 * @param collective idle under collectives
 * @param p2p idle under point-to-point work
 * @param host idle under neither
 */
record HullIdle(IntervalSet collective, IntervalSet p2p, IntervalSet host) {

    static HullIdle of(Activity activity, long startNs, long endNs) {
        IntervalSet idle = activity.compute().complement(startNs, endNs);
        IntervalSet collective = idle.intersect(activity.collective().clip(startNs, endNs));
        IntervalSet rest = idle.minus(collective);
        IntervalSet p2p = rest.intersect(activity.p2p().clip(startNs, endNs));
        return new HullIdle(collective, p2p, rest.minus(p2p));
    }
}
