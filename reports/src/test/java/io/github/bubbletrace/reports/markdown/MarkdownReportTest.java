package io.github.bubbletrace.reports.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.SampleAnalyses;
import io.github.bubbletrace.reports.text.MarkdownText;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownReportTest {

    static Stream<Analysis> samples() {
        return Stream.of(
                SampleAnalyses.pipeline(),
                SampleAnalyses.large(),
                SampleAnalyses.twoReplicas(),
                SampleAnalyses.unresolved(),
                SampleAnalyses.noPipeline(),
                SampleAnalyses.empty(),
                SampleAnalyses.hostile());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fitsATicket(Analysis analysis) {
        String text = MarkdownReport.text(analysis, SampleAnalyses.RUN);
        assertThat(text.lines().count()).isLessThanOrEqualTo(40);
        assertThat(text).startsWith("**Pipeline verdict.** ").endsWith("(bubbletrace 1\\.2\\.3)\n".replace("\\", ""));
    }

    @Test
    void verdictTableFindingsQualityInputsCommand() {
        assertThat(MarkdownReport.text(SampleAnalyses.pipeline(), SampleAnalyses.RUN))
                .contains("""
                        | stage | device | busy | fill | drain | turnaround | imbalance | host |
                        |--:|---|--:|--:|--:|--:|--:|--:|
                        | 0 | rank0:gpu0 | **56.6** |  |  | 21.8 | 20.1 | 1.5 |
                        """)
                .contains("1. **high** Stage 3 takes 1.34 times the median stage. Gain 14.9 % (6.30 ms an iteration).")
                .contains("Data quality: **good**")
                .contains("Inputs: `traces/rank0.sqlite` and `traces/rank1.sqlite`")
                .contains("Command: `bubbletrace analyze rank0.sqlite`");
    }

    @Test
    void manyStagesAreCutToTheWorst() {
        assertThat(MarkdownReport.text(SampleAnalyses.large(), SampleAnalyses.RUN))
                .contains("the 12 of 64 devices with the most idle time beyond the schedule");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '$',
            value = {
                "a|b; a\\|b",
                "**x** _y_; \\*\\*x\\*\\* \\_y\\_",
                "<img src=x>; \\<img src=x\\>",
                "[a](b); \\[a\\](b)",
                "http://x.y; http\\:\\//x\\.y",
                "1.34 x; 1.34 x",
                "pre-post (a, b); pre-post (a, b)"
            })
    void markupStaysText(String text, String escaped) {
        assertThat(MarkdownText.escape(text)).isEqualTo(escaped);
    }

    @Test
    void nobodyIsMentionedAndNoLineBroken() {
        assertThat(MarkdownText.escape("@admin\n# x")).isEqualTo("@\u2060admin \\# x");
        assertThat(MarkdownText.code("a``b`")).isEqualTo("``` a``b` ```");
    }

    @Test
    void hostileTextIsHarmless() {
        String text = MarkdownReport.text(SampleAnalyses.hostile(), SampleAnalyses.RUN);
        assertThat(text).doesNotContain("\u202E", "\u0007").doesNotContainPattern("(?m)[^\\\\`]<(?!.*`)");
    }
}
