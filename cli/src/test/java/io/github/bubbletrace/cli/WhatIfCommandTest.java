package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 1F1B over four stages and eight micro-batches. */
class WhatIfCommandTest {

    @TempDir
    private static Path folder;

    private static Path trace;
    private static Path once;
    private static Path wild;
    private static Path decode;

    @BeforeAll
    static void simulate() {
        SimulatedRuns runs = new SimulatedRuns(folder);
        trace = runs.file(
                "run.sqlite", "--iterations 4 --jitter 0.05 --transfer 50us --host 5us --imbalance stage=2:1.3");
        once = runs.file("once.sqlite", "");
        wild = runs.file("wild.sqlite", "--iterations 2 --straggler it=1:F:stage=2:mb=3:20");
        decode = folder.resolve("decode.sqlite");
        assertThat(Cli.run(
                                "simulate --schedule decode --inflight 2 --stages 4 --microbatches 40 --forward 1ms -o",
                                decode)
                        .status())
                .isZero();
    }

    @Test
    void theBestSplitSaysWhatItIsFrom() throws IOException {
        Path layers = new SimulatedRuns(folder)
                .file("layers.sqlite", "--layer-weights e2,1,3,2/1,1,1/1,3,1/1,1,2,h4 --kernels 2");
        assertThat(Cli.run("whatif", layers).out())
                .contains("Best split of the model, from the time of each layer's ranges: layers per chunk 2, 5, 4, 1"
                        + " (--pipeline-model-parallel-layout Et*2|t*5|t*4|t,L)");
        JsonNode split = new ObjectMapper()
                .readTree(Cli.run("whatif --json -", layers).out())
                .at("/layerSplit");
        assertThat(split.get("from").asText()).isEqualTo("layers");
        assertThat(Cli.run("whatif", once).out()).contains("Best split of the model, from the time of each chunk: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,1/1,1", "1/1/1/", "1/x/1/1", "1/0/1/1", "1/-1/1/1", "1/1/1/1e9"})
    void badLayerWeightsAreUnusable(String weights) {
        Cli run = Cli.run(
                "simulate --schedule 1f1b --stages 4 --microbatches 8 --forward 1ms --backward 2ms --layer-weights "
                        + weights + " -o",
                folder.resolve("bad.sqlite"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("layers are given");
    }

    @Test
    void theMenuIsADocumentOfItsSchema() throws IOException {
        Cli run = Cli.run("whatif --json -", trace);
        assertThat(run.status()).isZero();
        String schema = Files.readString(Path.of("..", "docs", "whatif.schema.json"));
        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(run.out(), InputFormat.JSON))
                .isEmpty();
        JsonNode document = new ObjectMapper().readTree(run.out());
        assertThat(document.at("/changes").findValuesAsText("change"))
                .contains("balanced", "stage:2=mean", "transfers=0", "host=0", "microbatches=16", "schedule=zb-h1")
                .doesNotContain("schedule=1f1b", "recompute=none", "inflight=1");
        document.at("/changes")
                .forEach(change -> assertThat(change.get("stepNs").asLong()
                                + change.get("gainNs").asLong())
                        .isEqualTo(document.get("recordedNs").asLong()));
    }

    /** What changes nothing gives the recorded step to the nanosecond. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "microbatches=8",
                "microbatches=8@batch",
                "schedule=1f1b",
                "stages=4",
                "transfers=1",
                "host=1",
                "host:2=1",
                "transfers=1+host=1+stages=4"
            })
    void theIdentityIsTheRecordedStep(String change) throws IOException {
        JsonNode document = document(trace, change);
        assertThat(document.at("/changes/0/stepNs").asLong())
                .isEqualTo(document.get("recordedNs").asLong())
                .isPositive();
        assertThat(document.at("/changes/0/bubble")).isEqualTo(document.get("bubble"));
        assertThat(document.at("/changes/0/gainNs").asLong()).isZero();
    }

    @Test
    void theBubbleIsThatOfTheAnalysis() throws IOException {
        JsonNode analysis =
                new ObjectMapper().readTree(Cli.run("analyze --json -", trace).out());
        assertThat(document(trace, "host=1").get("bubble").asDouble())
                .isEqualTo(analysis.at("/pipelines/0/totals/bubble").asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "microbatches=0 | is no change | microbatches=32",
                "nonsense | is no change | balanced",
                "stage:7=mean | there is no stage 7 | 0 to 3",
                "device:rank9=median | no device is named rank9 | rank0",
                "link:0-3=median | nothing passes | link:0-1",
                "schedule=interleaved:2+microbatches=10 | no multiple | microbatches=8",
                "schedule=dualpipe+microbatches=7 | | nearest",
                "schedule=spiral | is no schedule | zb-h1",
                "schedule=decode | no backwards | schedule=1f1b",
                "schedule=1f1b:3 | | nearest",
                "inflight=3 | decode loops | microbatches=3",
                "stages=1 | at least 2 stages | stages=2",
                "recompute=none | no task of this run is a recomputation | recompute=full"
            })
    void whatMakesNoSenseIsRefusedWithTheReasonAndTheNearest(String change, String why, String nearest) {
        Cli run = Cli.run("whatif --change", change, trace);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors()).hasSize(1);
        assertThat(run.err()).contains("--change " + change).contains(nearest);
        if (why != null) {
            assertThat(run.err()).contains(why);
        }
    }

    @Test
    void layersThatDoNotDivideAreRefused() {
        Cli run = Cli.run("whatif --layers 12 --change schedule=interleaved:2", trace);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("12 layers do not divide over 8 chunks").contains("schedule=1f1b");
        assertThat(Cli.run("whatif --layers 16 --change schedule=interleaved:2", trace)
                        .status())
                .isZero();
    }

    @Test
    void anUnknownErrorIsSaidAndWithholdsNothing() throws IOException {
        JsonNode document = document(once, "microbatches=16");
        assertThat(document.get("predictionError").isNull()).isTrue();
        assertThat(document.at("/changes/0/stepNs").asLong()).isEqualTo(19 * 3_000_000);
        assertThat(Cli.run("whatif --change balanced", once).out()).contains("unknown");
    }

    @Test
    void predictionsThatMissAreWithheld() throws IOException {
        JsonNode document = document(wild, "microbatches=16");
        assertThat(document.get("predictionError").asDouble()).isGreaterThan(0.05);
        assertThat(document.get("withheld").asText()).contains("more than 5.0 %");
        assertThat(document.at("/changes/0/stepNs").isNull()).isTrue();
        assertThat(document.at("/changes/0/note").asText()).contains("replays miss");
        assertThat(Cli.run("whatif", wild).out()).contains("withheld");
    }

    @Test
    void memoryIsBesideSpeedAndWhatDoesNotFitIsMarked() throws IOException {
        Cli run = Cli.run(
                "whatif --json - --activation-bytes 2GB --boundary-bytes 100MB --parameter-bytes 10GB --memory-limit 20GB"
                        + " --change schedule=gpipe --change recompute=full --change schedule=interleaved:2",
                trace);
        JsonNode document = new ObjectMapper().readTree(run.out());
        assertThat(document.get("peakBytes").asLong()).isEqualTo(18_000_000_000L);
        assertThat(document.get("fits").asBoolean()).isTrue();
        assertThat(document.at("/changes/0/peakBytes").asLong()).isEqualTo(26_000_000_000L);
        assertThat(document.at("/changes/0/fits").asBoolean()).isFalse();
        assertThat(document.at("/changes/1/peakBytes").asLong()).isEqualTo(12_400_000_000L);
        assertThat(document.at("/changes/2/peakBytes").asLong()).isEqualTo(21_000_000_000L);
    }

    @Test
    void moreBatchesInFlightFillADecodeLoop() throws IOException {
        JsonNode document = document(decode, "inflight=4");
        assertThat(document.at("/changes/0/stepNs").asLong()).isEqualTo(43_000_000);
        assertThat(Cli.run("whatif", decode).out()).contains("inflight=4").doesNotContain("recompute");
    }

    private static JsonNode document(Path trace, String change) throws IOException {
        Cli run = Cli.run("whatif --json - --change " + change, trace);
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out());
    }
}
