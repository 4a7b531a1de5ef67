package io.github.bubbletrace.trace;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where a trace came from.
 *
 * @param path the file as the user named it
 * @param format format key
 * @param producer version of the tool that wrote it, or null
 * @param schema schema version, or null
 * @param host name of the machine it was captured on, or null
 * @param utcEpochNs UTC in nanoseconds since 1970 at time 0 of the file's clock; empty where the file does not say
 * @param rank rank of the file's only process, as its environment says; empty where it does not
 * @param worldSize how many ranks the file's job has; empty where it does not say
 * @param stampNs step of the file's time stamps, in nanoseconds
 * @param missing what the file lacks, one phrase each
 */
public record TraceSource(
        String path,
        String format,
        String producer,
        String schema,
        String host,
        OptionalLong utcEpochNs,
        OptionalInt rank,
        OptionalInt worldSize,
        long stampNs,
        List<String> missing) {

    /** The same under another path and format: those of the file it was made from. */
    public TraceSource madeFrom(String original, String originalFormat) {
        return new TraceSource(
                original, originalFormat, producer, schema, host, utcEpochNs, rank, worldSize, stampNs, missing);
    }

    /** A source with stamps of a nanosecond. */
    public TraceSource(
            String path,
            String format,
            String producer,
            String schema,
            String host,
            OptionalLong utcEpochNs,
            OptionalInt rank,
            OptionalInt worldSize,
            List<String> missing) {
        this(path, format, producer, schema, host, utcEpochNs, rank, worldSize, 1, missing);
    }

    /** A source with stamps of a nanosecond that does not say how many ranks its job has. */
    public TraceSource(
            String path,
            String format,
            String producer,
            String schema,
            String host,
            OptionalLong utcEpochNs,
            OptionalInt rank,
            List<String> missing) {
        this(path, format, producer, schema, host, utcEpochNs, rank, OptionalInt.empty(), missing);
    }
}
