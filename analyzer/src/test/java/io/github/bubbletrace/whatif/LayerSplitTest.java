package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.analysis.LayerSplit;
import io.github.bubbletrace.analysis.LayerSplit.Source;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.ModelParts;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Best splits of simulated runs whose ranges tell what each layer costs. */
class LayerSplitTest {

    /** Weights sum to 24; no split of whole layers has a longest stage below the 6 of this one. */
    private static final String BEST = "e2,1,3/2,1,1,1,1/3,1,1,1/2,h4";

    private static final List<Integer> BEST_COUNTS = List.of(2, 5, 4, 1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "e2,1,3,2/1,1,1/1,3,1/1,1,2,h4 ; 0   ; 0.01",
                "e2,1/3,2,1,1/1,1,3,1/1,1,2,h4 ; 0   ; 0.01",
                "e2,1,3,2/1,1,1/1,3,1/1,1,2,h4 ; 0.1 ; 0.03",
                "e2,1/3,2,1,1/1,1,3,1/1,1,2,h4 ; 0.1 ; 0.03"
            })
    void theBestSplitOfUnevenLayersIsFoundFromAnyOther(String recorded, double jitter, double error) {
        LayerSplit split = split(run(recorded).jitter(jitter).seed(7));
        double truth = SimulatedJob.stepNs(run(BEST).jitter(jitter).seed(8));
        assertThat(split.source()).isEqualTo(Source.LAYERS);
        assertThat(split.layers()).isEqualTo(BEST_COUNTS);
        assertThat(split.layout()).isEqualTo("Et*2|t*5|t*4|t,L");
        assertThat((double) split.stepNs()).isCloseTo(truth, within(error * truth));
        assertThat((double) split.embeddingNs()).isCloseTo(2 / 6.0 * 3e6, within((jitter * 0.3 + 1e-5) * 1e6));
        assertThat((double) split.headNs()).isCloseTo(4 / 6.0 * 3e6, within((jitter * 0.3 + 1e-5) * 2e6));
    }

    /** Of all 165 splits of twelve layers none is noticeably shorter when it is simulated, nor is the proposed one longer. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noOtherSplitOfRandomLayersIsShorter(long seed) {
        Random random = Seeds.random(seed);
        List<String> layers = new ArrayList<>();
        for (int layer = 0; layer < 12; layer++) {
            layers.add(String.valueOf(1 + random.nextInt(4)));
        }
        List<List<Integer>> splits = splits();
        List<Integer> recorded = splits.get(random.nextInt(splits.size()));
        LayerSplit found = split(run(parts(layers, recorded)).transfer(50_000));
        double shortest = Double.MAX_VALUE;
        for (List<Integer> split : splits) {
            double ns = SimulatedJob.stepNs(run(parts(layers, split)).transfer(50_000));
            shortest = Math.min(shortest, ns);
            if (split.equals(found.layers())) {
                assertThat((double) found.stepNs()).isCloseTo(ns, within(1e-3 * ns));
            }
        }
        assertThat((double) found.stepNs()).isLessThan(1.01 * shortest);
    }

    private static List<List<Integer>> splits() {
        List<List<Integer>> splits = new ArrayList<>();
        for (int a = 1; a <= 9; a++) {
            for (int b = 1; b <= 10 - a; b++) {
                for (int c = 1; c <= 11 - a - b; c++) {
                    splits.add(List.of(a, b, c, 12 - a - b - c));
                }
            }
        }
        return splits;
    }

    /** Layers in chunks of so many, an embedding before them, a head behind. */
    private static String parts(List<String> layers, List<Integer> counts) {
        List<String> chunks = new ArrayList<>();
        int first = 0;
        for (int count : counts) {
            chunks.add(String.join(",", layers.subList(first, first + count)));
            first += count;
        }
        return "e2," + String.join("/", chunks) + ",h5";
    }

    /** Chunks alone, taken to hold equal layers, would say otherwise. */
    @Test
    void theRecordedSplitStaysWhereItIsTheBest() {
        LayerSplit split = split(run(BEST));
        assertThat(split.layers()).isEqualTo(BEST_COUNTS);
        assertThat(split.shares()).containsOnly(1.0);
        assertThat(split.gainNs()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Labels.class,
            names = {"OWN", "TORCH"})
    void everySpellingAndSeveralKernelsSayTheSame(Labels labels) {
        LayerSplit split =
                split(run("e2,1/3,2,1,1/1,1,3,1/1,1,2,h4").labels(labels).kernels(3));
        assertThat(split.source()).isEqualTo(Source.LAYERS);
        assertThat(split.layers()).isEqualTo(BEST_COUNTS);
    }

    @Test
    void aWantedSplitIsPredictedFromTheLayers() {
        SimulationBuilder run = run("e2,1,3,2/1,1,1/1,3,1/1,1,2,h4");
        double truth = SimulatedJob.stepNs(run("e2,1,3,2,1/1,1/1,3,1,1/1,2,h4"));
        double predicted =
                new SimulatedJob(folder).predicted(run, "layers=4,2,4,2").stepNs();
        assertThat(predicted).isCloseTo(truth, within(1e-4 * truth));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "numbers that begin again in every chunk ; text = 'layer=' || (substr(text, 7) - case when substr(text, 7) + 0 < 1 "
                        + "then 0 when substr(text, 7) + 0 < 5 then 1 when substr(text, 7) + 0 < 9 then 5 else 9 end) ; LAYERS",
                "no ranges in backwards ; text = case when exists (select 1 from NVTX_EVENTS o where o.text like '%phase=B' and o.start < "
                        + "NVTX_EVENTS.start and o.end > NVTX_EVENTS.end and o.globalTid = NVTX_EVENTS.globalTid) then 'x' else text end ; "
                        + "FORWARD_LAYERS",
                "a chunk without layers ; text = replace(text, 'layer=0', 'x') ; CHUNKS",
                "a layer missing inside ; text = replace(text, 'layer=3', 'x') ; CHUNKS"
            })
    void rangesThatTellLess(String what, String change, Source source) {
        Path trace = new SimulatedJob(folder).written(run("e2,1/3,2,1,1/1,1,3,1/1,1,2,h4"));
        sql(trace, "update NVTX_EVENTS set " + change + " where text like 'layer=%'");
        LayerSplit split = split(trace, ModelFacts.NONE);
        assertThat(split.source()).as(what).isEqualTo(source);
        assertThat(split.layers()).isEqualTo(source == Source.CHUNKS ? null : BEST_COUNTS);
    }

    /** Ranges that name other things than the model's layers are left alone. */
    @Test
    void theUsersNumberOfLayersHolds() {
        Path trace = new SimulatedJob(folder).written(run(BEST));
        LayerSplit split = split(trace, new ModelFacts(16, 0, 0, 0, 0));
        assertThat(split.source()).isEqualTo(Source.CHUNKS);
        assertThat(split.layers().stream().mapToInt(Integer::intValue).sum()).isEqualTo(16);
        assertThat(split(trace, new ModelFacts(12, 0, 0, 0, 0)).source()).isEqualTo(Source.LAYERS);
    }

    /** Ranges that name task and layer at once are one task with layers. */
    @Test
    void layersBesideMicroBatchesAreOneTask() {
        Path trace = new SimulatedJob(folder).written(run("e2,1/3,2,1,1/1,1,3,1/1,1,2,h4"));
        sql(
                trace,
                "update NVTX_EVENTS set text = (select o.text from NVTX_EVENTS o where o.text like '%phase=%' and o.start <"
                        + " NVTX_EVENTS.start and o.end > NVTX_EVENTS.end and o.globalTid = NVTX_EVENTS.globalTid) || ' ' || text"
                        + " where text like 'layer=%' or text in ('embedding', 'output_layer')",
                "delete from NVTX_EVENTS where text like '%phase=_'");
        LayerSplit split = split(trace, ModelFacts.NONE);
        assertThat(split.source()).isEqualTo(Source.LAYERS);
        assertThat(split.layers()).isEqualTo(BEST_COUNTS);
    }

    private LayerSplit split(SimulationBuilder run) {
        return split(new SimulatedJob(folder).written(run), ModelFacts.NONE);
    }

    private static LayerSplit split(Path trace, ModelFacts facts) {
        return Analyzer.whatIf(List.of(trace), AnalysisOptions.defaults().withModel(facts), List.of("balanced"))
                .layerSplit();
    }

    private static SimulationBuilder run(String layers) {
        return SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, 16), TaskTimes.of(1_000_000, 2_000_000))
                .iterations(4)
                .model(ModelParts.parse(layers));
    }

    private static void sql(Path file, String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
