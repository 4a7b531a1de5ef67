package io.github.bubbletrace.format.sqlite;

import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/**
 * Where pages come from.
 *
 * @param channel the file
 * @param header what its first bytes say
 * @param progress is told how many bytes more were read, from any thread
 */
record PageSource(FileChannel channel, FileHeader header, LongConsumer progress) {}
