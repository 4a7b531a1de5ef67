package io.github.bubbletrace.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time with its unit, as {@code 1.5ms}, into whole nanoseconds, rounded half up. */
public final class DurationConverter implements ITypeConverter<Long> {

    private static final Pattern TIME = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,12})?)(ns|us|ms|s)|0");
    private static final Map<String, Long> UNIT_NS =
            Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);

    /** Ten years: the sum of many of them still fits. */
    private static final BigDecimal LONGEST_NS = BigDecimal.valueOf(315_576_000_000_000_000L);

    @Override
    public Long convert(String text) {
        long ns = signedNs(text);
        if (ns < 0) {
            throw new TypeConversionException("'" + text + "' is negative");
        }
        return ns;
    }

    /**
     * A time that may be negative, in nanoseconds.
     *
     * @throws TypeConversionException where {@code text} is no time
     */
    static long signedNs(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no time: write a number and ns, us, ms or s, as 1.5ms");
        }
        if (matcher.group(1) == null) {
            return 0;
        }
        BigDecimal ns = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(UNIT_NS.get(matcher.group(2))));
        if (ns.abs().compareTo(LONGEST_NS) > 0) {
            throw new TypeConversionException("'" + text + "' is longer than ten years");
        }
        return ns.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
