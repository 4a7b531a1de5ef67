package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.join.EndGroups;
import io.github.bubbletrace.pipeline.unlabelled.join.Joining;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What transfers do where stages take turns, whoever their other sides are. When receives are posted, and whether stages
 * compute what they neither received nor send, is not known: each is tried.
 */
final class StageRoles {

    /** How much later than its send a receive may start that was posted ahead, on one clock. */
    private static final long LATE_NS = 1_000;

    private final List<DeviceWork> works;
    private final Operations operations;
    private final long errorNs;
    private final LaunchOrder order;
    private final EndGroups moments;
    private final boolean[] isEnd;
    private final List<int[]> known = new ArrayList<>();
    private final List<SilentWays.Way> knownWays = new ArrayList<>();

    private StageRoles(List<DeviceWork> works, Operations operations, long errorNs) {
        this.works = works;
        this.operations = operations;
        this.errorNs = errorNs;
        order = LaunchOrder.of(works, operations, row -> true);
        moments = Moments.of(operations, errorNs);
        isEnd = ends();
    }

    /**
     * For each way to take turns what it leaves, the same way always the same object; where it leaves nothing, one that says
     * why.
     *
     * @param operations not joined yet
     */
    static List<List<SilentWays.Way>> of(List<DeviceWork> works, Operations operations, long errorNs) {
        StageRoles roles = new StageRoles(works, operations, errorNs);
        List<List<SilentWays.Way>> choices = new ArrayList<>();
        choices.add(roles.ways(roles.ahead(), true));
        if (IntStream.range(0, roles.isEnd.length).allMatch(device -> roles.isEnd[device])) {
            choices.add(roles.ways(roles.pairs(), false));
        }
        for (boolean idles : new boolean[] {false, true}) {
            choices.add(roles.ways(roles.stages(idles), false));
        }
        return choices;
    }

    /** Stages between others have the most transfers; where all devices have as many there are no others. */
    private boolean[] ends() {
        int[] sizes = IntStream.range(0, works.size()).map(order::size).toArray();
        int most = Arrays.stream(sizes).max().orElse(0);
        boolean isEven = Arrays.stream(sizes).allMatch(size -> size == most || size == 0);
        boolean[] ends = new boolean[sizes.length];
        for (int device = 0; device < ends.length; device++) {
            ends[device] = isEven || sizes[device] < most;
        }
        return ends;
    }

    private List<List<TurnRules>> ahead() {
        return IntStream.range(0, works.size())
                .mapToObj(d -> List.<TurnRules>of(new AheadTurns(works.get(d), order, operations, d, isEnd[d])))
                .toList();
    }

    private List<List<TurnRules>> stages(boolean idles) {
        return IntStream.range(0, works.size())
                .mapToObj(d -> List.<TurnRules>of(new StageTurns(works.get(d), order, operations, d, isEnd[d], idles)))
                .toList();
    }

    private List<List<TurnRules>> pairs() {
        return IntStream.range(0, works.size())
                .mapToObj(d -> List.<TurnRules>copyOf(PairTurns.of(works.get(d), order, d)))
                .toList();
    }

    private List<SilentWays.Way> ways(List<List<TurnRules>> rules, boolean isAhead) {
        try {
            MomentBalance balance = new MomentBalance(operations, moments, isAhead, LATE_NS + errorNs);
            return new RoleWays(order, rules, balance, operations)
                    .all().stream().map(this::way).toList();
        } catch (NoPipelineException e) {
            return List.of(() -> {
                throw e;
            });
        }
    }

    private SilentWays.Way way(int[] kinds) {
        for (int i = 0; i < known.size(); i++) {
            if (Arrays.equals(known.get(i), kinds)) {
                return knownWays.get(i);
            }
        }
        known.add(kinds);
        knownWays.add(() -> directed(kinds));
        return knownWays.get(known.size() - 1);
    }

    private SilentWays.Directed directed(int[] kinds) {
        Operations directed = operations.copy();
        for (int row = 0; row < kinds.length; row++) {
            directed.say(row, kinds[row] == TurnRules.OUT ? Operations.Role.SEND : Operations.Role.RECEIVE);
        }
        Joining.byEnds(works, directed, errorNs);
        return new SilentWays.Directed(directed, Joining.share(directed), SilentWays.IN_TURN);
    }
}
