package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.trace.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the name of a span says: {@code forward-compute}, {@code backward_recv}, {@code fwd_microstep}, {@code
 * pipe_send_grad}, {@code F}.
 *
 * @param role task, send or receive
 * @param phase phase of the task, or of the task that the transfer belongs to, as labels spell it
 */
public record SpanWord(Role role, String phase) {

    /** What a span is. */
    public enum Role {
        /** It computes. */
        TASK("", Message.Kind.UNKNOWN),
        /** It sends a task's output. */
        SEND("send_", Message.Kind.SEND),
        /** It receives a task's input. */
        RECV("recv_", Message.Kind.RECV);

        private final String prefix;
        private final Message.Kind kind;

        Role(String prefix, Message.Kind kind) {
            this.prefix = prefix;
            this.kind = kind;
        }
    }

    private static final Map<String, String> PHASES = Map.ofEntries(
            Map.entry("f", "forward"),
            Map.entry("fwd", "forward"),
            Map.entry("forward", "forward"),
            Map.entry("b", "backward"),
            Map.entry("i", "backward"),
            Map.entry("bwd", "backward"),
            Map.entry("backward", "backward"),
            Map.entry("w", "weight"),
            Map.entry("wgrad", "weight"),
            Map.entry("weight", "weight"),
            Map.entry("r", "recompute"),
            Map.entry("recompute", "recompute"),
            Map.entry("p", "prefill"),
            Map.entry("prefill", "prefill"),
            Map.entry("d", "decode"),
            Map.entry("decode", "decode"),
            Map.entry("v", "verify"),
            Map.entry("verify", "verify"),
            Map.entry("s", "draft"),
            Map.entry("draft", "draft"));
    private static final Map<String, Role> ROLES = Map.of(
            "send",
            Role.SEND,
            "recv",
            Role.RECV,
            "receive",
            Role.RECV,
            "compute",
            Role.TASK,
            "step",
            Role.TASK,
            "microstep",
            Role.TASK,
            "pass",
            Role.TASK,
            "task",
            Role.TASK,
            "chunk",
            Role.TASK);

    /** DeepSpeed's timers name what is moved, not the direction. */
    private static final Map<String, SpanWord> DEEPSPEED = Map.of(
            "pipe_send_output", new SpanWord(Role.SEND, "forward"),
            "pipe_recv_input", new SpanWord(Role.RECV, "forward"),
            "pipe_send_grad", new SpanWord(Role.SEND, "backward"),
            "pipe_recv_grad", new SpanWord(Role.RECV, "backward"));

    /** What {@code name} says; empty where it is no phase of a pipeline. Every word of it must be known. */
    public static Optional<SpanWord> of(String name) {
        if (name.length() > 64) {
            return Optional.empty();
        }
        String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_.:-]+", "_");
        if (DEEPSPEED.containsKey(plain)) {
            return Optional.of(DEEPSPEED.get(plain));
        }
        List<String> words = Arrays.asList(plain.split("_"));
        String phase = null;
        Role role = Role.TASK;
        for (String word : words) {
            String found = PHASES.get(word);
            if ((found == null && !ROLES.containsKey(word)) || (found != null && phase != null)) {
                return Optional.empty();
            }
            phase = found == null ? phase : found;
            role = found != null || ROLES.get(word) == Role.TASK ? role : ROLES.get(word);
        }
        return phase == null ? Optional.empty() : Optional.of(new SpanWord(role, phase));
    }

    /** Whether it computes. */
    public boolean isTask() {
        return role == Role.TASK;
    }

    /** What it communicates. */
    Message.Kind kind() {
        return role.kind;
    }

    /** Whether the work goes up the chunks. */
    public boolean isForward() {
        return !phase.equals("backward") && !phase.equals("weight") && !phase.equals("recompute");
    }

    /** The first word of the label, as {@code recv_forward}. */
    String label() {
        return role.prefix + phase;
    }
}
