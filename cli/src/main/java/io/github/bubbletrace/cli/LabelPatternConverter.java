package io.github.bubbletrace.cli;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a label pattern; it must at least name the micro-batch. */
final class LabelPatternConverter implements ITypeConverter<Pattern> {

    private static final String MICRO_BATCH = "(?<mb>";

    @Override
    public Pattern convert(String regex) {
        if (!regex.contains(MICRO_BATCH)) {
            throw new TypeConversionException("'" + regex + "' has no group named mb for the micro-batch, as in "
                    + "'(?<phase>fwd|bwd)_(?<mb>\\d+)'");
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new TypeConversionException("'" + regex + "' is no regular expression: " + e.getDescription()
                    + " at character " + e.getIndex());
        }
    }
}
