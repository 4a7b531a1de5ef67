package io.github.bubbletrace.simulation;

import io.github.bubbletrace.schedule.Action;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a simulated program names its ranges. */
public enum Labels {
    /** {@code it=0 stage=2 mb=3 phase=F} and {@code send_forward it=0 stage=2 mb=3}; stage is the chunk's number. */
    OWN {
        @Override
        Optional<String> task(int iteration, Action action) {
            return Optional.of("it=" + iteration + " stage=" + action.chunk() + " mb=" + action.microBatch() + " phase="
                    + action.phase());
        }

        @Override
        Optional<String> transfer(int iteration, Action action, boolean send, boolean forward) {
            String what = (send ? "send" : "recv") + (forward ? "_forward" : "_backward");
            return Optional.of(what + " it=" + iteration + " stage=" + action.chunk() + " mb=" + action.microBatch());
        }
    },
    /** As torch.distributed.pipelining does: {@code PP:2F3}, {@code PP:2SEND_F3}, and {@code ProfilerStep#n}. */
    TORCH {
        @Override
        Optional<String> task(int iteration, Action action) {
            return Optional.of("PP:" + action);
        }

        @Override
        Optional<String> transfer(int iteration, Action action, boolean send, boolean forward) {
            String what = (send ? "SEND" : "RECV") + (forward ? "_F" : "_B");
            return Optional.of("PP:" + action.chunk() + what + action.microBatch());
        }

        @Override
        Optional<String> step(int iteration) {
            return Optional.of("ProfilerStep#" + iteration);
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

    /** The range around a task's launches. */
    Optional<String> task(int iteration, Action action) {
        return Optional.empty();
    }

    /**
     * The range around a transfer's launch.
     *
     * @param action the task on the launching device that the transfer comes from or leads to
     * @param forward whether it carries activations, not gradients
     */
    Optional<String> transfer(int iteration, Action action, boolean send, boolean forward) {
        return Optional.empty();
    }

    /** The range around an iteration of a run of several. */
    Optional<String> step(int iteration) {
        return Optional.empty();
    }
}
