package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.ScheduleKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads changes as users write them: {@code microbatches=32}, {@code stage:3=mean}, several joined by +. */
final class ChangeParser {

    private static final String NUMBER = "([1-9]\\d{0,5})";
    private static final String STAGE = "(\\d{1,5})";
    private static final String SHARE = "(\\d{1,3}(?:\\.\\d{1,9})?)";

    /** One spelling. */
    private record Form(String example, Pattern pattern, Function<MatchResult, JobChange> change) {}

    private static final List<Form> FORMS = List.of(
            form("microbatches=32", "microbatches=" + NUMBER, m -> MicroBatches.ofSameSize(number(m, 1))),
            form(
                    "microbatches=32@batch",
                    "microbatches=" + NUMBER + "@batch",
                    m -> MicroBatches.ofSameBatch(number(m, 1))),
            form("schedule=interleaved:2", "schedule=([a-z0-9-]+)(?::([1-9]\\d?))?", ChangeParser::schedule),
            form("stage:3=mean", "stage:" + STAGE + "=mean", m -> StageAtMean.of(number(m, 1))),
            form("balanced", "balanced", m -> StageAtMean.all()),
            form("device:rank5=median", "device:(.+)=median", m -> new DeviceAtMedian(m.group(1))),
            form(
                    "link:0-1=median",
                    "link:" + STAGE + "-" + STAGE + "=median",
                    m -> new LinkAtMedian(number(m, 1), number(m, 2))),
            form("transfers=0", "transfers=" + SHARE, m -> new ScaledTransfers(share(m, 1))),
            form("transfers=overlapped", "transfers=overlapped", m -> new OverlappedTransfers()),
            form("host=0", "host=" + SHARE, m -> PromptHost.everywhere(share(m, 1))),
            form("host:1=0", "host:" + STAGE + "=" + SHARE, m -> PromptHost.on(number(m, 1), share(m, 2))),
            form("inflight=4", "inflight=" + NUMBER, m -> new BatchesInFlight(number(m, 1))),
            form("continuous", "continuous", m -> new ContinuousBatching()),
            form(
                    "speculate=4@0.7",
                    "speculate=(\\d{1,2})@" + SHARE + "(?::" + SHARE + ")?",
                    m -> new Speculation(
                            number(m, 1), share(m, 2), m.group(3) == null ? Speculation.DRAFT_SHARE : share(m, 3))),
            form("stages=8", "stages=" + NUMBER, m -> Stages.of(number(m, 1))),
            form(
                    "stages=4@tp:200us",
                    "stages=" + NUMBER + "@tp(?::(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|ms|s))?",
                    m -> Stages.againstTensorParallelism(number(m, 1), m.group(2) == null ? 0 : time(m))),
            form("layers=7,9,9,7", "layers=(\\d{1,4}(?:,\\d{1,4}){1,4095})", m -> LayerCounts.of(m.group(1))),
            form("recompute=full", "recompute=full", m -> Recompute.in(1)),
            form("recompute=4", "recompute=" + NUMBER, m -> Recompute.in(number(m, 1))),
            form("recompute=none", "recompute=none", m -> Recompute.none()));

    private ChangeParser() {}

    /**
     * The changes that {@code text} joins.
     *
     * @throws RefusedChangeException where a part is no change
     */
    static List<JobChange> parse(String text) {
        List<JobChange> changes = new ArrayList<>();
        for (String part : text.strip().split("\\+", -1)) {
            changes.add(one(part.strip()));
        }
        return changes;
    }

    private static JobChange one(String text) {
        for (Form form : FORMS) {
            Matcher matcher = form.pattern.matcher(text);
            if (matcher.matches()) {
                return form.change.apply(matcher);
            }
        }
        String key = text.replaceAll("[=:].*", "");
        String examples = FORMS.stream()
                .map(Form::example)
                .filter(example -> !key.isEmpty() && example.startsWith(key))
                .collect(Collectors.joining(", "));
        throw new RefusedChangeException(
                "'" + text + "' is no change",
                "write "
                        + (examples.isEmpty()
                                ? FORMS.stream().map(Form::example).collect(Collectors.joining(", "))
                                : examples));
    }

    private static Form form(String example, String regex, Function<MatchResult, JobChange> change) {
        return new Form(example, Pattern.compile(regex), change);
    }

    private static JobChange schedule(MatchResult m) {
        ScheduleKind kind = ScheduleKind.of(m.group(1))
                .orElseThrow(() -> new RefusedChangeException(
                        "'" + m.group(1) + "' is no schedule",
                        "schedules are "
                                + Arrays.stream(ScheduleKind.values())
                                        .map(ScheduleKind::key)
                                        .collect(Collectors.joining(", "))));
        return new OtherSchedule(kind, m.group(2) == null ? 0 : number(m, 2));
    }

    private static int number(MatchResult m, int group) {
        return Integer.parseInt(m.group(group));
    }

    private static double share(MatchResult m, int group) {
        return Double.parseDouble(m.group(group));
    }

    private static long time(MatchResult m) {
        int zeros = switch (m.group(3)) {
            case "ns" -> 0;
            case "us" -> 3;
            case "ms" -> 6;
            default -> 9;
        };
        return new BigDecimal(m.group(2))
                .movePointRight(zeros)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
