package io.github.bubbletrace.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the communication library says of its calls. */
public enum NcclDetail {
    /** Ranges that name sends and receives. */
    CALLS,
    /** The same with a binary payload: communicator, size and peer. */
    PAYLOAD,
    /** The same as JSON. */
    JSON,
    /** Nothing: kernels of one name send and receive. */
    NONE;

    /** The name on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The detail of that name, if there is one. */
    public static Optional<NcclDetail> of(String key) {
        return Arrays.stream(values())
                .filter(detail -> detail.key().equals(key))
                .findFirst();
    }

    boolean hasPayload() {
        return this == PAYLOAD || this == JSON;
    }
}
