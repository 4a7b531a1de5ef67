package io.github.bubbletrace.cli;

import io.github.bubbletrace.format.TimeUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a unit of time. */
final class TimeUnitConverter implements ITypeConverter<TimeUnit> {

    @Override
    public TimeUnit convert(String word) {
        return TimeUnit.named(word)
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is no unit of time: ns, us, ms or s"));
    }
}
