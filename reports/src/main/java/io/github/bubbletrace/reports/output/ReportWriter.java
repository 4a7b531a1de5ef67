package io.github.bubbletrace.reports.output;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.output.ReportFile.Need;
import io.github.bubbletrace.reports.perfetto.PerfettoTrace;
import io.github.bubbletrace.reports.picture.Fonts;
import io.github.bubbletrace.reports.picture.PictureFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes reports so that a reader sees the old file or the whole new one: first every file is written beside its place,
 * then all are moved there.
 */
public final class ReportWriter {

    private static final String NO_FONT = "The PNG pictures are left out: Java finds no usable font on this machine;"
            + " install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core.";

    private final Path folder;
    private final Analysis analysis;
    private final RunInfo run;
    private final Map<Path, Replacement.Content> planned = new LinkedHashMap<>();
    private final List<Path> outdated = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ReportWriter(Path folder, Analysis analysis, RunInfo run) {
        this.folder = folder;
        this.analysis = analysis;
        this.run = run;
    }

    /**
     * Begins to load, on a thread of its own, what writing {@code outputs} needs: the first letter that Java draws takes
     * longer than all pictures after it, and the analysis leaves a core free now and then.
     */
    public static void warmUp(Set<Output> outputs) {
        if (outputs.contains(Output.PNG)) {
            Thread loader = new Thread(Fonts::areUsable, "bubbletrace-fonts");
            loader.setDaemon(true);
            loader.start();
        }
    }

    /**
     * What was written.
     *
     * @param files the files, in the order of the outputs
     * @param notes what was left out and why, one sentence each
     */
    public record Written(List<Path> files, List<String> notes) {}

    /**
     * Writes {@code outputs} into {@code folder}, which is created where it is missing. A picture that this analysis
     * does not have is removed from the folder: it would be another run's.
     *
     * @throws IOException where the folder or a file cannot be written; files not yet replaced stay as they were
     */
    public static Written write(Path folder, Analysis analysis, RunInfo run, Set<Output> outputs) throws IOException {
        Files.createDirectories(folder);
        ReportWriter writer = new ReportWriter(folder, analysis, run);
        outputs.forEach(writer::plan);
        try (Replacements replacements = Replacements.prepare(writer.planned)) {
            replacements.commit();
        }
        for (Path path : writer.outdated) {
            if (Files.isRegularFile(path)) {
                Files.delete(path);
            }
        }
        return new Written(List.copyOf(writer.planned.keySet()), List.copyOf(writer.notes));
    }

    /**
     * Replaces {@code file} by {@code text} in UTF-8, all at once. A link is followed; a pipe or device is written to.
     *
     * @throws IOException where it cannot be written; an older file stays as it was
     */
    public static void replace(Path file, String text) throws IOException {
        replaceBy(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Replaces {@code file} by the run as a Chrome trace, kernels included, all at once.
     *
     * @throws IOException where it cannot be written; an older file stays as it was
     */
    public static void replaceByPerfetto(Path file, Analysis analysis) throws IOException {
        replaceBy(file, out -> PerfettoTrace.write(analysis, out));
    }

    private static void replaceBy(Path file, Replacement.Content content) throws IOException {
        try (Replacement replacement = Replacement.of(file, content)) {
            replacement.commit();
        }
    }

    private void plan(Output output) {
        boolean drawable = PictureFacts.hasPicture(analysis);
        for (ReportFile file : output.files()) {
            Path path = folder.resolve(file.name());
            if (file.need() != Need.NOTHING && !drawable) {
                outdated.add(path);
            } else if (file.need() == Need.PIPELINE_AND_FONT && !Fonts.areUsable()) {
                outdated.add(path);
                if (!notes.contains(NO_FONT)) {
                    notes.add(NO_FONT);
                }
            } else {
                planned.put(path, out -> file.content().write(analysis, run, out));
            }
        }
    }
}
