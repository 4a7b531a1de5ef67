package io.github.bubbletrace.pipeline.unlabelled;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Role;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which streams only exchange, and whether what they carry lies beside a pipeline. */
class ExchangesTest {

    private static final int HOPS = 7;
    private static final int OTHERS = 9;
    private static final long MS = 1_000_000;

    private final Operations operations = new Operations();

    private void add(int device, Role role, int stream, long endNs) {
        operations.runOn(operations.add(device, role, endNs - 1000, endNs, LaneWork.UNKNOWN), stream);
    }

    private void hop(int from, int to, long endNs) {
        add(from, Role.SEND, HOPS, endNs);
        add(to, Role.RECEIVE, HOPS, endNs);
    }

    private void exchange(int one, int other, long endNs) {
        for (int device : new int[] {one, other}) {
            add(device, Role.SEND, OTHERS, endNs);
            add(device, Role.RECEIVE, OTHERS, endNs);
        }
    }

    private static FoundPipeline pipeline(Integer... devices) {
        return new FoundPipeline(List.of(devices), 1, 1, List.of(), 0, List.of());
    }

    private boolean areBeside(FoundPipeline... pipelines) {
        return Exchanges.of(operations).areBeside(List.of(pipelines), 0);
    }

    @Test
    void whatAStreamOnlyExchangesIsFound() {
        hop(0, 1, MS);
        hop(2, 3, MS);
        exchange(0, 2, 2 * MS);
        exchange(1, 3, 3 * MS);
        Exchanges exchanges = Exchanges.of(operations);
        assertThat(IntStream.range(0, operations.size()).filter(exchanges::has).boxed())
                .containsExactly(4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(areBeside(pipeline(0, 1), pipeline(2, 3))).isTrue();
    }

    /** A hop that ends with an exchange is none of it. */
    @Test
    void hopsAtTheMomentOfAnExchangeStay() {
        hop(0, 1, MS);
        hop(2, 3, MS);
        exchange(0, 2, MS);
        exchange(1, 3, 2 * MS);
        Exchanges exchanges = Exchanges.of(operations);
        assertThat(exchanges.has(0)).isFalse();
        assertThat(exchanges.has(4)).isTrue();
    }

    @Test
    void aStreamThatEverOnlySendsIsNone() {
        hop(0, 1, MS);
        hop(0, 1, 2 * MS);
        exchange(0, 1, 3 * MS);
        add(0, Role.SEND, OTHERS, 4 * MS);
        add(1, Role.RECEIVE, OTHERS, 4 * MS);
        assertThat(Exchanges.of(operations).isEmpty()).isTrue();
    }

    @Test
    void whereADeviceOnlyExchangesThereAreNone() {
        hop(0, 1, MS);
        exchange(2, 3, MS);
        assertThat(Exchanges.of(operations).isEmpty()).isTrue();
    }

    /** Nor do kernels that do not say what they do exchange. */
    @Test
    void silentKernelsAreNone() {
        hop(0, 1, MS);
        add(0, Role.UNKNOWN, OTHERS, 2 * MS);
        add(0, Role.UNKNOWN, OTHERS, 2 * MS);
        assertThat(Exchanges.of(operations).isEmpty()).isTrue();
    }

    @Test
    void theFirstStageAndTheLastMayExchange() {
        hop(0, 1, MS);
        hop(1, 2, 2 * MS);
        exchange(0, 2, 3 * MS);
        assertThat(areBeside(pipeline(0, 1, 2))).isTrue();
    }

    /** The middle of a pipeline with two ways exchanges all the time: without it two halves would be left. */
    @Test
    void whatJoinsTwoHalvesIsNotBesideThem() {
        hop(0, 1, MS);
        hop(3, 2, MS);
        exchange(1, 2, 2 * MS);
        assertThat(Exchanges.of(operations).isEmpty()).isFalse();
        assertThat(areBeside(pipeline(0, 1), pipeline(3, 2))).isFalse();
    }

    @Test
    void neighboursDoNotExchangeBesideTheirHops() {
        hop(0, 1, MS);
        hop(1, 2, 2 * MS);
        exchange(0, 1, 3 * MS);
        assertThat(areBeside(pipeline(0, 1, 2))).isFalse();
    }

    @Test
    void ranksOfAStageExchangeAtTheSameMoments() {
        hop(0, 1, MS);
        hop(2, 3, MS);
        exchange(0, 2, 2 * MS);
        exchange(1, 3, 3 * MS);
        add(1, Role.SEND, OTHERS, 4 * MS);
        add(1, Role.RECEIVE, OTHERS, 4 * MS);
        assertThat(areBeside(pipeline(0, 1), pipeline(2, 3))).isFalse();
    }
}
