package io.github.bubbletrace.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.SampleAnalyses;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.verdict.Verdict;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

    static Stream<Analysis> samples() {
        return Stream.of(
                SampleAnalyses.pipeline(),
                SampleAnalyses.twoReplicas(),
                SampleAnalyses.unresolved(),
                SampleAnalyses.noPipeline(),
                SampleAnalyses.empty(),
                SampleAnalyses.hostile());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isWellFormedAndSaysTheVerdict(Analysis analysis) throws Exception {
        String page = page(analysis);
        Document document = parse(page);

        assertThat(scripts(document)).containsOnlyOnce("").isSubsetOf("", "application/json", "application/gzip");
        assertThat(document.getElementsByTagName("img").getLength()).isZero();
        assertThat(document.getDocumentElement().getTextContent())
                .contains(PlainText.clean(Verdict.text(analysis), 4000));
        assertThat(page(analysis)).isEqualTo(page);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hasUniqueIdsAndNoAddress(Analysis analysis) throws Exception {
        String page = page(analysis);
        assertThat(Pattern.compile(" id=\"([^\"]*)\"").matcher(page).results().map(found -> found.group(1)))
                .doesNotHaveDuplicates();
        assertThat(page.replace("http://www.w3.org/1999/xhtml", "")).doesNotContain("http://", "https://", "src=\"");
    }

    @Test
    void budgetBarSumsToTheWhole() throws Exception {
        Document document = parse(page(SampleAnalyses.pipeline()));
        NodeList shares = document.getElementsByTagName("b");
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < shares.getLength(); i++) {
            sum = sum.add(new BigDecimal(shares.item(i).getTextContent().replace(" %", "")));
        }
        assertThat(shares.getLength()).isGreaterThan(3);
        assertThat(sum).isEqualByComparingTo("100.0");
    }

    @Test
    void textFromTracesStaysText() {
        String page = page(SampleAnalyses.hostile());
        assertThat(page).contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;gnp");
        assertThat(page).doesNotContain("<img", "\u202E", "\u0007");
        assertThat(page.split("</script", -1)).hasSameSizeAs(page.split("<script", -1));
        assertThat(page.length()).isLessThan(400_000);
    }

    @Test
    void pictureDrawsEveryTaskTwiceAndItsAxis() {
        String page = page(SampleAnalyses.pipeline());
        Matcher tasks =
                Pattern.compile("<rect [^>]*class=\"(ideal )?p-[FB]\"><title>").matcher(page);
        assertThat(tasks.results()).hasSize(2 * 4 * 8 * 2);
        assertThat(page).contains("ms since the window&#39;s start", ">ideal end</text>");
    }

    @Test
    void largePicturesAreBoundedAndSaySo() {
        String page = page(SampleAnalyses.large());
        assertThat(page.length()).isLessThan(2_000_000);
        assertThat(page).contains("are drawn as one");
    }

    @Test
    void manyIterationsAreGrouped() {
        assertThat(page(SampleAnalyses.twoReplicas())).contains("60 iterations in groups of 2", ">58 to 59</bdi>");
    }

    @Test
    void policyAllowsOnlyThePagesOwnStyleAndScript() throws Exception {
        String page = page(SampleAnalyses.pipeline());
        Matcher policy = Pattern.compile("Policy\" content=\"([^\"]*)\"").matcher(page);
        assertThat(policy.find()).isTrue();
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        String script = page.substring(page.lastIndexOf("<script>") + 8, page.lastIndexOf("</script>"));
        assertThat(policy.group(1).replace("&#39;", "'"))
                .startsWith("default-src 'none'; style-src 'sha256-" + sha256(style) + "'; script-src 'sha256-"
                        + sha256(script) + "'; ")
                .doesNotContain("unsafe", "data:", "*");
        assertThat(page).doesNotContainPattern(" (style|on[a-z]+)=\"").doesNotContain("innerHTML", "outerHTML");
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }

    private static List<String> scripts(Document document) {
        NodeList scripts = document.getElementsByTagName("script");
        return IntStream.range(0, scripts.getLength())
                .mapToObj(i -> ((Element) scripts.item(i)).getAttribute("type"))
                .toList();
    }

    private static String page(Analysis analysis) {
        return HtmlReport.page(analysis, SampleAnalyses.RUN);
    }

    private static Document parse(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
