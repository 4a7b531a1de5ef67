package io.github.bubbletrace.schedule;

import java.util.List;
import java.util.stream.IntStream;

/** Which device holds which chunk, first chunk first. */
final class Placements {

    private Placements() {}

    /** Megatron's placement: chunk c lies on device c mod p. */
    static List<Integer> roundRobin(Shape shape) {
        return IntStream.range(0, shape.chunks())
                .map(chunk -> chunk % shape.devices())
                .boxed()
                .toList();
    }

    /** Two chunks a device, there and back: chunk c on device c, chunk p + k on device p - 1 - k. */
    static List<Integer> vShaped(int devices) {
        return IntStream.range(0, 2 * devices)
                .map(chunk -> Math.min(chunk, 2 * devices - 1 - chunk))
                .boxed()
                .toList();
    }
}
