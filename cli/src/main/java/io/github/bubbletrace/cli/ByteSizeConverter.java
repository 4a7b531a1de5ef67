package io.github.bubbletrace.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes such as {@code 1.5GB} (powers of a thousand) and {@code 80GiB} (powers of 1024), in bytes. */
final class ByteSizeConverter implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([kKmMgGtT]?)(i?)[bB]?");
    private static final String POWERS = "kmgt";

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches() || (size.group(2).isEmpty() && !size.group(3).isEmpty())) {
            throw new TypeConversionException("'" + text + "' is no size such as 1.5GB, 80GiB or 1000000");
        }
        int power = POWERS.indexOf(size.group(2).toLowerCase(Locale.ROOT)) + 1;
        BigDecimal unit = BigDecimal.valueOf(size.group(3).isEmpty() ? 1000 : 1024)
                .pow(size.group(2).isEmpty() ? 0 : power);
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(unit).setScale(0, RoundingMode.HALF_UP);
        if (bytes.toBigInteger().bitLength() > 62) {
            throw new TypeConversionException("'" + text + "' is more than any memory");
        }
        return bytes.longValueExact();
    }
}
