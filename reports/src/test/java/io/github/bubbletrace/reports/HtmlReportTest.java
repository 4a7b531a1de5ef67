package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
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

        assertThat(document.getElementsByTagName("script").getLength()).isZero();
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
        assertThat(page).doesNotContain("<img", "</script", "\u202E", "\u0007");
        assertThat(page.length()).isLessThan(200_000);
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

    private static String page(Analysis analysis) {
        return HtmlReport.page(analysis, SampleAnalyses.RUN);
    }

    private static Document parse(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
