package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.reports.figures.Windows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** What the timeline does on keys, mouse and addresses, asserted on the state that it reports. */
class TimelineInBrowserTest {

    private static final Analysis ANALYSIS = SampleAnalyses.pipeline();
    private static final IterationAnalysis MEDIAN =
            Windows.median(ANALYSIS.pipelines().get(0));

    private static ChromeDriver browser;
    private static TimelinePage page;

    @BeforeAll
    static void open() throws IOException {
        page = new TimelinePage("timeline", ANALYSIS);
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
        page.load("");
    }

    @Test
    void showsEverySpanOfTheAnalysis() {
        long spans = 0;
        for (IterationAnalysis iteration : ANALYSIS.pipelines().get(0).iterations()) {
            for (DeviceAnalysis device : iteration.devices()) {
                spans += 2L * device.tasks().size() + device.idle().size();
            }
        }
        assertThat(page.number("spans")).isEqualTo(spans);
        assertThat(page.number("from")).isLessThanOrEqualTo(MEDIAN.startNs());
        assertThat(page.number("to")).isGreaterThanOrEqualTo(MEDIAN.endNs());
    }

    @Test
    void readsTheColumnsWithoutDecompressionStreamToo() {
        Object script = browser.executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", "delete window.DecompressionStream"))
                .get("identifier");
        long spans = page.number("spans");
        page.load("");
        assertThat(browser.executeScript("return typeof DecompressionStream")).isEqualTo("undefined");
        assertThat(page.number("spans")).isEqualTo(spans);
        browser.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    @Test
    void keysZoomAndPan() {
        long from = page.number("from");
        long length = page.length();
        page.press("w");
        assertThat(page.length()).isLessThan(length);
        page.press("s");
        assertThat(page.length()).isCloseTo(length, within(2L));
        page.press("+");
        long zoomed = page.length();
        assertThat(zoomed).isLessThan(length);
        long left = page.number("from");
        page.press("d");
        assertThat(page.number("from")).isGreaterThan(left);
        assertThat(page.length()).isCloseTo(zoomed, within(2L));
        page.press("a");
        page.press("a");
        assertThat(page.number("from")).isLessThan(left);
        page.press("-");
        page.press("0");
        assertThat(page.length()).isGreaterThan(2 * MEDIAN.windowNs());
        page.press("h");
        assertThat(page.number("from")).isEqualTo(from);
    }

    @Test
    void fitShowsTheChosenSpanAndThenTheIteration() {
        page.press(Keys.ARROW_RIGHT);
        assertThat(page.text("selected")).startsWith("task.");
        page.press("f");
        assertThat(page.length()).isLessThan(MEDIAN.windowNs() / 2);
        page.press(Keys.ESCAPE);
        assertThat(page.text("selected")).isEmpty();
        page.press("f");
        assertThat(page.length()).isCloseTo(MEDIAN.windowNs(), within(MEDIAN.windowNs() / 10));
    }

    @Test
    void arrowKeysVisitLanesAndNeighboursAndSayWhatTheyWaitFor() {
        page.press(Keys.ARROW_RIGHT);
        page.press(Keys.ARROW_DOWN);
        page.press(Keys.ARROW_DOWN);
        page.press(Keys.ARROW_RIGHT);
        page.press(Keys.ARROW_RIGHT);
        assertThat(page.details()).contains("rank2:gpu0 (stage 2)");
        browser.executeScript("document.querySelector('[data-part=search]').blur()");
        page.search("stage=0 imbalance");
        page.press("n");
        assertThat(page.text("selected")).startsWith("idle.");
        assertThat(page.details())
                .contains("Idle, imbalance: stages that take different times.", "waited", "whose output took");
    }

    @Test
    void searchFindsAndWalks() {
        page.search("B3 stage=2");
        assertThat(page.number("matches")).isEqualTo(3);
        page.press("n");
        String first = page.text("selected");
        page.press("n");
        String second = page.text("selected");
        assertThat(second).isNotEqualTo(first).startsWith("task.");
        new Actions(browser).keyDown(Keys.SHIFT).sendKeys("n").keyUp(Keys.SHIFT).perform();
        page.settle();
        assertThat(page.text("selected")).isEqualTo(first);
        page.press(Keys.ESCAPE);
        assertThat(page.text("matches")).isEmpty();
    }

    @Test
    void searchKnowsFieldsLengthsCausesAndNonsense() {
        assertThat(page.matches("it=1 forward")).isEqualTo(4 * 8);
        assertThat(page.matches("mb=7 rank=3")).isEqualTo(3 * 2);
        assertThat(page.matches(">2500us backward stage=3")).isEqualTo(3 * 8);
        assertThat(page.matches("idle <1ns")).isZero();
        assertThat(page.matches("<script>")).isZero();
    }

    @Test
    void wheelZoomsOnlyWhereTheTimelineHasTheFocus() {
        WebElement stage = page.part("stage");
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        long length = page.length();
        page.wheel(stage);
        assertThat(page.length()).isEqualTo(length);
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        new Actions(browser).moveToElement(stage).click().perform();
        page.wheel(stage);
        page.settle();
        assertThat(page.length()).isNotEqualTo(length);
    }

    @Test
    void dragMovesAndDragOnTheRulerMeasures() {
        WebElement stage = page.part("stage");
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        page.press("w");
        page.press("w");
        long from = page.number("from");
        int middle = stage.getSize().height / 2;
        page.drag(stage, 0, 0, -100, 0);
        assertThat(page.number("from")).isGreaterThan(from);
        page.drag(stage, -100, 8 - middle, 200, 0);
        assertThat(page.number("measured"))
                .isCloseTo(page.length() * 200 / (stage.getSize().width - 132), within(page.length() / 50));
        page.press(Keys.ESCAPE);
        assertThat(page.text("measured")).isEmpty();
    }

    @Test
    void twoMarksMeasureWithoutAMouse() {
        page.press(Keys.ARROW_RIGHT);
        page.press("m");
        long one = page.number("measured");
        page.press(Keys.ARROW_RIGHT);
        page.press(Keys.ARROW_RIGHT);
        page.press("m");
        assertThat(page.number("measured")).isGreaterThan(one);
    }

    @Test
    void pointerSaysWhatIsThere() {
        WebElement stage = page.part("stage");
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        new Actions(browser).moveToElement(stage, 100, 0).perform();
        page.settle();
        assertThat(page.text("hover")).isNotEmpty();
        assertThat(page.details()).contains("after the start of iteration " + MEDIAN.index());
    }

    @Test
    void addressKeepsTheView() {
        page.press("w");
        page.press(Keys.ARROW_RIGHT);
        page.search("F3");
        page.press("i");
        page.waitFor("return location.hash.includes('q=F3') && location.hash.includes('ideal=0')");
        String from = page.text("from");
        String to = page.text("to");
        String hash = (String) browser.executeScript("return location.hash");
        String selected = page.text("selected");
        page.load("");
        assertThat(page.text("to")).isNotEqualTo(to);
        page.load(hash);
        assertThat(List.of(page.text("from"), page.text("to"), page.text("selected"), page.text("ideal")))
                .isEqualTo(List.of(from, to, selected, "false"));
        assertThat(page.number("matches")).isEqualTo(4 * 3);
    }

    @Test
    void damagedAddressesAreIgnored() {
        for (String hash : List.of("#t=5,1", "#t=a,b", "#sel=task.9", "#t=1e3,2", "#findings", "#%")) {
            page.load(hash);
            assertThat(page.number("from")).as(hash).isLessThanOrEqualTo(MEDIAN.startNs());
            assertThat(page.text("fault")).isNull();
        }
        page.load("#t=0,5000000&sel=task.99999999&top=99999&lanes=77777&lane=50");
        assertThat(page.text("selected")).isEmpty();
        assertThat(page.number("to")).isEqualTo(5_000_000);
    }

    @Test
    void tableMirrorsTheView() {
        WebElement table = page.part("window");
        browser.executeScript("arguments[0].open = true", table);
        page.settle();
        int before = page.rows();
        for (int i = 0; i < 6; i++) {
            page.press("w");
        }
        page.settle();
        assertThat(page.rows()).isPositive().isLessThan(before);
        WebElement button = table.findElement(By.cssSelector("tbody button"));
        browser.executeScript("arguments[0].focus()", button);
        button.sendKeys(Keys.ENTER);
        page.settle();
        assertThat(page.text("selected")).isNotEmpty();
    }

    @Test
    void findingsLeadToTheirPlace() {
        browser.executeScript("document.querySelector('a[data-timeline]').scrollIntoView({block: 'center'})");
        browser.findElement(By.cssSelector("a[data-timeline]")).click();
        page.settle();
        assertThat(page.text("matches")).isNotIn("", "0", null);
        assertThat(page.part("search").getDomProperty("value")).isEqualTo("imbalance");
        assertThat(browser.switchTo().activeElement()).isEqualTo(page.part("stage"));
        page.press("n");
        assertThat(page.details()).startsWith("Idle, imbalance");
    }

    @Test
    void paperIsWhiteInTheDarkToo() {
        Browser.prefer(browser, "dark");
        String background = "return getComputedStyle(document.documentElement).getPropertyValue('--bg').trim()";
        String dark = (String) browser.executeScript(background);
        browser.executeScript("dispatchEvent(new Event('beforeprint'))");
        assertThat(browser.executeScript(background)).isEqualTo("#ffffff").isNotEqualTo(dark);
        browser.executeScript("dispatchEvent(new Event('afterprint'))");
        assertThat(browser.executeScript(background)).isEqualTo(dark);
        Browser.prefer(browser, "light");
    }

    @Test
    void savesAndCopies() {
        browser.executeScript("window.saved = []; URL.createObjectURL = blob => { saved.push(blob); return ''; };"
                + "HTMLAnchorElement.prototype.click = () => {};");
        browser.findElement(By.cssSelector("[data-do=png]")).click();
        browser.findElement(By.cssSelector("[data-do=csv]")).click();
        page.waitFor("return window.saved.length === 2");
        assertThat(browser.executeAsyncScript("const done = arguments[0];"
                        + "Promise.all(saved.map(b => b.type === 'image/png' ? b.size > 5000 : b.text())).then(done)"))
                .asString()
                .contains("true", "device,stage,iteration,what,startMs,lengthMs", "rank0:gpu0,0,1,F0,");
        browser.findElement(By.id("copy-markdown")).click();
        page.waitFor("return document.getElementById('copy-markdown').dataset.copied !== undefined");
    }
}
