package io.github.bubbletrace.cli;

import io.github.bubbletrace.IterationSelection;
import io.github.bubbletrace.pipeline.fleet.Layout;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values with a small grammar of their own. */
final class OptionConverters {

    private OptionConverters() {}

    /** Conditions such as {@code bubble>0.30}. */
    static final class OfCondition implements ITypeConverter<Condition> {
        @Override
        public Condition convert(String text) {
            return misuse(text, Condition::parse);
        }
    }

    /** Layouts such as {@code tp=4,pp=8,dp=2,order=tp-dp-pp}. */
    static final class OfLayout implements ITypeConverter<Layout> {
        @Override
        public Layout convert(String text) {
            return misuse(text, LayoutText::parse);
        }
    }

    /** Ranges such as {@code 3:10}. */
    static final class OfRange implements ITypeConverter<IterationSelection> {

        private static final Pattern RANGE = Pattern.compile("(\\d{1,9})?(:)?(\\d{1,9})?");

        @Override
        public IterationSelection convert(String text) {
            return misuse(text, OfRange::range);
        }

        private static IterationSelection range(String text) {
            Matcher range = RANGE.matcher(text);
            if (!range.matches() || (range.group(1) == null && range.group(3) == null)) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no range: write 3:10 (3 to 9), 3:, :10 or one number");
            }
            IterationSelection all = IterationSelection.ALL;
            int from = range.group(1) == null ? all.from() : Integer.parseInt(range.group(1));
            int to = range.group(3) == null ? all.to() : Integer.parseInt(range.group(3));
            return all.within(from, range.group(2) == null ? from + 1 : to);
        }
    }

    private static <T> T misuse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
