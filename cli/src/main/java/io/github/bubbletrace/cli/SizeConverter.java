package io.github.bubbletrace.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size with its unit, as {@code 10MB} or {@code 1.5MiB}, into whole bytes; without a unit they are bytes. */
final class SizeConverter implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)([a-z]*)");
    private static final Map<String, Long> BYTES = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches() || !BYTES.containsKey(size.group(2))) {
            throw new TypeConversionException("'" + text + "' is no size: write a number and kB, MB or GB, as 10MB");
        }
        return new BigDecimal(size.group(1))
                .multiply(BigDecimal.valueOf(BYTES.get(size.group(2))))
                .longValue();
    }
}
