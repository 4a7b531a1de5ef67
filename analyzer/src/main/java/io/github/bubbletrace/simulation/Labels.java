package io.github.bubbletrace.simulation;

import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.ActionText;
import io.github.bubbletrace.schedule.Phase;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** How a simulated program names its ranges. */
public enum Labels {
    /** {@code it=0 stage=2 mb=3 phase=F} and {@code send_forward it=0 stage=2 mb=3}; stage is the chunk's number. */
    OWN {
        @Override
        Optional<String> task(int iteration, Action action, boolean split) {
            return Optional.of("it=" + iteration + " stage=" + action.chunk() + " mb=" + action.microBatch() + " phase="
                    + action.phase());
        }

        @Override
        Optional<String> transfer(int iteration, Action action, boolean send) {
            String what = (send ? "send_" : "recv_") + word(action.phase());
            return Optional.of(what + " it=" + iteration + " stage=" + action.chunk() + " mb=" + action.microBatch());
        }

        @Override
        Optional<String> part(OptionalInt layer, String name) {
            return Optional.of(layer.isPresent() ? "layer=" + layer.getAsInt() : name);
        }
    },
    /** As torch.distributed.pipelining does: {@code PP:2F3}, {@code PP:2SEND_F3}, and {@code ProfilerStep#n}. */
    TORCH {
        @Override
        Optional<String> task(int iteration, Action action, boolean split) {
            boolean plain = action.phase() == Phase.B
                    || action.phase() == Phase.W
                    || action.phase().isForward();
            return plain ? Optional.of("PP:" + ActionText.of(action, split)) : Optional.empty();
        }

        @Override
        Optional<String> transfer(int iteration, Action action, boolean send) {
            String what = (send ? "SEND" : "RECV") + (action.phase().isForward() ? "_F" : "_B");
            return Optional.of("PP:" + action.chunk() + what + action.microBatch());
        }

        @Override
        Optional<String> part(OptionalInt layer, String name) {
            return Optional.of(layer.isPresent() ? "layers." + layer.getAsInt() : name);
        }

        @Override
        Optional<String> step(int iteration) {
            return Optional.of("ProfilerStep#" + iteration);
        }
    },
    /** As Megatron-LM does: what is sent or received, without micro-batch; tasks have no name. */
    MEGATRON {
        @Override
        Optional<String> transfer(int iteration, Action action, boolean send) {
            return Optional.of("megatron.core.pipeline_parallel.p2p_communication." + (send ? "send_" : "recv_")
                    + (action.phase().isForward() ? "forward" : "backward"));
        }
    },
    /** No ranges but those of the communication library. */
    NONE;

    /** The name on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The style of that name, if there is one. */
    public static Optional<Labels> of(String key) {
        return Arrays.stream(values())
                .filter(labels -> labels.key().equals(key))
                .findFirst();
    }

    /**
     * The range around a task's launches.
     *
     * @param split whether the weight gradient of a backward is a task of its own
     */
    Optional<String> task(int iteration, Action action, boolean split) {
        return Optional.empty();
    }

    /**
     * The range around a transfer's launch.
     *
     * @param action the task on the launching device that the transfer comes from or leads to
     */
    Optional<String> transfer(int iteration, Action action, boolean send) {
        return Optional.empty();
    }

    /**
     * The range around what a part of the model launches within a task.
     *
     * @param layer its number; empty where {@code name} says what it is
     */
    Optional<String> part(OptionalInt layer, String name) {
        return Optional.empty();
    }

    private static String word(Phase phase) {
        return switch (phase) {
            case F -> "forward";
            case B -> "backward";
            case W -> "weight";
            case R -> "recompute";
            case P -> "prefill";
            case D -> "decode";
            case V -> "verify";
            case S -> "draft";
        };
    }

    /** The range around an iteration of a run of several. */
    Optional<String> step(int iteration) {
        return Optional.empty();
    }
}
