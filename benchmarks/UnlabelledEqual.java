import io.github.bubbletrace.AnalysisDifference;
import io.github.bubbletrace.RunBeside;
import io.github.bubbletrace.RunBeside.Beside;
import io.github.bubbletrace.StrippedRun;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.simulation.NcclDetail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Analyses simulated runs with labels and without, and counts for each kind, way of receiving and form of kernels how many are
 * equal, how many are abstained from and how many are wrong.
 */
final class UnlabelledEqual {

    private static final List<ScheduleKind> KINDS = List.of(
            ScheduleKind.NAIVE,
            ScheduleKind.GPIPE,
            ScheduleKind.ONE_F_ONE_B,
            ScheduleKind.INTERLEAVED,
            ScheduleKind.FORWARD,
            ScheduleKind.ZB_H1,
            ScheduleKind.DECODE);

    private static final String ROW = "%-14s %-10s";
    private static final String CELL = " %14s";

    /** Seeds that follow each other begin alike. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int LONGEST = 240;

    /** What all refusals begin with. */
    private static final String COMMON = "kernels and transfers alone show no pipeline either: ";

    /** Kinds of the runs with other traffic beside the pipeline. */
    private static final List<ScheduleKind> WITH_OTHERS =
            List.of(ScheduleKind.ONE_F_ONE_B, ScheduleKind.GPIPE, ScheduleKind.ZB_H1, ScheduleKind.DECODE);

    private enum Form {
        SAID("send/receive", NcclDetail.CALLS),
        PAYLOAD("payload", NcclDetail.PAYLOAD),
        SILENT("silent", NcclDetail.NONE);

        private final String title;
        private final NcclDetail nccl;

        Form(String title, NcclDetail nccl) {
            this.title = title;
            this.nccl = nccl;
        }
    }

    private static final class Count {
        private int equal;
        private int abstained;
        private int wrong;

        @Override
        public String toString() {
            return equal + " / " + abstained + " / " + wrong;
        }

        private void add(Count other) {
            equal += other.equal;
            abstained += other.abstained;
            wrong += other.wrong;
        }
    }

    private final Path folder;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> abstentions = new ArrayList<>();

    private UnlabelledEqual(Path folder) {
        this.folder = folder;
    }

    /** @param args how many runs of each kind and way of receiving, and the number of the first */
    public static void main(String[] args) throws IOException, SQLException {
        int runs = Integer.parseInt(args[0]);
        int first = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("unlabelled-equal-");
        try {
            System.exit(new UnlabelledEqual(folder).measure(first, first + runs) ? 0 : 1);
        } finally {
            delete(folder);
        }
    }

    private boolean measure(int from, int to) throws IOException, SQLException {
        head("kind", "receives");
        Count[] sums = counts();
        for (ScheduleKind kind : KINDS) {
            for (Receive receive : Receive.values()) {
                Count[] counts = counts();
                for (int run = from; run < to; run++) {
                    compare(kind, receive, run, counts);
                }
                print(kind.key(), word(receive), counts);
                for (Form form : Form.values()) {
                    sums[form.ordinal()].add(counts[form.ordinal()]);
                }
            }
        }
        print("all", "", sums);
        head("beside", "");
        for (Beside beside : Beside.values()) {
            Count[] counts = counts();
            for (int run = from; run < to; run++) {
                compare(beside, run, counts);
            }
            print(word(beside), "", counts);
        }
        print("wrong", wrong);
        print("abstained", abstentions);
        return wrong.isEmpty();
    }

    private void compare(ScheduleKind kind, Receive receive, int number, Count[] counts)
            throws IOException, SQLException {
        Random random = random(kind.ordinal() * 3L + receive.ordinal(), number);
        StrippedRun run = StrippedRun.draw(kind, receive, random);
        boolean isJson = random.nextBoolean();
        Path files = Files.createDirectory(folder.resolve("run"));
        Analysis labelled = run.labelled(files);
        for (Form form : Form.values()) {
            NcclDetail nccl = form == Form.PAYLOAD && isJson ? NcclDetail.JSON : form.nccl;
            String what = kind.key() + " " + word(receive) + " " + form.title + " " + number + ": ";
            count(run.bare(nccl, files), labelled, what, counts[form.ordinal()]);
        }
        delete(files);
    }

    private void compare(Beside beside, int number, Count[] counts) throws IOException, SQLException {
        Random random = random(1000 + beside.ordinal(), number);
        List<ScheduleKind> kinds = WITH_OTHERS.stream().filter(beside::isOf).toList();
        RunBeside run = RunBeside.draw(kinds.get(random.nextInt(kinds.size())), beside, random);
        Path files = Files.createDirectory(folder.resolve("run"));
        Analysis labelled = run.labelled(files);
        for (Form form : Form.values()) {
            String what = word(beside) + " " + form.title + " " + number + ": ";
            count(run.bare(form.nccl, files), labelled, what, counts[form.ordinal()]);
        }
        delete(files);
    }

    private void count(Analysis bare, Analysis labelled, String what, Count count) {
        Optional<String> refusal = refusal(bare);
        Optional<String> difference = AnalysisDifference.of(bare, labelled);
        if (labelled.pipelines().isEmpty()) {
            count.wrong++;
            wrong.add(what + "no pipeline with labels");
        } else if (difference.isEmpty()) {
            count.equal++;
        } else if (bare.pipelines().isEmpty() && refusal.isPresent()) {
            count.abstained++;
            abstentions.add(what + refusal.get());
        } else {
            count.wrong++;
            wrong.add(what + difference.get());
        }
    }

    private static Random random(long row, int number) {
        return new Random(SPREAD * (row * 1_000_003 + number + 1));
    }

    private static Count[] counts() {
        return Stream.of(Form.values()).map(form -> new Count()).toArray(Count[]::new);
    }

    private static Optional<String> refusal(Analysis analysis) {
        return analysis.warnings().stream()
                .filter(warning -> warning.code().equals("no-structure"))
                .map(warning -> warning.text().replace(COMMON, ""))
                .findFirst();
    }

    private static String word(Receive receive) {
        return switch (receive) {
            case PREPOSTED -> "pre-posted";
            case SERIAL -> "serial";
            case BLOCKING -> "blocking";
        };
    }

    private static String word(Beside beside) {
        return beside.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void head(String first, String second) {
        System.out.printf(ROW, first, second);
        for (Form form : Form.values()) {
            System.out.printf(CELL, form.title);
        }
        System.out.println("   (equal / abstained / wrong)");
    }

    private static void print(String kind, String receives, Count[] counts) {
        System.out.printf(ROW, kind, receives);
        for (Count count : counts) {
            System.out.printf(CELL, count);
        }
        System.out.println();
    }

    private static void print(String title, List<String> lines) {
        for (String line : lines) {
            System.out.println(title + ": " + (line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line));
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
