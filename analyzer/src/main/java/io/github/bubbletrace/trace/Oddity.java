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
    /** Labelled ranges exist, and none launched a compute kernel. */
    LABELS_WITHOUT_KERNELS(
            Severity.HIGH,
            "ranges that name a phase and a micro-batch launched no compute kernel",
            "record CUDA API calls and kernels together with NVTX (nsys profile -t cuda,nvtx)"),
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
    /** Nothing in a trace says which batch holds a sequence's previous token. */
    IN_FLIGHT_INFERRED(
            Severity.INFO,
            "batches of decode are taken to need the batch that was finished last when they started: the number in flight"
                    + " is inferred",
            "nothing to do where the engine keeps its batches apart, as vLLM and SGLang do"),
    /** Iterations left out as warm-up. */
    WARM_UP_ITERATIONS(
            Severity.INFO,
            "leading iterations longer than 1.5 x the median are left out of the totals as warm-up",
            "use --skip 0 to keep them"),
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
            "rows with impossible times (end before start, missing, or beyond ten years) are left out",
            "export the trace again"),
    /** Rows that refer to a string that is not there. */
    MISSING_STRINGS(Severity.LOW, "rows that name a string the trace does not hold", "export the trace again"),
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
