package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.format.spans.SpanWord.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Numbers sends and receives that name no micro-batch: on one device, in one step and direction, the k-th receive feeds
 * the k-th task that needs one, and the k-th send carries the output of the k-th task that has one. A stage at the end
 * of the pipeline has chunks without such a transfer; so the numbers must agree, else nothing is numbered.
 */
final class TransferNumbers {

    private record Key(int device, int step, Role role, String phase) {}

    private final SpanTable spans;
    private final Map<Key, List<Integer>> open = new HashMap<>();
    private final Map<Key, List<Integer>> tasks = new HashMap<>();
    private final int lastStage;

    private TransferNumbers(SpanTable spans, ToIntFunction<Integer> deviceOf, int lastStage) {
        this.spans = spans;
        this.lastStage = lastStage;
        for (int span : spans.byStart()) {
            SpanWord word = spans.word(span);
            if (word != null && (word.isTask() ? spans.isTask(span) : spans.microBatch(span) < 0)) {
                Key key = new Key(deviceOf.applyAsInt(span), spans.step(span), word.role(), word.phase());
                (word.isTask() ? tasks : open)
                        .computeIfAbsent(key, k -> new ArrayList<>())
                        .add(span);
            }
        }
    }

    /**
     * Numbers the transfers of {@code spans}; returns how many stay without a number.
     *
     * @param deviceOf device of each span
     * @param stageOf place of a device in its pipeline, or -1
     * @param lastStage the last place
     */
    static long number(
            SpanTable spans, ToIntFunction<Integer> deviceOf, ToIntFunction<Integer> stageOf, int lastStage) {
        TransferNumbers numbers = new TransferNumbers(spans, deviceOf, lastStage);
        long left = 0;
        for (Map.Entry<Key, List<Integer>> entry : numbers.open.entrySet()) {
            left += numbers.number(entry.getKey(), entry.getValue(), stageOf.applyAsInt(entry.getKey().device));
        }
        return left;
    }

    private int number(Key key, List<Integer> transfers, int stage) {
        List<Integer> all = tasks.getOrDefault(new Key(key.device, key.step, Role.TASK, key.phase), List.of());
        List<Integer> served = all.size() == transfers.size() ? all : withTransfer(key, all, stage);
        if (served.size() != transfers.size()) {
            return transfers.size();
        }
        for (int k = 0; k < transfers.size(); k++) {
            int task = served.get(k);
            spans.setMicroBatch(transfers.get(k), spans.microBatch(task), spans.chunk(task));
        }
        return 0;
    }

    /** The first stage's first chunk receives no forward and sends no backward; the last stage's last one mirrors it. */
    private List<Integer> withTransfer(Key key, List<Integer> all, int stage) {
        boolean forward = new SpanWord(key.role, key.phase).isForward();
        boolean atFirst = forward == (key.role == Role.RECV);
        int lastChunk = all.stream().mapToInt(spans::chunk).max().orElse(0);
        if (stage != (atFirst ? 0 : lastStage)) {
            return all;
        }
        int without = atFirst ? 0 : lastChunk;
        return all.stream().filter(t -> Math.max(0, spans.chunk(t)) != without).toList();
    }
}
