package io.github.bubbletrace.reports.whatif;

import io.github.bubbletrace.analysis.LayerSplit;
import io.github.bubbletrace.reports.text.Units;
import java.util.stream.Collectors;

/** The best split of the model in words. */
final class LayerSplitText {

    private LayerSplitText() {}

    /** One sentence. */
    static String of(LayerSplit split) {
        String counts = split.layers() != null
                ? "layers per chunk "
                        + split.layers().stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + " (--pipeline-model-parallel-layout " + split.layout() + ')'
                : "each chunk's layers times "
                        + split.shares().stream()
                                .map(share -> Units.decimals(share, 2))
                                .collect(Collectors.joining(", "))
                        + " (--layers gives whole numbers)";
        return "Best split of the model, from " + times(split.source()) + ": " + counts + ", a step of "
                + Units.time(split.stepNs())
                + "; beside its layers the first chunk takes " + Units.time(split.embeddingNs())
                + " and the last " + Units.time(split.headNs()) + " for a micro-batch.";
    }

    private static String times(LayerSplit.Source source) {
        return switch (source) {
            case LAYERS -> "the time of each layer's ranges";
            case FORWARD_LAYERS -> "the time of each layer's ranges in forwards";
            case CHUNKS -> "the time of each chunk";
        };
    }
}
