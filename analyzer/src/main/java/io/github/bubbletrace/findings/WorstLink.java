package io.github.bubbletrace.findings;

import io.github.bubbletrace.attribution.CriticalTransfers;
import io.github.bubbletrace.attribution.WhatIf;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.PipelineRun;
import java.util.ArrayList;
import java.util.List;

/**
 * A link between two places and what its being free would save.
 *
 * @param from one place
 * @param to the other, after it
 * @param savedNs how much shorter the windows are together; may be negative
 */
record WorstLink(int from, int to, long savedNs) {

    /**
     * The link whose transfers cost most, the first of equal ones. Replays links in the order of what each can save at most,
     * until the next cannot save more than the best so far: of many links few have to be replayed.
     *
     * @param run a pipeline of two places or more
     */
    static WorstLink of(PipelineRun run, List<WindowRun> windows) {
        long recordedNs = WhatIf.recordedNs(windows);
        WorstLink worst = null;
        for (WorstLink most : mostToSave(run, windows)) {
            if (worst != null && !most.comesBefore(worst)) {
                break;
            }
            long playedNs = WhatIf.makespanNs(windows, FreeTransfers.between(most.from, most.to, run));
            WorstLink link = new WorstLink(most.from, most.to, recordedNs - playedNs);
            worst = worst == null || link.comesBefore(worst) ? link : worst;
        }
        return worst;
    }

    /** Links join neighbours, and the last place with the first where chunks go round. */
    private static List<WorstLink> mostToSave(PipelineRun run, List<WindowRun> windows) {
        CriticalTransfers critical = CriticalTransfers.of(run, windows);
        List<WorstLink> links = new ArrayList<>();
        for (int place = 0; place + 1 < run.places(); place++) {
            links.add(new WorstLink(place, place + 1, critical.ns(place, place + 1)));
        }
        if (run.places() > 2) {
            links.add(new WorstLink(0, run.places() - 1, critical.ns(0, run.places() - 1)));
        }
        links.sort((x, y) -> x.comesBefore(y) ? -1 : 1);
        return links;
    }

    private boolean comesBefore(WorstLink other) {
        if (savedNs != other.savedNs) {
            return savedNs > other.savedNs;
        }
        return from != other.from ? from < other.from : to < other.to;
    }
}
