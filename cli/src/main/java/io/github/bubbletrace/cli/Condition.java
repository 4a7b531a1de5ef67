package io.github.bubbletrace.cli;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Totals;
import io.github.bubbletrace.attribution.Cause;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound on one share of a replica, as {@code bubble>0.30}.
 *
 * @param quantity name of the share
 * @param comparison how it is compared
 * @param bound what it is compared with, from 0 to 1
 * @param text the condition as the user wrote it
 */
record Condition(String quantity, Comparison comparison, double bound, String text) {

    private static final Pattern FORM = Pattern.compile("\\s*(\\w+)\\s*(>=|<=|>|<)\\s*(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*");

    private static final Map<String, Function<Totals, Double>> QUANTITIES = quantities();

    /** An operator. */
    enum Comparison {
        ABOVE(">"),
        AT_LEAST(">="),
        BELOW("<"),
        AT_MOST("<=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        static Comparison of(String sign) {
            return Arrays.stream(values())
                    .filter(comparison -> comparison.sign.equals(sign))
                    .findFirst()
                    .orElseThrow();
        }

        boolean holds(double value, double bound) {
            return switch (this) {
                case ABOVE -> value > bound;
                case AT_LEAST -> value >= bound;
                case BELOW -> value < bound;
                case AT_MOST -> value <= bound;
            };
        }
    }

    /**
     * The condition that {@code text} says.
     *
     * @throws IllegalArgumentException where it says none, with what is wrong
     */
    static Condition parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no condition: write one as bubble>0.30");
        }
        String quantity = form.group(1);
        if (!QUANTITIES.containsKey(quantity)) {
            throw new IllegalArgumentException(
                    "'" + quantity + "' is none of " + String.join(", ", QUANTITIES.keySet()));
        }
        double bound = Double.parseDouble(form.group(3));
        if (bound > 1) {
            throw new IllegalArgumentException("in '" + text + "' the bound is above 1: shares run from 0 to 1");
        }
        return new Condition(quantity, Comparison.of(form.group(2)), bound, text.strip());
    }

    /** The share in {@code replica}; empty where it is not known. */
    OptionalDouble value(PipelineAnalysis replica) {
        if (replica.totals().windowNs() == 0) {
            return OptionalDouble.empty();
        }
        Double value = QUANTITIES.get(quantity).apply(replica.totals());
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    boolean holds(double value) {
        return comparison.holds(value, bound);
    }

    private static Map<String, Function<Totals, Double>> quantities() {
        Map<String, Function<Totals, Double>> quantities = new LinkedHashMap<>();
        quantities.put("bubble", Totals::bubble);
        for (Cause cause : Cause.values()) {
            quantities.put(cause.key(), totals -> share(totals, cause));
        }
        quantities.put("boundaryIdle", Totals::boundaryIdle);
        quantities.put("predictionError", Totals::predictionError);
        return quantities;
    }

    /** Of the window of all devices. */
    private static double share(Totals totals, Cause cause) {
        long deviceTimeNs = totals.busyNs() + totals.idleNs().total();
        return (double) totals.idleNs().get(cause) / Math.max(1, deviceTimeNs);
    }
}
