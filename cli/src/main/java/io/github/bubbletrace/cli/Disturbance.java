package io.github.bubbletrace.cli;

import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.simulation.Link;
import io.github.bubbletrace.simulation.SimulationBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One option value of {@code simulate} that makes the run less than perfect. */
interface Disturbance {

    /** Plants it. */
    void plant(SimulationBuilder run);

    /** What it makes every link's transfers take, in nanoseconds; 0 where it does not speak of every link. */
    default long everyLinkNs() {
        return 0;
    }

    /** A number of up to six digits. */
    String NUMBER = "(\\d{1,6})";

    /** {@code stage=2:1.3}. */
    final class OfImbalance implements ITypeConverter<Disturbance> {
        private static final Pattern FORM = Pattern.compile("stage=" + NUMBER + ":(\\d+(?:\\.\\d+)?)");

        @Override
        public Disturbance convert(String text) {
            Matcher found = match(FORM, text, "stage=2:1.3");
            int stage = Integer.parseInt(found.group(1));
            double factor = Double.parseDouble(found.group(2));
            return run -> run.imbalance(stage, factor);
        }
    }

    /** {@code 20us} or {@code stage=1:20us}. */
    final class OfHost implements ITypeConverter<Disturbance> {
        private static final Pattern FORM = Pattern.compile("(?:stage=" + NUMBER + ":)?(.*)");

        @Override
        public Disturbance convert(String text) {
            Matcher found = match(FORM, text, "stage=1:20us");
            long ns = new DurationConverter().convert(found.group(2));
            if (found.group(1) == null) {
                return run -> run.host(ns);
            }
            int stage = Integer.parseInt(found.group(1));
            return run -> run.host(stage, ns);
        }
    }

    /** {@code 100us} or {@code 1-2:1ms}. */
    final class OfTransfer implements ITypeConverter<Disturbance> {
        private static final Pattern FORM = Pattern.compile("(?:" + NUMBER + "-" + NUMBER + ":)?(.*)");

        @Override
        public Disturbance convert(String text) {
            Matcher found = match(FORM, text, "1-2:1ms");
            long ns = new DurationConverter().convert(found.group(3));
            if (found.group(1) == null) {
                return new OfEveryLink(ns);
            }
            Link link = Link.between(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
            return run -> run.transfer(link, ns);
        }
    }

    /** {@code it=0:F:stage=2:mb=3:8}. */
    final class OfStraggler implements ITypeConverter<Disturbance> {
        private static final Pattern FORM = Pattern.compile(
                "it=" + NUMBER + ":([FBWRPDVS]):stage=" + NUMBER + ":mb=" + NUMBER + ":(\\d+(?:\\.\\d+)?)");

        @Override
        public Disturbance convert(String text) {
            Matcher found = match(FORM, text, "it=0:F:stage=2:mb=3:8");
            Phase phase = Phase.valueOf(found.group(2));
            Action action = new Action(phase, Integer.parseInt(found.group(3)), Integer.parseInt(found.group(4)));
            double factor = Double.parseDouble(found.group(5));
            return run -> run.straggler(Integer.parseInt(found.group(1)), action, factor);
        }
    }

    /** {@code rank=1:3ms} or {@code rank=1:3ms+20ppm}. */
    final class OfClockSkew implements ITypeConverter<Disturbance> {
        private static final Pattern FORM =
                Pattern.compile("rank=" + NUMBER + ":([^+]*?)(?:([+-]\\d{1,4}(?:\\.\\d+)?)ppm)?");

        @Override
        public Disturbance convert(String text) {
            Matcher found = match(FORM, text, "rank=1:3ms+20ppm");
            int rank = Integer.parseInt(found.group(1));
            long ns = DurationConverter.signedNs(found.group(2));
            double ppm = found.group(3) == null ? 0 : Double.parseDouble(found.group(3));
            return run -> run.clockSkew(rank, ns, ppm);
        }
    }

    /** One transfer time for all links. */
    record OfEveryLink(long everyLinkNs) implements Disturbance {
        @Override
        public void plant(SimulationBuilder run) {
            run.transfer(everyLinkNs);
        }
    }

    private static Matcher match(Pattern form, String text, String example) {
        Matcher matcher = form.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not of the form " + example);
        }
        return matcher;
    }
}
