package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.reports.figures.Windows;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** Kernels and hosts below the tasks, asserted on the state that the timeline reports. */
class KernelsInBrowserTest {

    private static final int PER_TASK = 6;
    private static final Analysis ANALYSIS = SampleDetails.on(SampleAnalyses.pipeline(), PER_TASK, "vectorized_relu");
    private static final IterationAnalysis MEDIAN =
            Windows.median(ANALYSIS.pipelines().get(0));

    private static ChromeDriver browser;
    private static TimelinePage page;

    @BeforeAll
    static void open() throws IOException {
        page = new TimelinePage("kernels-timeline", ANALYSIS);
        browser = page.browser();
    }

    @AfterAll
    static void close() {
        if (page != null) {
            page.close();
        }
    }

    @BeforeEach
    void fresh() {
        load("");
    }

    private static void load(String hash) {
        page.load(hash);
        page.waitFor("return document.getElementById('timeline').dataset.kernels !== undefined");
    }

    private static String zoomed() {
        return "#t=" + MEDIAN.startNs() + ',' + (MEDIAN.startNs() + MEDIAN.windowNs() / 6);
    }

    /** Two iterations are held: 4 stages with 16 tasks each, and a send of every task but the last, which ends the window. */
    @Test
    void thePageHoldsTheKernelsOfTheMedianAndTheLongestIteration() {
        assertThat(page.number("kernels")).isEqualTo(2L * (4 * 16 * (PER_TASK + 1) - 1));
        assertThat(page.number("stops")).isEqualTo(2);
        assertThat(page.part("stage").getAttribute("hidden")).isNull();
        assertThat(browser.findElement(By.id("timeline")).getText())
                .contains("the page holds 894 kernels of iterations 1 and 2 (the median and the longest one)");
    }

    @Test
    void zoomingInShowsThemAndTheKeyHidesThem() {
        assertThat(shown()).doesNotContain("kernels").contains("tasks", "ideal", "host");
        page.press("w");
        page.press("w");
        page.press("w");
        assertThat(shown()).contains("kernels", "host");
        page.press("k");
        assertThat(shown()).doesNotContain("kernels", "host");
        assertThat(browser.findElement(By.cssSelector("[data-do=kernels]")).getAttribute("aria-pressed"))
                .isEqualTo("false");
        page.press("k");
        assertThat(shown()).contains("kernels");
    }

    @Test
    void pointingAtOneNamesItAndItsLaunch() {
        load(zoomed());
        pointAt("kernels");
        assertThat(page.text("hover")).startsWith("kernel.");
        assertThat(page.details())
                .contains("on stream 7.", "Its launch had begun 10.0 us before.", "rank0:gpu0 (stage 0)")
                .containsAnyOf("gemm_128x64_nn", "vectorized_relu");
    }

    @Test
    void theHostsLaneNamesPausesAndLaunches() {
        load("#t=" + MEDIAN.startNs() + ',' + (MEDIAN.startNs() + 10_000_000) + "&sel=stop.0");
        assertThat(page.text("selected")).isEqualTo("stop.0");
        assertThat(page.details())
                .contains("All threads of the host stood still: G1 Young vectorized_relu.", "2.00 ms");
        load("#t=" + MEDIAN.startNs() + ',' + (MEDIAN.startNs() + 10_000_000) + "&sel=launch.0");
        assertThat(page.details()).contains("Launch of ", "The kernel began 10.0 us later.");
    }

    @Test
    void searchFindsKernelsByNameAndReasonsOfStops() {
        assertThat(page.matches("vectorized_relu stage=2")).isEqualTo(2L * 16 * PER_TASK / 2);
        assertThat(page.matches("sendrecv")).isEqualTo(2L * (4 * 16 - 1));
        assertThat(page.matches("pause")).isEqualTo(1);
        page.search("gemm it=1 rank=3");
        page.press("n");
        assertThat(page.text("selected")).startsWith("kernel.");
        assertThat(shown()).contains("kernels");
        assertThat(page.details()).startsWith("gemm_128x64_nn, on stream 7.");
    }

    @Test
    void arrowKeysReachKernelsAndTheHost() {
        load(zoomed());
        page.press(Keys.ARROW_RIGHT);
        assertThat(page.text("selected")).startsWith("task.");
        page.press(Keys.ARROW_DOWN);
        String kernel = page.text("selected");
        assertThat(kernel).startsWith("kernel.");
        page.press(Keys.ARROW_RIGHT);
        assertThat(page.text("selected")).startsWith("kernel.").isNotEqualTo(kernel);
        page.press(Keys.ARROW_DOWN);
        assertThat(page.details()).contains("SendRecv");
        for (int i = 0; i < 3; i++) {
            page.press(Keys.ARROW_DOWN);
        }
        assertThat(page.text("selected")).startsWith("launch.");
        page.press(Keys.ARROW_DOWN);
        assertThat(page.details()).contains("stage 1");
    }

    @Test
    void theTableListsThem() {
        load(zoomed());
        browser.executeScript("arguments[0].open = true", page.part("window"));
        page.settle();
        assertThat(page.part("window").getText())
                .contains("rows of tasks and idle spans, kernels, what hosts did", "gemm_128x64_nn");
        page.press("k");
        page.settle();
        assertThat(page.part("window").getText()).doesNotContain("gemm_128x64_nn");
    }

    @Test
    void theAddressKeepsAChosenKernel() {
        load(zoomed());
        page.press(Keys.ARROW_RIGHT);
        page.press(Keys.ARROW_DOWN);
        page.waitFor("return location.hash.includes('sel=kernel.')");
        String selected = page.text("selected");
        String hash = (String) browser.executeScript("return location.hash");
        load(hash);
        assertThat(page.text("selected")).isEqualTo(selected);
        load("#t=0,5000000&sel=kernel.99999999&kernels=0");
        assertThat(page.text("selected")).isEmpty();
        assertThat(shown()).doesNotContain("kernels");
    }

    /** The kernels of every lane cover its tasks, to the nanosecond: the columns are read as they were written. */
    @Test
    void kernelsLieWhereTheirTasksAre() {
        DeviceAnalysis last = MEDIAN.devices().get(3);
        long end = last.tasks().endNs(last.tasks().size() - 1);
        load("#t=" + (end - 200_000) + ',' + (end + 100_000) + "&lanes=60");
        browser.executeScript("arguments[0].open = true", page.part("window"));
        page.settle();
        assertThat(page.part("rows").findElements(By.tagName("tr")).stream().map(WebElement::getText))
                .anyMatch(row -> row.contains("SendRecv") && row.contains(ms(end)) && row.endsWith(" 0.020000"));
    }

    private static String ms(long ns) {
        return String.format("%.6f", ns / 1e6);
    }

    private static String[] shown() {
        return Arrays.stream(page.text("shows").split(" ")).toArray(String[]::new);
    }

    /** Points a little right of the plot's left edge into the first lane's row of kernels. */
    private static void pointAt(String row) {
        WebElement stage = page.part("stage");
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        Object y = browser.executeScript("const height = 76, ruler = 26; return ruler + Math.round(height * 0.48)");
        new Actions(browser)
                .moveToElement(
                        stage, 140 - stage.getSize().width / 2, ((Long) y).intValue() - stage.getSize().height / 2)
                .perform();
        page.settle();
        assertThat(shown()).contains(row);
    }
}
