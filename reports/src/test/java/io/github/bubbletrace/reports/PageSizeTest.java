package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Deferred;
import io.github.bubbletrace.analysis.Details;
import io.github.bubbletrace.reports.page.HtmlReport;
import io.github.bubbletrace.reports.page.KernelData;
import io.github.bubbletrace.reports.page.TimelineData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No page is larger than wanted, and what it leaves out is said. */
class PageSizeTest {

    private static final Analysis MANY = new Analysis(
            List.of(),
            List.of(SamplePipeline.of(0, 8, 64, 12).pipeline()),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Deferred.of(null),
            Details.NONE);

    private static final int WHOLE = size(RunInfo.DEFAULT_MAX_PAGE_BYTES);

    @ParameterizedTest(name = "{0} % of the whole page's timeline")
    @ValueSource(ints = {95, 75, 50})
    void smallerPagesHoldFewerIterationsInFullAndSaySo(int percent) {
        int timeline = TimelineData.whole(MANY).text().length();
        long max = WHOLE - (long) timeline * (100 - percent) / 100;
        String page = page(max);
        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo((int) max);
        assertThat(page)
                .containsPattern("To keep the page small, \\d+ of 12 iterations hold every span")
                .contains("id=\"timeline-data\"");
    }

    @Test
    void roomForEverythingIsUsed() {
        assertThat(page(WHOLE))
                .isEqualTo(page(RunInfo.DEFAULT_MAX_PAGE_BYTES))
                .doesNotContain("To keep the page small");
    }

    @Test
    void withoutRoomForTheTimelineThePageSaysSo() {
        long max = (long) WHOLE - TimelineData.whole(MANY).text().length() + 1200;
        assertThat(page(max)).contains("The timeline is left out").doesNotContain("id=\"timeline-data\"");
    }

    @Test
    void whatCannotBeMadeSmallerIsRefused() {
        assertThatThrownBy(() -> page(20_000))
                .isInstanceOf(PageSizeException.class)
                .hasMessageContaining("of which 20000 are allowed");
    }

    @Test
    void aTypicalPageStaysUnderTwoMegabytes() {
        Analysis typical = new Analysis(
                List.of(),
                List.of(SamplePipeline.of(0, 8, 32, 20).pipeline()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Deferred.of(null),
                Details.NONE);
        assertThat(HtmlReport.page(typical, SampleAnalyses.RUN).length()).isLessThan(2_000_000);
    }

    /** 12 iterations of 8 stages, 128 tasks each: two of them are asked for, with so many kernels in each task. */
    @ParameterizedTest(name = "{0} kernels in each task")
    @ValueSource(ints = {2, 20, 300})
    void kernelsTakeAnEighthOfThePageAtMostAndItSaysWhichTheyAre(int perTask) {
        Analysis analysis = SampleDetails.on(MANY, perTask, "relu");
        long max = 8L * 60_000;
        KernelData kernels = KernelData.within(analysis, max / 8);
        assertThat(kernels.text().length()).isLessThanOrEqualTo((int) max / 8).isGreaterThan(1000);
        assertThat(kernels.note())
                .contains("the page holds")
                .containsPattern(
                        perTask == 2
                                ? "kernels of iterations \\d+ and \\d+ \\(the median and the longest one\\)"
                                : "in the middle of iteration \\d+; --max-size gives it room for more|kernels of iteration \\d+ ");
    }

    @Test
    void thereIsNoRoomForASingleKernel() {
        Analysis analysis = SampleDetails.on(MANY, 300, "relu" + "x".repeat(5000));
        assertThat(KernelData.within(analysis, 100)).isEqualTo(KernelData.LEFT_OUT);
        assertThat(KernelData.within(MANY, 100)).isEqualTo(KernelData.NONE);
    }

    private static String page(long max) {
        return HtmlReport.page(MANY, new RunInfo("1.2.3", "bubbletrace analyze", max));
    }

    private static int size(long max) {
        return page(max).getBytes(StandardCharsets.UTF_8).length;
    }
}
