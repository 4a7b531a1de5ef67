package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.openqa.selenium.interactions.WheelInput;

/** What the timeline does on keys, mouse and addresses, asserted on the state that it reports. */
class TimelineInBrowserTest {

    private static final Path PAGES = Path.of("target", "pages").toAbsolutePath();
    private static final Analysis ANALYSIS = SampleAnalyses.pipeline();
    private static final IterationAnalysis MEDIAN =
            Windows.median(ANALYSIS.pipelines().get(0));

    private static ChromeDriver browser;
    private static Path page;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open();
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        Files.createDirectories(PAGES);
        page = Files.writeString(PAGES.resolve("timeline.html"), HtmlReport.page(ANALYSIS, SampleAnalyses.RUN));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void fresh() {
        load("");
    }

    @Test
    void showsEverySpanOfTheAnalysis() {
        long spans = 0;
        for (IterationAnalysis iteration : ANALYSIS.pipelines().get(0).iterations()) {
            for (DeviceAnalysis device : iteration.devices()) {
                spans += 2L * device.tasks().size() + device.idle().size();
            }
        }
        assertThat(number("spans")).isEqualTo(spans);
        assertThat(number("from")).isLessThanOrEqualTo(MEDIAN.startNs());
        assertThat(number("to")).isGreaterThanOrEqualTo(MEDIAN.endNs());
    }

    @Test
    void readsTheColumnsWithoutDecompressionStreamToo() {
        Object script = browser.executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", "delete window.DecompressionStream"))
                .get("identifier");
        long spans = number("spans");
        load("");
        assertThat(browser.executeScript("return typeof DecompressionStream")).isEqualTo("undefined");
        assertThat(number("spans")).isEqualTo(spans);
        browser.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    @Test
    void keysZoomAndPan() {
        long from = number("from");
        long length = length();
        press("w");
        assertThat(length()).isLessThan(length);
        press("s");
        assertThat(length()).isCloseTo(length, within(2L));
        press("+");
        long zoomed = length();
        assertThat(zoomed).isLessThan(length);
        long left = number("from");
        press("d");
        assertThat(number("from")).isGreaterThan(left);
        assertThat(length()).isCloseTo(zoomed, within(2L));
        press("a");
        press("a");
        assertThat(number("from")).isLessThan(left);
        press("-");
        press("0");
        assertThat(length()).isGreaterThan(2 * MEDIAN.windowNs());
        press("h");
        assertThat(number("from")).isEqualTo(from);
    }

    @Test
    void fitShowsTheChosenSpanAndThenTheIteration() {
        press(Keys.ARROW_RIGHT);
        assertThat(text("selected")).startsWith("task.");
        press("f");
        assertThat(length()).isLessThan(MEDIAN.windowNs() / 2);
        press(Keys.ESCAPE);
        assertThat(text("selected")).isEmpty();
        press("f");
        assertThat(length()).isCloseTo(MEDIAN.windowNs(), within(MEDIAN.windowNs() / 10));
    }

    @Test
    void arrowKeysVisitLanesAndNeighboursAndSayWhatTheyWaitFor() {
        press(Keys.ARROW_RIGHT);
        press(Keys.ARROW_DOWN);
        press(Keys.ARROW_DOWN);
        press(Keys.ARROW_RIGHT);
        press(Keys.ARROW_RIGHT);
        assertThat(details()).contains("rank2:gpu0 (stage 2)");
        browser.executeScript("document.querySelector('[data-part=search]').blur()");
        search("stage=0 imbalance");
        press("n");
        assertThat(text("selected")).startsWith("idle.");
        assertThat(details())
                .contains("Idle, imbalance: stages that take different times.", "waited", "whose output took");
    }

    @Test
    void searchFindsAndWalks() {
        search("B3 stage=2");
        assertThat(number("matches")).isEqualTo(3);
        press("n");
        String first = text("selected");
        press("n");
        String second = text("selected");
        assertThat(second).isNotEqualTo(first).startsWith("task.");
        new Actions(browser).keyDown(Keys.SHIFT).sendKeys("n").keyUp(Keys.SHIFT).perform();
        settle();
        assertThat(text("selected")).isEqualTo(first);
        press(Keys.ESCAPE);
        assertThat(text("matches")).isEmpty();
    }

    @Test
    void searchKnowsFieldsLengthsCausesAndNonsense() {
        assertThat(matches("it=1 forward")).isEqualTo(4 * 8);
        assertThat(matches("mb=7 rank=3")).isEqualTo(3 * 2);
        assertThat(matches(">2500us backward stage=3")).isEqualTo(3 * 8);
        assertThat(matches("idle <1ns")).isZero();
        assertThat(matches("<script>")).isZero();
    }

    @Test
    void wheelZoomsOnlyWhereTheTimelineHasTheFocus() {
        WebElement stage = part("stage");
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        long length = length();
        wheel(stage);
        assertThat(length()).isEqualTo(length);
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        new Actions(browser).moveToElement(stage).click().perform();
        wheel(stage);
        settle();
        assertThat(length()).isNotEqualTo(length);
    }

    @Test
    void dragMovesAndDragOnTheRulerMeasures() {
        WebElement stage = part("stage");
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        press("w");
        press("w");
        long from = number("from");
        int middle = stage.getSize().height / 2;
        drag(stage, 0, 0, -100, 0);
        assertThat(number("from")).isGreaterThan(from);
        drag(stage, -100, 8 - middle, 200, 0);
        assertThat(number("measured")).isCloseTo(length() * 200 / (stage.getSize().width - 132), within(length() / 50));
        press(Keys.ESCAPE);
        assertThat(text("measured")).isEmpty();
    }

    @Test
    void twoMarksMeasureWithoutAMouse() {
        press(Keys.ARROW_RIGHT);
        press("m");
        long one = number("measured");
        press(Keys.ARROW_RIGHT);
        press(Keys.ARROW_RIGHT);
        press("m");
        assertThat(number("measured")).isGreaterThan(one);
    }

    @Test
    void pointerSaysWhatIsThere() {
        WebElement stage = part("stage");
        browser.executeScript("arguments[0].scrollIntoView()", stage);
        new Actions(browser).moveToElement(stage, 100, 0).perform();
        settle();
        assertThat(text("hover")).isNotEmpty();
        assertThat(details()).contains("after the start of iteration " + MEDIAN.index());
    }

    @Test
    void addressKeepsTheView() {
        press("w");
        press(Keys.ARROW_RIGHT);
        search("F3");
        press("i");
        waitFor("return location.hash.includes('q=F3') && location.hash.includes('ideal=0')");
        String from = text("from");
        String to = text("to");
        String hash = (String) browser.executeScript("return location.hash");
        String selected = text("selected");
        load("");
        assertThat(text("to")).isNotEqualTo(to);
        load(hash);
        assertThat(List.of(text("from"), text("to"), text("selected"), text("ideal")))
                .isEqualTo(List.of(from, to, selected, "false"));
        assertThat(number("matches")).isEqualTo(4 * 3);
    }

    @Test
    void damagedAddressesAreIgnored() {
        for (String hash : List.of("#t=5,1", "#t=a,b", "#sel=task.9", "#t=1e3,2", "#findings", "#%")) {
            load(hash);
            assertThat(number("from")).as(hash).isLessThanOrEqualTo(MEDIAN.startNs());
            assertThat(text("fault")).isNull();
        }
        load("#t=0,5000000&sel=task.99999999&top=99999&lanes=77777&lane=50");
        assertThat(text("selected")).isEmpty();
        assertThat(number("to")).isEqualTo(5_000_000);
    }

    @Test
    void tableMirrorsTheView() {
        WebElement table = part("window");
        browser.executeScript("arguments[0].open = true", table);
        settle();
        int before = rows();
        for (int i = 0; i < 6; i++) {
            press("w");
        }
        settle();
        assertThat(rows()).isPositive().isLessThan(before);
        WebElement button = table.findElement(By.cssSelector("tbody button"));
        browser.executeScript("arguments[0].focus()", button);
        button.sendKeys(Keys.ENTER);
        settle();
        assertThat(text("selected")).isNotEmpty();
    }

    @Test
    void findingsLeadToTheirPlace() {
        browser.executeScript("document.querySelector('a[data-timeline]').scrollIntoView({block: 'center'})");
        browser.findElement(By.cssSelector("a[data-timeline]")).click();
        settle();
        assertThat(text("matches")).isNotIn("", "0", null);
        assertThat(part("search").getDomProperty("value")).isEqualTo("imbalance");
        assertThat(browser.switchTo().activeElement()).isEqualTo(part("stage"));
        press("n");
        assertThat(details()).startsWith("Idle, imbalance");
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
        waitFor("return window.saved.length === 2");
        assertThat(browser.executeAsyncScript("const done = arguments[0];"
                        + "Promise.all(saved.map(b => b.type === 'image/png' ? b.size > 5000 : b.text())).then(done)"))
                .asString()
                .contains("true", "device,stage,iteration,what,startMs,lengthMs", "rank0:gpu0,0,1,F0,");
        browser.findElement(By.id("copy-markdown")).click();
        waitFor("return document.getElementById('copy-markdown').dataset.copied !== undefined");
    }

    private static void load(String hash) {
        browser.get("about:blank");
        browser.get(page.toUri() + hash);
        waitFor(
                "return !!document.getElementById('timeline').dataset.ready && document.getElementById('timeline').dataset.from");
    }

    private static void waitFor(String condition) {
        Object met = browser.executeAsyncScript("const done = arguments[0]; const from = performance.now();"
                + "const holds = () => {" + condition + "};"
                + "const look = () => holds() ? done(true) : performance.now() - from > 20000 ? done(false)"
                + " : setTimeout(look, 20); look();");
        assertThat(met).as(condition).isEqualTo(true);
    }

    /** Waits until the view has been drawn and has rested. */
    private static void settle() {
        browser.executeAsyncScript(
                "const done = arguments[0]; setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 200)");
    }

    private static void press(CharSequence key) {
        WebElement stage = part("stage");
        browser.executeScript("arguments[0].focus({preventScroll: true})", stage);
        new Actions(browser).sendKeys(key).perform();
        browser.executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
    }

    private static void search(String text) {
        press("/");
        WebElement field = part("search");
        assertThat(browser.switchTo().activeElement()).isEqualTo(field);
        field.clear();
        field.sendKeys(text, Keys.ENTER);
        settle();
        browser.executeScript("arguments[0].blur()", field);
    }

    private static long matches(String text) {
        search(text);
        return number("matches");
    }

    private static void wheel(WebElement stage) {
        new Actions(browser)
                .scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(stage), 0, 120)
                .perform();
        settle();
    }

    private static void drag(WebElement stage, int x, int y, int byX, int byY) {
        new Actions(browser)
                .moveToElement(stage, x, y)
                .clickAndHold()
                .moveByOffset(byX / 2, byY / 2)
                .moveByOffset(byX - byX / 2, byY - byY / 2)
                .release()
                .perform();
        settle();
    }

    private static WebElement part(String name) {
        return browser.findElement(By.cssSelector("#timeline [data-part=" + name + "]"));
    }

    private static String details() {
        return part("details").getText();
    }

    private static int rows() {
        return part("rows").findElements(By.tagName("tr")).size();
    }

    private static String text(String name) {
        return (String)
                browser.executeScript("return document.getElementById('timeline').dataset[arguments[0]] ?? null", name);
    }

    private static long number(String name) {
        return Long.parseLong(text(name));
    }

    private static long length() {
        return number("to") - number("from");
    }
}
