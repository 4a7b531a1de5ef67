package io.github.bubbletrace.cli;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.ModelParts;
import io.github.bubbletrace.simulation.NcclDetail;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values that are names of things in the library. */
final class KeyConverters {

    private KeyConverters() {}

    /** Names of schedules. */
    static final class OfSchedule implements ITypeConverter<ScheduleChoice> {
        @Override
        public ScheduleChoice convert(String text) {
            return known(text, ScheduleChoice.of(text), ScheduleChoice.all(), ScheduleChoice::key);
        }
    }

    /** Names of label styles. */
    static final class OfLabels implements ITypeConverter<Labels> {
        @Override
        public Labels convert(String text) {
            return known(text, Labels.of(text), Arrays.stream(Labels.values()), Labels::key);
        }
    }

    /** Names of what NCCL says. */
    static final class OfNccl implements ITypeConverter<NcclDetail> {
        @Override
        public NcclDetail convert(String text) {
            return known(text, NcclDetail.of(text), Arrays.stream(NcclDetail.values()), NcclDetail::key);
        }
    }

    /** Names of receive modes. */
    static final class OfReceive implements ITypeConverter<Receive> {
        @Override
        public Receive convert(String text) {
            Optional<Receive> found = Arrays.stream(Receive.values())
                    .filter(mode -> key(mode).equals(text))
                    .findFirst();
            return known(text, found, Arrays.stream(Receive.values()), OfReceive::key);
        }

        private static String key(Receive mode) {
            return mode.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Weights of layers. */
    static final class OfLayers implements ITypeConverter<ModelParts> {
        @Override
        public ModelParts convert(String text) {
            try {
                return ModelParts.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static <T> T known(String text, Optional<T> found, Stream<T> all, Function<T, String> key) {
        return found.orElseThrow(() -> new TypeConversionException(
                "'" + text + "' is none of " + all.map(key).collect(Collectors.joining(", "))));
    }
}
