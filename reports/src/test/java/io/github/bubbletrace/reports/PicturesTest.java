package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.markup.Palette;
import io.github.bubbletrace.reports.markup.StyleSheets;
import io.github.bubbletrace.reports.output.Output;
import io.github.bubbletrace.reports.output.ReportFile;
import io.github.bubbletrace.reports.picture.Fonts;
import io.github.bubbletrace.reports.picture.Picture;
import io.github.bubbletrace.reports.picture.PipelineSvg;
import io.github.bubbletrace.schedule.Phase;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PicturesTest {

    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();

    static Stream<Arguments> pictures() {
        Map<String, Analysis> samples = Map.of(
                "pipeline", SampleAnalyses.pipeline(),
                "large", SampleAnalyses.large(),
                "replicas", SampleAnalyses.twoReplicas(),
                "unresolved", SampleAnalyses.unresolved(),
                "hostile", SampleAnalyses.hostile());
        return samples.entrySet().stream()
                .flatMap(sample -> Output.PNG.files().stream()
                        .map(file -> Arguments.of(sample.getKey(), file.name(), sample.getValue(), file)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("pictures")
    void haveTheFixedSizeAndSomethingOnThem(String name, String fileName, Analysis analysis, ReportFile file)
            throws IOException {
        assumeTrue(Fonts.areUsable(), "no font on this machine");
        byte[] bytes = bytes(file, analysis);
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + '-' + fileName), bytes);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertThat(image.getWidth()).isEqualTo(Picture.WIDTH);
        assertThat(image.getHeight()).isEqualTo(Picture.HEIGHT);
        assertThat(colours(image)).hasSizeGreaterThan(20);
    }

    @Test
    void phasesAndBusyTimeHaveThePagesColours() throws IOException {
        assumeTrue(Fonts.areUsable(), "no font on this machine");
        Palette palette = Palette.light();
        ReportFile pipeline = Output.PNG.files().get(0);
        ReportFile stages = Output.PNG.files().get(1);
        assertThat(colours(image(pipeline, SampleAnalyses.pipeline())))
                .contains(rgb(palette.phase(Phase.F)), rgb(palette.phase(Phase.B)))
                .contains(rgb(palette.ground(Cause.IMBALANCE)), rgb(palette.ground(Cause.FILL)));
        assertThat(colours(image(stages, SampleAnalyses.pipeline()))).contains(rgb(palette.get("busy")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.github.bubbletrace.reports.PicturesTest#drawable")
    void theSvgStandsAlone(String name, Analysis analysis) throws Exception {
        String svg = PipelineSvg.text(analysis);
        Files.createDirectories(PICTURES);
        Files.writeString(PICTURES.resolve(name + ".svg"), svg);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getDocumentElement().getNamespaceURI()
                        + document.getDocumentElement().getAttribute("xmlns"))
                .contains("http://www.w3.org/2000/svg");
        assertThat(svg).doesNotContain("var(--", "<script", "href", "<img");
        assertThat(svg).contains("fill: url(#h-imbalance)", "id=\"h-imbalance\"");
    }

    static Stream<Arguments> drawable() {
        return Stream.of(
                Arguments.of("pipeline", SampleAnalyses.pipeline()),
                Arguments.of("large", SampleAnalyses.large()),
                Arguments.of("replicas", SampleAnalyses.twoReplicas()),
                Arguments.of("hostile", SampleAnalyses.hostile()));
    }

    @Test
    void everyColourOfTheStyleSheetIsKnown() {
        String resolved = Palette.light().resolve(StyleSheets.picture());
        assertThat(resolved).contains(".p-F { fill: #3569ad; }").doesNotContain("var(");
    }

    private static byte[] bytes(ReportFile file, Analysis analysis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.content().write(analysis, SampleAnalyses.RUN, out);
        return out.toByteArray();
    }

    private static BufferedImage image(ReportFile file, Analysis analysis) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes(file, analysis)));
    }

    private static Set<Integer> colours(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Set<Integer> colours = new HashSet<>();
        Arrays.stream(pixels).forEach(pixel -> colours.add(pixel & 0xFFFFFF));
        return colours;
    }

    private static int rgb(String hex) {
        return Color.decode(hex).getRGB() & 0xFFFFFF;
    }
}
