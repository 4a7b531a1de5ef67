package io.github.bubbletrace.reports.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.SampleAnalyses;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalReportTest {

    @Test
    void verdictTableFindingsWarningsFiles() {
        assertThat(text(SampleAnalyses.pipeline()))
                .contains("""
                        1f1b, 4 stages, 8 micro-batches, 3 iterations, median window 41.3 ms (% of the window)
                          stage  device      busy  fill  drain  turnaround  imbalance  host
                          0      rank0:gpu0  56.6     -      -        21.8       20.1   1.5
                          1      rank1:gpu0  56.6   2.4    4.8        14.5       17.8   3.9
                          2      rank2:gpu0  56.6   4.8    9.7         7.3       20.1   1.5
                          3      rank3:gpu0  76.3   7.3   14.6           -        0.3   1.5
                        """)
                .contains("high  Stage 3 takes 1.34 times the median stage (gain 14.9 %, 6.30 ms an iteration)")
                .contains("1 warning\n  info  24 x Kernels whose API call is not in the trace.")
                .endsWith("Wrote out/report.html\n");
    }

    @Test
    void rowsSumToTheWhole() {
        text(SampleAnalyses.pipeline())
                .lines()
                .filter(line -> line.contains(":gpu0"))
                .forEach(line -> {
                    double sum = Arrays.stream(line.strip().split(" +"))
                            .skip(2)
                            .filter(cell -> !cell.equals("-"))
                            .mapToDouble(Double::parseDouble)
                            .sum();
                    assertThat(sum).isBetween(99.95, 100.05);
                });
    }

    @Test
    void devicesWhereNoPipelineIs() {
        assertThat(text(SampleAnalyses.noPipeline())).contains("rank0:gpu0  80.0            5.0  15.0");
    }

    @Test
    void hostileNamesStayOnTheirLine() {
        String text = text(SampleAnalyses.hostile());
        assertThat(text).doesNotContain("\u0007", "\u202E", "\uD800");
        assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThan(1500);
    }

    private static String text(Analysis analysis) {
        return TerminalReport.text(analysis, List.of(Path.of("out/report.html")));
    }
}
