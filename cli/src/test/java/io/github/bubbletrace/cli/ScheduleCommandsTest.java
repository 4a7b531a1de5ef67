package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ScheduleCommandsTest {

    private static final String RUN = "--schedule 1f1b --stages 4 --microbatches 8 --forward 1ms --backward 2ms";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsOfStagesAndMicroBatchesGiveATable() {
        assertThat(predict("--schedule gpipe --stages 2,4 --microbatches 4,8 --forward 1ms --backward 2ms"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(5);
        assertThat(out.toString()).contains("20.0%", "11.1%", "42.9%", "27.3%");
    }

    @Test
    void jsonOnStandardOutputIsAlone() {
        assertThat(predict(RUN + " --json -")).isZero();
        assertThat(out.toString()).startsWith("{").endsWith("}\n").contains("\"makespanNs\" : 33000000");
    }

    @Test
    void jsonGoesToAFileBesideTheTable() {
        Path json = folder.resolve("prediction.json");
        assertThat(predict(RUN + " --json " + json)).isZero();
        assertThat(json).content().contains("bubbletrace.prediction/1");
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void schedulesThatDoNotSplitRunTheWeightGradientToo() {
        assertThat(predict(RUN + " --weight 1ms --json -")).isZero();
        assertThat(out.toString()).contains("\"makespanNs\" : 44000000");
    }

    @Test
    void forwardNeedsNoBackward() {
        assertThat(predict("--schedule forward --stages 4 --microbatches 8 --forward 1ms --weight 9s --json -"))
                .isZero();
        assertThat(out.toString()).contains("\"makespanNs\" : 11000000");
    }

    @Test
    void aKindWithTwoChunksNeedsNoChunksOption() {
        assertThat(
                        predict(
                                "--schedule zb-v --stages 4 --microbatches 8 --forward 2ms --backward 2ms --weight 2ms --json -"))
                .isZero();
        assertThat(out.toString()).contains("\"chunksPerDevice\" : 2", "\"makespanNs\" : 51000000");
    }

    @Test
    void dualPipeSaysWhichDeviceWaitsLongest() {
        assertThat(predict("--schedule dualpipe --stages 8 --microbatches 20 --forward 1ms --backward 1ms --weight 1ms"
                        + " --overlap 2ms"))
                .isZero();
        assertThat(out.toString())
                .contains("dualpipe 8x20: device 2 waits longest, 3.00 ms; all wait 1.00 ms, 2.00 ms");
    }

    @Test
    void decodeSaysItsIntervalsAndStarvation() {
        assertThat(predict("--schedule decode --inflight 2 --stages 4 --microbatches 40 --forward 1ms --backward 9s"))
                .isZero();
        assertThat(out.toString())
                .contains("2 batches in flight, a pass every 2.00 ms, a sequence's token every 4.00 ms,"
                        + " the slowest stage starves 50.0% of the time");
    }

    @Test
    void speculationSaysTokensOfAPass() {
        assertThat(predict("--schedule decode --stages 4 --microbatches 40 --forward 1ms --draft 500us"
                        + " --draft-tokens 3 --acceptance 0.7 --sizes 1,2"))
                .isZero();
        assertThat(out.toString())
                .contains("a pass every 2.25 ms, a sequence's token every 3.55 ms (2.53 tokens a pass)");
    }

    @Test
    void pipeDreamSaysItsWeightVersionsAndIsSimulatedWithoutFlush() {
        String run = "--schedule pipedream --stages 4 --microbatches 8 --forward 1ms --backward 2ms";
        assertThat(predict(run)).isZero();
        assertThat(out.toString()).contains("the devices keep 4, 3, 2, 1 versions of their weights");
        Path file = folder.resolve("run.sqlite");
        assertThat(simulate(run + " --iterations 3 --straggler it=2:F:stage=1:mb=4:2 -o " + file))
                .isZero();
        assertThat(out.toString()).endsWith(file + ": one run of 82.000 ms" + System.lineSeparator());
    }

    @Test
    void theAutomaticScheduleKeepsToItsMemory() {
        String run = "--schedule zb-auto --stages 4 --microbatches 16 --forward 1ms --backward 1ms --weight 1ms";
        assertThat(predict(run + " --json -")).isZero();
        assertThat(out.toString()).contains("\"schedule\" : \"zb-auto\"", "\"makespanNs\" : 51000000");
        assertThat(predict(run + " --memory-limit 2GB --activation-bytes 1GB --weight-bytes 250MB"))
                .isZero();
        assertThat(predict(run + " --memory-limit 3 --transfer 100us")).isZero();
        assertThat(simulate(run + " --memory-limit 8 --transfer 100us -o " + folder.resolve("auto.sqlite")))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--schedule zb-auto --backward 1ms | zb-auto needs --backward and --weight",
                "--schedule zb-auto --backward 1ms --weight 1ms --memory-limit 0 | below one activation",
                "--schedule zb-auto --backward 1ms --weight 1ms --memory-limit 40GB | a size needs --activation-bytes",
                "--schedule zb-auto --backward 1ms --weight 1ms --activation-bytes 1GB | needs --memory-limit",
                "--schedule zb-auto --backward 1ms --weight 1ms --weight-bytes 1GB | which is missing",
                "--schedule zb-auto --backward 1ms --weight 1ms --memory-limit 9 --activation-bytes 1GB | '9' is no size",
                "--schedule zb-auto --backward 1ms --weight 1ms --memory-limit 9GB --activation-bytes 1GB,2GB"
                        + " | one for each of the 4 stages",
                "--schedule zb-auto --backward 1ms --weight 1ms --chunks 2 | one chunk per device",
                "--schedule zb-h1 --backward 1ms --weight 1ms --memory-limit 4 | belong to --schedule zb-auto",
            })
    void whatCannotBeScheduledIsAUsageError(String options, String why) {
        assertThat(predict("--stages 4 --microbatches 8 --forward 1ms " + options))
                .isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(why);
    }

    @Test
    void ordersAreWrittenAndReadBack() {
        Path orders = folder.resolve("orders.csv");
        Path curve = folder.resolve("memory.csv");
        String times = " --forward 1ms --backward 1ms --weight 1ms";
        assertThat(predict("--schedule zb-h1 --stages 4 --microbatches 8" + times + " --write-actions " + orders
                        + " --memory " + curve))
                .isZero();
        assertThat(orders).content().startsWith("0F0,0F1,0F2,0F3,0I0,0W0,0F4");
        assertThat(curve).content().startsWith("device,timeNs,held\n0,0,1\n");
        assertThat(predict("--actions " + orders + times + " --json -")).isZero();
        assertThat(out.toString()).contains("\"makespanNs\" : 27000000", "\"schedule\" : \"orders.csv\"");
        Path trace = folder.resolve("run.sqlite");
        assertThat(simulate("--actions " + orders + times + " -o " + trace)).isZero();
        assertThat(trace).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--forward 1ms --backward 1ms | give either --schedule or --actions",
                "--schedule gpipe --forward 1ms --backward 1ms | --schedule needs --stages and --microbatches",
                "--actions /nowhere.csv --forward 1ms | cannot read /nowhere.csv",
                "--schedule zb-h1 --stages 2 --microbatches 4 --forward 1ms --backward 1ms | zb-h1 needs --weight",
                "--schedule dualpipe --stages 3 --microbatches 8 --forward 1ms --backward 1ms | an even number of stages",
                "--schedule gpipe --variant 2 --stages 2 --microbatches 4 --forward 1ms --backward 1ms | no variant 2",
                "--schedule x --stages 2 --microbatches 4 --forward 1ms | 'x' is none of naive, gpipe, 1f1b",
                "--schedule gpipe --stages 2 --microbatches 4 --forward 1ms | gpipe needs --backward",
                "--schedule 1f1b --stages 2 --microbatches 4 --forward 1ms --backward 1ms --group-size 2 | belongs to",
                "--schedule interleaved --chunks 2 --stages 2 --microbatches 4 --forward 1ms --backward 1ms"
                        + " --group-size 5 | a group of 5 needs at least as many",
                "--schedule decode --stages 2 --microbatches 4 --forward 1ms --acceptance 0.5 | needs --draft",
                "--schedule decode --stages 2 --microbatches 4 --forward 1ms --draft 1ms --acceptance 2 | between 0 and 1",
                "--schedule gpipe --stages 2 --microbatches 4 --forward 1ms --backward 1ms --sizes 0 | --sizes: a size is",
                "--schedule gpipe --stages 0 --microbatches 4 --forward 1ms --backward 1ms | must be at least 1",
                "--schedule gpipe --stages 2 --microbatches 4 --forward 1 --backward 1ms | '1' is no time",
                "--schedule gpipe --stages 2 --microbatches 4 --forward=-1ms --backward 1ms | '-1ms' is negative",
                "--schedule 1f1b --chunks 2 --stages 2 --microbatches 4 --forward 1ms --backward 1ms | interleaved",
                "--schedule gpipe --stages 99999 --microbatches 99999 --forward 1ms --backward 1ms | more than",
                "--schedule interleaved --chunks 3 --stages 5 --microbatches 16 --forward 1ms --backward 1ms"
                        + " | rank 0 is stuck at 10F15, which waits for 9F15 of rank 4",
            })
    void whatCannotBePredictedIsAUsageError(String line, String why) {
        assertThat(predict(line)).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(why);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void simulateWritesTheFileAndSaysHowLongAnIterationIs() {
        Path file = folder.resolve("run.sqlite");
        assertThat(simulate(RUN + " --iterations 3 --boundary 2ms -o " + file)).isZero();
        assertThat(out.toString()).isEqualTo(file + ": 3 iterations of 33.000 ms" + System.lineSeparator());
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void simulateTakesEveryDisturbance() {
        assertThat(simulate(RUN + " --imbalance stage=2:1.3 --jitter 0.05 --seed 3 --host 20us --host stage=1:40us"
                        + " --transfer 100us --transfer 1-2:1ms --straggler it=0:F:stage=2:mb=3:8 --kernels 2"
                        + " --labels torch --receives serial --ranks-per-file 1 --clock-skew rank=1:3ms"
                        + " --clock-skew rank=2:-3ms+20ppm --clock-skew rank=3:1us-0.5ppm -o " + folder))
                .isZero();
        assertThat(folder).isDirectoryContaining("glob:**/rank3.sqlite");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--imbalance 2:1.3 | '2:1.3' is not of the form stage=2:1.3",
                "--imbalance stage=7:1.3 | there is no stage 7: the last one is 3",
                "--straggler it=0:F:mb=3:8 | is not of the form it=0:F:stage=2:mb=3:8",
                "--host stage=1:x | 'x' is no time",
                "--transfer 1-9:1ms | there is no rank 9: the last one is 3",
                "--labels mine | 'mine' is none of own, torch, megatron, none",
                "--receives late | 'late' is none of preposted, serial, blocking",
                "--clock-skew rank=1:3ms | a clock skew needs several files",
                "--ranks-per-file 1 --clock-skew rank=1:3ms+5000ppm | a clock drifts by at most 1000 ppm",
                "--clock-skew rank=1:3ms+fast | is not of the form rank=1:3ms+20ppm",
                "--tp 0 | a size is at least 1",
                "--dp 2 --rank-order pp-tp | the order does not name dp",
                "--ranks-per-file 0 | --ranks-per-file must be at least 1",
                "--kernels 0 | must be at least 1",
            })
    void whatCannotBeSimulatedIsAUsageErrorAndLeavesNoFile(String options, String why) {
        assertThat(simulate(RUN + " -o " + folder.resolve("run.sqlite") + " " + options))
                .isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(why);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(simulate(RUN + " -o " + file.resolve("run.sqlite"))).isEqualTo(2);
        assertThat(err.toString()).startsWith("cannot write " + file.resolve("run.sqlite"));
    }

    private int predict(String line) {
        return run(new PredictCommand(), line);
    }

    private int simulate(String line) {
        return run(new SimulateCommand(), line);
    }

    private int run(Object command, String line) {
        List<String> arguments = new ArrayList<>(List.of(line.trim().split(" +", -1)));
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
