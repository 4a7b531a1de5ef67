package io.github.bubbletrace.trace;

import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.analysis.Warning;
import java.util.Locale;

/** Every kind of oddity that an input can show, with what to do about it. The declared order is the reported one. */
public enum Oddity {
    /** No range names a phase and a micro-batch. */
    NO_PIPELINE(
            Severity.HIGH,
            "no pipeline was found: no range names a phase and a micro-batch",
            "record NVTX ranges such as 'it=0 stage=2 mb=3 phase=F' around every forward and backward, or give"
                    + " --label-pattern for your own names"),
    /** Transfers between devices that are no pipeline's. */
    NO_STRUCTURE(
            Severity.MEDIUM,
            "kernels and transfers alone show no pipeline either",
            "where this is a pipeline, label it, or analyse the traces of all its ranks together, with NCCL's ranges"
                    + " (-t cuda,nvtx)"),
    /** Tasks that no range names. */
    TASKS_BY_STRUCTURE(
            Severity.LOW,
            "tasks were found by kernels and transfers alone, as no range names them",
            "label forwards and backwards to be sure of them"),
    /** Kernels that are part of no task found by structure. */
    UNEXPLAINED_KERNELS(
            Severity.LOW,
            "compute kernels are part of no task that kernels and transfers show",
            "label forwards and backwards where these are part of them"),
    /** Labelled ranges exist, and none launched a compute kernel. */
    LABELS_WITHOUT_KERNELS(
            Severity.HIGH,
            "ranges that name a phase and a micro-batch launched no compute kernel",
            "record CUDA API calls and kernels together with NVTX (nsys profile -t cuda,nvtx)"),
    /** Step ranges that are no iterations. */
    STEPS_CONTRADICT(
            Severity.MEDIUM,
            "step ranges part the forwards from the backwards of their micro-batches and are not taken for iterations",
            "check what the ranges enclose; an iteration holds all passes of its micro-batches"),
    /** One stage only. */
    LONE_STAGE(
            Severity.HIGH,
            "only one stage is in the trace: what its gaps wait for is unknown",
            "analyse the traces of all ranks together: bubbletrace analyze FOLDER"),
    /** Chunks between the first and the last are missing. */
    MISSING_CHUNKS(
            Severity.HIGH,
            "stages are missing from the trace: gaps that wait for them are unresolved",
            "analyse the traces of all ranks together: bubbletrace analyze FOLDER"),
    /** The order of tasks waits for itself. */
    NOT_REPLAYABLE(
            Severity.HIGH,
            "iterations whose order of tasks waits for itself; their gaps are unresolved",
            "check that labels carry the right stage and micro-batch numbers"),
    /** Nothing but cut iterations. */
    ONLY_CUT_ITERATIONS(
            Severity.HIGH,
            "every iteration is cut off by the trace's start or end; gaps are unresolved",
            "record at least one whole iteration"),
    /** Different hosts. */
    CLOCKS_ACROSS_HOSTS(
            Severity.MEDIUM,
            "files come from different hosts: their clocks differ by what NTP leaves, often milliseconds",
            "treat transfers between hosts with care"),
    /** Files of which only transfers say how their clocks stand. */
    CLOCKS_BY_TRANSFERS(
            Severity.LOW,
            "files do not say when their sessions started; they are aligned by transfers alone",
            "none needed; clockErrorNs of each input says what may remain; newer versions of nsys write the start"),
    /** Files that transfers show to be off. */
    CLOCKS_CORRECTED(
            Severity.LOW,
            "files whose clock differs from the others'; they were moved to where both sides of their transfers end"
                    + " together",
            "see clockErrorNs of each input for what may remain"),
    /** Matched pairs whose ends differ. */
    CLOCK_DISAGREES(
            Severity.MEDIUM,
            "inputs that arrive before they were sent: clocks of the files disagree",
            "record all ranks of a host in one nsys session"),
    /** Iterations cut at the trace's edge. */
    CUT_ITERATIONS(
            Severity.LOW,
            "iterations cut off by the trace's start or end are left out",
            "record a little longer to keep them"),
    /** Iterations of an asynchronous pipeline. */
    ITERATIONS_UNFLUSHED(
            Severity.INFO,
            "iterations begin before the one before them has drained: they are analysed as one",
            "nothing to do for an asynchronous pipeline, else check the iteration numbers in the labels"),
    /** Nothing in a trace says which batch holds a sequence's previous token. */
    IN_FLIGHT_INFERRED(
            Severity.INFO,
            "batches of decode are taken to need the batch that was finished last when they started: the number in flight"
                    + " is inferred",
            "nothing to do where the engine keeps its batches apart, as vLLM and SGLang do"),
    /** Ranks that count their iterations differently. */
    ITERATIONS_RENUMBERED(
            Severity.LOW,
            "devices whose iteration numbers never meet the others'; they were matched by time",
            "number iterations alike on all ranks"),
    /** Iterations left out as warm-up. */
    WARM_UP_ITERATIONS(
            Severity.INFO,
            "leading iterations longer than 1.5 x the median are left out of the totals as warm-up",
            "use --skip 0 to keep them"),
    /** Iterations that the user left out of the totals. */
    ITERATIONS_SKIPPED(Severity.INFO, "leading iterations are left out of the totals by --skip", "none needed"),
    /** Iterations outside the range that the user asked for. */
    ITERATIONS_NOT_CHOSEN(Severity.INFO, "iterations outside --iterations are left out", "none needed"),
    /** A task whose input is not in its window. */
    TASKS_WITHOUT_INPUT(
            Severity.MEDIUM,
            "tasks whose input is not in the trace; the gaps before them are unresolved",
            "check that every stage labels its forwards and backwards"),
    /** Tasks that no iteration mark covers. */
    TASKS_OUTSIDE_STEPS(
            Severity.LOW,
            "tasks outside every step range are left out",
            "put the step range around the whole iteration"),
    /** Replicas or tensor-parallel lanes told apart by rank only. */
    LANES_BY_RANK(
            Severity.LOW,
            "several devices run the same stage; they were taken for data-parallel replicas in order of rank",
            "add replica= (or dp=) and tp= to the labels"),
    /** Labels and the user's layout name different places. */
    LAYOUT_CONFLICTS(
            Severity.MEDIUM,
            "devices whose labels say something else than --layout; the labels hold",
            "check the sizes and the order of --layout: the fastest-changing dimension comes first"),
    /** Ranks of the user's layout that no trace holds. */
    LAYOUT_RANKS_MISSING(
            Severity.MEDIUM,
            "ranks of --layout are not in the traces",
            "give the traces of all ranks, or correct the sizes of --layout"),
    /** A device with no counterpart on another stage. */
    LANES_LEFT_OUT(
            Severity.MEDIUM,
            "devices that run a stage without a counterpart on the other stages are left out",
            "check that the traces of all ranks are given"),
    /** Edges without transfer record. */
    TRANSFERS_ESTIMATED(
            Severity.INFO,
            "transfers without a record were estimated from the shortest wait of their edge",
            "record NCCL kernels or peer copies (nsys profile -t cuda,nvtx)"),
    /** Point-to-point operations that met no peer. */
    P2P_UNMATCHED(
            Severity.INFO,
            "point-to-point kernels and copies that met no peer; idle time under them counts as p2p",
            "none needed where they are not pipeline transfers"),
    /** Inputs earlier than possible. */
    NEGATIVE_DELAYS(
            Severity.INFO,
            "tasks that started before their input was there (first kernels often need none)",
            "none needed"),
    /** Ranks that nobody names. */
    RANKS_BY_PID(
            Severity.LOW,
            "processes whose rank nobody names are numbered by process id",
            "name threads 'MPI Rank n', or write one file per rank named rank<n>.sqlite"),
    /** Two processes with one rank. */
    RANKS_REPEATED(
            Severity.MEDIUM,
            "processes that claim a rank another one has were given the next free rank",
            "check that no file is given twice"),
    /** Kernels with no API row. */
    KERNELS_WITHOUT_API_CALL(
            Severity.INFO,
            "kernels whose launch is not in the trace",
            "none needed: they were launched before the capture began"),
    /** Launched by an unlabelled thread during labelled ranges of several. */
    AMBIGUOUS_LAUNCHES(
            Severity.LOW,
            "kernels launched by a thread without label while several other threads were inside labelled ranges",
            "label the launching thread"),
    /** Ranges that were still open. */
    OPEN_RANGES(
            Severity.INFO,
            "ranges that were never closed end with the trace",
            "none needed where the capture stopped inside them"),
    /** Start after end and the like. */
    BAD_TIMES(
            Severity.MEDIUM,
            "rows with impossible times (end before start, no number, or beyond a hundred days) are left out",
            "export the trace again"),
    /** Allocations of no size or time that can be. */
    BAD_ALLOCATIONS(Severity.LOW, "allocations of impossible sizes or times are left out", "export the trace again"),
    /** Rows that refer to a string that is not there. */
    MISSING_STRINGS(Severity.LOW, "rows that name a string the trace does not hold", "export the trace again"),
    /** A file that ends early or is damaged. */
    INPUT_CUT(
            Severity.HIGH,
            "files that end early or are damaged; everything before that was used",
            "let the profiler finish writing, or copy the file again"),
    /** Ranks of the job without a trace. */
    RANKS_MISSING(
            Severity.MEDIUM,
            "ranks of the job have no trace among the inputs",
            "give the traces of all ranks together: bubbletrace analyze FOLDER"),
    /** A unit of time that only the numbers suggest. */
    TIME_UNIT_INFERRED(
            Severity.LOW,
            "columns of time whose unit is not in their name; it was inferred from the values",
            "say it with --time-unit, or in the header, as start_ms"),
    /** Tasks that cannot all have run on one device. */
    CROWDED_SPANS(
            Severity.MEDIUM,
            "devices whose tasks last longer than twice the time they lie in",
            "check --time-unit, and that each device has its own rank"),
    /** Names that are no phase, though they carry a micro-batch. */
    UNKNOWN_PHASES(
            Severity.INFO,
            "spans with a micro-batch whose name is no known phase are no tasks",
            "name them forward, backward, weight or recompute if they compute"),
    /** The same task twice. */
    REPEATED_SPANS(
            Severity.MEDIUM,
            "overlapping spans of one task were taken as one",
            "check that no part of the log is given twice"),
    /** Sends and receives that cannot be numbered. */
    TRANSFERS_WITHOUT_NUMBER(
            Severity.LOW,
            "sends and receives name no micro-batch and are not as many as the tasks they serve; they are left out",
            "write the micro-batch of every send and receive"),
    /** Steps on one axis. */
    STEPS_LAID_END_TO_END(
            Severity.INFO,
            "steps whose times start again were laid end to end; the pauses between them are not known",
            "write times of one clock to see them"),
    /** Ranks that follow from the place in the job. */
    RANKS_BY_PLACE(
            Severity.INFO,
            "a log names no ranks; they are numbered by tensor-parallel rank, replica and stage, in this order",
            "add a rank to every span to see your own numbers"),
    /** Rows of a log that say too little. */
    BAD_ROWS(Severity.MEDIUM, "rows without a readable start, end or name are left out", "export the log again"),
    /** Ends without begin and the like. */
    UNPAIRED_EVENTS(
            Severity.LOW,
            "begin and end events without a counterpart",
            "none needed where the capture started or stopped inside them"),
    /** Kernels that only arrows join to their launch. */
    LAUNCHES_BY_ARROW(
            Severity.INFO,
            "kernels without a correlation id were joined to their launch by the trace's arrows",
            "none needed"),
    /** Stage methods without a stage. */
    SPANS_WITHOUT_STAGE(
            Severity.HIGH,
            "calls of stage methods whose stage nobody says are no tasks",
            "give their rule stage=..., or name the stages' threads by stages=PATTERN"),
    /** Stage methods without a micro-batch. */
    MICRO_BATCHES_COUNTED(
            Severity.LOW,
            "calls of stage methods name no micro-batch; they are numbered in order, each stage for itself",
            "give their rule microbatch=...; counted numbers are wrong where the recording began within a run"),
    /** Numbers that the agent could not read. */
    PROBE_FAILURES(
            Severity.MEDIUM,
            "calls of instrumented methods whose numbers could not be read are missing",
            "check that what the rule names is never null"),
    /** Events that Flight Recorder dropped. */
    EVENTS_LOST(
            Severity.HIGH,
            "bytes of events lost by Flight Recorder, whose buffers were full",
            "record fewer events, or give Flight Recorder more memory (-XX:FlightRecorderOptions=memorysize=50m)"),
    /** A recording without the agent's clock anchors. */
    NO_CLOCK_ANCHOR(
            Severity.LOW,
            "recordings without a clock anchor are placed by Flight Recorder's own time of day",
            "let the agent start before the recording ends"),
    /** Events that the analysis has no use for. */
    EVENTS_WITHOUT_USE(Severity.INFO, "events of kinds that the analysis has no use for are left out", "none needed"),
    /** A recording that says nothing about the GPU. */
    KERNELS_NOT_RECORDED(
            Severity.HIGH,
            "captures hold CUDA API calls, but no kernel at all",
            "run bubbletrace doctor: the libcupti may be older than the GPU or the driver"),
    /** A recording that could not keep up. */
    RECORDS_LOST(
            Severity.MEDIUM,
            "records were lost while recording",
            "raise BUBBLETRACE_MEMORY_MB, write to a faster disk, or record fewer kinds (BUBBLETRACE_CALLS=0)"),
    /** Chunks whose checksum is wrong, or that are not there. */
    CAPTURE_DAMAGED(
            Severity.HIGH,
            "parts of a capture are damaged or missing and left out",
            "copy the file from its host again"),
    /** A job that was killed. */
    CAPTURE_NOT_ENDED(
            Severity.LOW,
            "captures have no end: the job was killed or still runs, and its last second may be missing",
            "none needed where that is known"),
    /** Work that was not over. */
    RECORDS_INCOMPLETE(
            Severity.INFO,
            "records of GPU work that was not over when recording stopped are left out",
            "synchronise the device before the job exits to keep them"),
    /** A clock that was set. */
    CLOCK_SET(
            Severity.LOW,
            "the host's clock was set while recording; the alignment with other hosts is that much off",
            "treat transfers between hosts with care"),
    /** Payloads that are not what their schemas say. */
    NCCL_PAYLOAD_UNREADABLE(
            Severity.LOW,
            "NCCL's ranges carry payloads that are not as the export describes them; they are not used",
            "export the trace again with the nsys that recorded it"),
    /** Whole-graph launches. */
    GRAPH_LAUNCHES(
            Severity.INFO,
            "CUDA graph launches recorded as a whole; their inner kernels and launch gaps are not visible",
            "use nsys profile --cuda-graph-trace=node to see inside");

    private final Severity severity;
    private final String text;
    private final String advice;

    Oddity(Severity severity, String text, String advice) {
        this.severity = severity;
        this.text = text;
        this.advice = advice;
    }

    /** The name in the analysis document, as {@code kernels-without-api-call}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How much it matters. */
    public Severity severity() {
        return severity;
    }

    Warning warning(long count, String detail) {
        return new Warning(code(), severity, count, detail.isEmpty() ? text : text + ": " + detail, advice);
    }
}
