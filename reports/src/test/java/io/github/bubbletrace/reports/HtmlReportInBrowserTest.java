package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.compare.Comparison;
import io.github.bubbletrace.reports.compare.ComparisonPage;
import io.github.bubbletrace.reports.compare.ComparisonVerdict;
import io.github.bubbletrace.reports.compare.SavedReports;
import io.github.bubbletrace.reports.compare.SavedRun;
import io.github.bubbletrace.reports.json.JsonReport;
import io.github.bubbletrace.reports.page.HtmlReport;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

class HtmlReportInBrowserTest {

    private static final Path PAGES = Path.of("target", "pages").toAbsolutePath();
    private static final String RUN_AXE = "const done = arguments[arguments.length - 1];"
            + "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa'], resultTypes: ['violations']}).then("
            + "r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | '))));";

    private static ChromeDriver browser;

    static Stream<Arguments> pages() {
        Map<String, Analysis> samples = Map.of(
                "pipeline", SampleAnalyses.pipeline(),
                "kernels", SampleDetails.on(SampleAnalyses.pipeline(), 6, "relu"),
                "kernels-only", SampleDetails.onDevices(SampleAnalyses.noPipeline(), 500),
                "replicas", SampleAnalyses.twoReplicas(),
                "unresolved", SampleAnalyses.unresolved(),
                "no-pipeline", SampleAnalyses.noPipeline(),
                "empty", SampleAnalyses.empty(),
                "hostile", SampleDetails.on(SampleAnalyses.hostile(), 4, SampleAnalyses.HOSTILE + "y".repeat(10_000)));
        return samples.entrySet().stream()
                .flatMap(sample -> Stream.of("light", "dark")
                        .map(scheme -> Arguments.of(sample.getKey(), scheme, sample.getValue())));
    }

    @BeforeAll
    static void open() {
        browser = Browser.open();
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("pages")
    void isAccessibleSilentAndOffline(String name, String scheme, Analysis analysis) throws IOException {
        Path page = write(name, analysis);
        Browser.prefer(browser, scheme);
        requests();
        browser.get(page.toUri().toString());

        assertThat(requests()).singleElement().asString().contains(page.toUri().getPath());
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        browser.executeScript(axe());
        assertThat((List<?>) browser.executeAsyncScript(RUN_AXE)).isEmpty();
        assertThat(browser.findElement(By.tagName("main")).getText())
                .contains(PlainText.clean(Verdict.sentences(analysis).get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void comparisonsAreAccessibleSilentAndOfflineToo(String scheme) throws IOException {
        Comparison comparison = Comparison.of(saved(SampleAnalyses.hostile()), saved(SampleAnalyses.pipeline()));
        Files.createDirectories(PAGES);
        Path page = Files.writeString(
                PAGES.resolve("comparison.html"), ComparisonPage.page(comparison, SampleAnalyses.RUN));
        Browser.prefer(browser, scheme);
        requests();
        browser.get(page.toUri().toString());

        assertThat(requests()).singleElement().asString().contains(page.toUri().getPath());
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        browser.executeScript(axe());
        assertThat((List<?>) browser.executeAsyncScript(RUN_AXE)).isEmpty();
        assertThat(browser.findElement(By.tagName("main")).getText())
                .contains(ComparisonVerdict.sentences(comparison).get(0));
        assertThat(browser.findElements(By.cssSelector("img"))).isEmpty();
    }

    /** As Jenkins and mail programs show a page: the script and style neither run nor load. */
    @Test
    void theVerdictReadsWithoutScriptAndStyle() throws IOException {
        Path page = write("bare", SampleAnalyses.pipeline());
        String bare = Files.readString(page)
                .replaceAll("(?s)<(style|script)[ >].*?</\\1>", "")
                .replaceFirst("<meta http-equiv[^>]*>", "");
        Files.writeString(page, bare);
        browser.get(page.toUri().toString());
        String text = browser.findElement(By.tagName("body")).getText();
        assertThat(text)
                .contains(Verdict.sentences(SampleAnalyses.pipeline()).get(1))
                .contains("Slowest stage", "Where the device time went", "Findings")
                .doesNotContain("Zoom in", "Copy as Markdown", "Show in the timeline");
    }

    private static SavedRun saved(Analysis analysis) {
        return SavedReports.parse("run", JsonReport.document(analysis, SampleAnalyses.RUN));
    }

    @Test
    void faultsWouldBeFound() throws IOException {
        browser.get(write("fault", SampleAnalyses.pipeline()).toUri().toString());
        browser.executeScript("document.querySelector('h1').style.color = '#eeeeee'");
        browser.executeScript(axe());
        assertThat(browser.executeAsyncScript(RUN_AXE)).asString().contains("color-contrast");
    }

    @Test
    void largePageFitsTheWindow() throws IOException {
        browser.get(write("large", SampleAnalyses.large()).toUri().toString());
        assertThat((Boolean) browser.executeScript(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
    }

    private static Path write(String name, Analysis analysis) throws IOException {
        Files.createDirectories(PAGES);
        return Files.writeString(PAGES.resolve(name + ".html"), HtmlReport.page(analysis, SampleAnalyses.RUN));
    }

    private static List<String> requests() {
        return browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("Network.requestWillBeSent\""))
                .toList();
    }

    private static String axe() throws IOException {
        try (InputStream script = HtmlReportInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
