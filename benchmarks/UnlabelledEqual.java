import io.github.bubbletrace.AnalysisDifference;
import io.github.bubbletrace.StrippedRun;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Warning;
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

    /** Seeds that follow each other begin alike. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int LONGEST = 240;

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
        System.out.printf("%-12s %-10s", "kind", "receives");
        Count[] sums = new Count[Form.values().length];
        for (Form form : Form.values()) {
            sums[form.ordinal()] = new Count();
            System.out.printf(" %14s", form.title);
        }
        System.out.println("   (equal / abstained / wrong)");
        for (ScheduleKind kind : KINDS) {
            for (Receive receive : Receive.values()) {
                Count[] counts = new Count[Form.values().length];
                for (Form form : Form.values()) {
                    counts[form.ordinal()] = new Count();
                }
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
        print("wrong", wrong);
        print("abstained", abstentions);
        return wrong.isEmpty();
    }

    private void compare(ScheduleKind kind, Receive receive, int number, Count[] counts)
            throws IOException, SQLException {
        long seed = SPREAD * ((kind.ordinal() * 3L + receive.ordinal()) * 1_000_003 + number + 1);
        Random random = new Random(seed);
        StrippedRun run = StrippedRun.draw(kind, receive, random);
        boolean isJson = random.nextBoolean();
        Path files = Files.createDirectory(folder.resolve("run"));
        Analysis labelled = run.labelled(files);
        for (Form form : Form.values()) {
            String what = kind.key() + " " + word(receive) + " " + form.title + " " + number + ": ";
            NcclDetail nccl = form == Form.PAYLOAD && isJson ? NcclDetail.JSON : form.nccl;
            Analysis bare = run.bare(nccl, files);
            Optional<String> refusal = refusal(bare);
            Optional<String> difference = AnalysisDifference.of(bare, labelled);
            Count count = counts[form.ordinal()];
            if (labelled.pipelines().size() == 1 && difference.isEmpty()) {
                count.equal++;
            } else if (bare.pipelines().isEmpty() && refusal.isPresent()) {
                count.abstained++;
                abstentions.add(what + refusal.get());
            } else {
                count.wrong++;
                wrong.add(what + difference.orElse("no pipeline with labels"));
            }
        }
        delete(files);
    }

    private static Optional<String> refusal(Analysis analysis) {
        return analysis.warnings().stream()
                .filter(warning -> warning.code().equals("no-structure"))
                .map(Warning::text)
                .findFirst();
    }

    private static String word(Receive receive) {
        return switch (receive) {
            case PREPOSTED -> "pre-posted";
            case SERIAL -> "serial";
            case BLOCKING -> "blocking";
        };
    }

    private static void print(String kind, String receives, Count[] counts) {
        System.out.printf(Locale.ROOT, "%-12s %-10s", kind, receives);
        for (Count count : counts) {
            System.out.printf(" %14s", count);
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
