package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.page.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;

/** A page with a timeline in a browser: presses its keys, and reads the state that it reports. */
final class TimelinePage implements AutoCloseable {

    private static final Path PAGES = Path.of("target", "pages").toAbsolutePath();

    private final ChromeDriver browser;
    private final Path page;

    TimelinePage(String name, Analysis analysis) throws IOException {
        browser = Browser.open();
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        Files.createDirectories(PAGES);
        page = Files.writeString(PAGES.resolve(name + ".html"), HtmlReport.page(analysis, SampleAnalyses.RUN));
    }

    @Override
    public void close() {
        browser.quit();
    }

    ChromeDriver browser() {
        return browser;
    }

    void load(String hash) {
        browser.get("about:blank");
        browser.get(page.toUri() + hash);
        waitFor(
                "return !!document.getElementById('timeline').dataset.ready && document.getElementById('timeline').dataset.from");
    }

    void waitFor(String condition) {
        Object met = browser.executeAsyncScript("const done = arguments[0]; const from = performance.now();"
                + "const holds = () => {" + condition + "};"
                + "const look = () => holds() ? done(true) : performance.now() - from > 20000 ? done(false)"
                + " : setTimeout(look, 20); look();");
        assertThat(met).as(condition).isEqualTo(true);
    }

    /** Waits until the view has been drawn and has rested. */
    void settle() {
        browser.executeAsyncScript(
                "const done = arguments[0]; setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 200)");
    }

    void press(CharSequence key) {
        WebElement stage = part("stage");
        browser.executeScript("arguments[0].focus({preventScroll: true})", stage);
        new Actions(browser).sendKeys(key).perform();
        browser.executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
    }

    void search(String text) {
        press("/");
        WebElement field = part("search");
        assertThat(browser.switchTo().activeElement()).isEqualTo(field);
        field.clear();
        field.sendKeys(text, Keys.ENTER);
        settle();
        browser.executeScript("arguments[0].blur()", field);
    }

    long matches(String text) {
        search(text);
        return number("matches");
    }

    void wheel(WebElement stage) {
        new Actions(browser)
                .scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(stage), 0, 120)
                .perform();
        settle();
    }

    void drag(WebElement stage, int x, int y, int byX, int byY) {
        new Actions(browser)
                .moveToElement(stage, x, y)
                .clickAndHold()
                .moveByOffset(byX / 2, byY / 2)
                .moveByOffset(byX - byX / 2, byY - byY / 2)
                .release()
                .perform();
        settle();
    }

    WebElement part(String name) {
        return browser.findElement(By.cssSelector("#timeline [data-part=" + name + "]"));
    }

    String details() {
        return part("details").getText();
    }

    int rows() {
        return part("rows").findElements(By.tagName("tr")).size();
    }

    String text(String name) {
        return (String)
                browser.executeScript("return document.getElementById('timeline').dataset[arguments[0]] ?? null", name);
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    long length() {
        return number("to") - number("from");
    }
}
