package io.github.bubbletrace.whatif;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Another number of layers on every chunk. */
final class LayerCounts implements JobChange {

    private final List<Integer> counts;

    LayerCounts(List<Integer> counts) {
        this.counts = List.copyOf(counts);
    }

    static LayerCounts of(String text) {
        return new LayerCounts(
                Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
    }

    @Override
    public String job() {
        return "split the layers " + counts.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + " over the chunks: --pipeline-model-parallel-layout " + MegatronLayout.of(counts);
    }

    @Override
    public String note() {
        return "without layer ranges the recorded chunks are taken to hold equally many layers";
    }

    @Override
    public StepChange costs(Job job) {
        LayerTimes times = new LayerTimes(job);
        int layers = counts.stream().mapToInt(Integer::intValue).sum();
        if (counts.size() != times.chunks()) {
            throw new RefusedChangeException(
                    "the model has " + times.chunks() + " chunks, and " + counts.size() + " numbers are given",
                    "give one a chunk, first chunk first");
        }
        if (layers == 0 || (times.layers() > 0 && layers != times.layers())) {
            throw new RefusedChangeException(
                    "the numbers sum to " + layers,
                    "they must sum to the model's layers" + (times.layers() > 0 ? ", " + times.layers() : ""));
        }
        return times.split(counts);
    }
}
