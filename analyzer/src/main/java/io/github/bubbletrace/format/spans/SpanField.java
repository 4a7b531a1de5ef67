package io.github.bubbletrace.format.spans;

import java.util.Locale;
import java.util.Optional;

/** What a column of a span log, or an argument of a span, can say; each under the names that frameworks give it. */
public enum SpanField {
    /** Data-parallel replica. */
    REPLICA("replica", "dp_rank", "dp", "data_parallel_rank", "dp_id", "replica_id"),
    /** Place in the pipeline. */
    STAGE("stage", "pp_rank", "pp", "pipeline_rank", "pipeline_parallel_rank", "stage_id", "pipeline_stage"),
    /** Tensor-parallel rank. */
    LANE("tp_rank", "tp", "tensor_parallel_rank", "tensor_rank", "tp_id"),
    /** Global rank. */
    RANK("rank", "global_rank", "worker", "worker_id", "rank_id"),
    /** Iteration. */
    STEP("step", "iteration", "it", "iter", "step_id", "iteration_id", "global_step"),
    /** What the span does. */
    PHASE("optype", "op_type", "phase", "name", "op", "operation", "event", "op_name", "type"),
    /** Start. */
    START("start", "start_ts", "begin", "start_time", "ts", "timestamp", "begin_ts", "t_start", "from"),
    /** Length. */
    DURATION("duration", "dur", "elapsed", "length", "time", "elapsed_time"),
    /** End. */
    END("end", "end_ts", "stop", "end_time", "finish", "t_end", "to"),
    /** Micro-batch; negative where the span has none. */
    MICRO_BATCH(
            "mb", "mb_id", "micro_batch", "microbatch", "micro_batch_id", "microbatch_id", "mbid", "mb_idx", "mbatch"),
    /** Chunk of the model on its device, or over the whole pipeline. */
    CHUNK("chunk", "mc", "model_chunk", "chunk_id", "model_chunk_id", "virtual_stage", "vpp_rank"),
    /** How much a transfer moves. */
    BYTES("bytes", "size_bytes", "nbytes", "message_bytes");

    /** All its names, each between bars. */
    private final String names;

    private final String word;

    SpanField(String... names) {
        this.names = '|' + String.join("|", names) + '|';
        word = names[0];
    }

    /** The field called {@code name}, in any case and with any of space, dash, dot or underscore between its words. */
    public static Optional<SpanField> named(String name) {
        String plain = '|' + plain(name) + '|';
        for (SpanField field : values()) {
            if (field.names.contains(plain)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** {@code name} as {@link #named} compares it: {@code microBatch} and {@code Micro-Batch} are micro_batch. */
    static String plain(String name) {
        return name.strip()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
    }

    /** A word for messages. */
    String word() {
        return word;
    }
}
