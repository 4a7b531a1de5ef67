package io.github.bubbletrace.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.RandomRun;
import io.github.bubbletrace.pipeline.RandomRun.Plan;
import io.github.bubbletrace.pipeline.TransferMatcher;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.ImportLog;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Identities of the definitions on random orders; the seed is the test's argument. */
class AttributionPropertiesTest {

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partsSumToTheWindowAndNoneIsNegative(long seed) {
        Plan plan = everything(seed);
        IterationAnalysis iteration = analyse(seed, plan);
        for (DeviceAnalysis device : iteration.devices()) {
            assertThat(device.busyNs() + device.idleNs().total()).isEqualTo(iteration.windowNs());
            for (Cause cause : Cause.values()) {
                assertThat(device.idleNs().get(cause)).as(cause.key()).isNotNegative();
            }
            assertSpansMatchTotals(device);
        }
        assertThat(iteration.replayNs().recorded()).isEqualTo(iteration.windowNs());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withoutHostDelayNothingIsHost(long seed) {
        Plan plan = everything(seed);
        plan.longestDelayNs = 0;
        plan.launchGapNs = 0;
        CauseTimes sum = sum(analyse(seed, plan));
        assertThat(sum.get(Cause.HOST)).isZero();
        assertThat(sum.get(Cause.COLLECTIVE)).isZero();
        assertThat(sum.get(Cause.UNRESOLVED)).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withoutTransferTimeNothingIsP2p(long seed) {
        Plan plan = everything(seed);
        plan.longestTransferNs = 0;
        assertThat(sum(analyse(seed, plan)).get(Cause.P2P)).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void chunksOfEqualTimeForEachMicroBatchHaveNoImbalance(long seed) {
        Plan plan = everything(seed);
        plan.launchGapNs = 0;
        plan.durationNs = perMicroBatch(seed);
        assertThat(sum(analyse(seed, plan)).get(Cause.IMBALANCE)).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void chunksOfConstantTimeHaveNoJitter(long seed) {
        Plan plan = everything(seed);
        plan.launchGapNs = 0;
        plan.durationNs = perChunk(seed);
        assertThat(sum(analyse(seed, plan)).get(Cause.JITTER)).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aBalancedPromptRunIsStructureAlone(long seed) {
        Plan plan = new Plan();
        plan.receive = Receive.values()[(int) (seed % 3)];
        plan.forwardOnly = seed % 4 == 3;
        CauseTimes sum = sum(analyse(seed, plan));
        assertThat(sum.total()).isEqualTo(sum.structure());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void transfersFoundByStructureGiveTheCausesOfNamedOnes(long seed) {
        Plan plan = everything(seed);
        plan.receive = Receive.PREPOSTED;
        CauseTimes named = sum(analyse(seed, plan));
        plan.named = false;
        CauseTimes unnamed = sum(analyse(seed, plan));
        for (Cause cause : Cause.values()) {
            assertThat(unnamed.get(cause)).as(cause.key()).isEqualTo(named.get(cause));
        }
    }

    private static Plan everything(long seed) {
        Plan plan = new Plan();
        Random random = Seeds.random(seed);
        plan.durationNs = random(seed);
        plan.longestTransferNs = 300_000;
        plan.longestDelayNs = 50_000;
        plan.launchGapNs = 20_000;
        plan.receive = Receive.values()[random.nextInt(3)];
        plan.forwardOnly = random.nextInt(4) == 0;
        return plan;
    }

    private static ToLongFunction<Action> random(long seed) {
        return action -> 400_000
                + new Random(seed
                                ^ (action.microBatch() * 997L + action.chunk() * 31L + phaseNumber(action) + 1) * 7919L)
                        .nextInt(600_000);
    }

    private static ToLongFunction<Action> perMicroBatch(long seed) {
        return action -> 400_000
                + new Random(seed ^ (action.microBatch() * 31L + phaseNumber(action) + 1) * 7919L).nextInt(600_000);
    }

    private static ToLongFunction<Action> perChunk(long seed) {
        return action ->
                400_000 + new Random(seed ^ (action.chunk() * 31L + phaseNumber(action) + 1) * 7919L).nextInt(600_000);
    }

    private static int phaseNumber(Action action) {
        return action.phase() == Phase.F ? 0 : 1;
    }

    private static IterationAnalysis analyse(long seed, Plan plan) {
        PipelineRun run = new RandomRun(seed, plan).run();
        TransferMatcher.Matched matched = TransferMatcher.match(run, new ImportLog());
        WindowRun window = new WindowRun(run, matched.edges().get(0));
        return new WindowAttribution(run, matched.unmatchedP2p()).analyse(window, OptionalLong.empty(), false);
    }

    private static CauseTimes sum(IterationAnalysis iteration) {
        return iteration.devices().stream().map(DeviceAnalysis::idleNs).reduce(CauseTimes.NONE, CauseTimes::plus);
    }

    private static void assertSpansMatchTotals(DeviceAnalysis device) {
        long[] sums = new long[Cause.values().length];
        long last = Long.MIN_VALUE;
        for (int i = 0; i < device.idle().size(); i++) {
            assertThat(device.idle().startNs(i)).isGreaterThanOrEqualTo(last);
            last = device.idle().endNs(i);
            sums[device.idle().cause(i).ordinal()] += last - device.idle().startNs(i);
        }
        assertThat(CauseTimes.of(sums)).isEqualTo(device.idleNs());
    }
}
