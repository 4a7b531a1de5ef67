package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.csv.IdleCsv;
import io.github.bubbletrace.reports.csv.TasksCsv;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void tasksHaveTheContractsColumnsAndEveryTask() throws IOException {
        String text = tasks(SampleAnalyses.pipeline());
        assertThat(text).startsWith("""
                        replica,iteration,rank,gpu,stage,chunk,phase,microBatch,startNs,endNs,busyNs
                        0,0,0,0,0,0,F,0,0,1000000,960000
                        """).doesNotContain("\r");
        assertThat(records(text)).hasSize(3 * 4 * 16);
    }

    @Test
    void idleSumsToTheTotals() throws IOException {
        Analysis analysis = SampleAnalyses.twoReplicas();
        String text = idle(analysis);
        assertThat(text).startsWith("replica,iteration,rank,gpu,stage,startNs,endNs,cause\n");
        TreeMap<Integer, Long> sums = new TreeMap<>();
        for (CSVRecord row : records(text)) {
            long length = Long.parseLong(row.get("endNs")) - Long.parseLong(row.get("startNs"));
            sums.merge(Integer.parseInt(row.get("replica")), length, Long::sum);
        }
        analysis.pipelines()
                .forEach(pipeline -> assertThat(sums.get(pipeline.replica()))
                        .isEqualTo(pipeline.totals().idleNs().total()));
    }

    @Test
    void withoutAPipelineOnlyTheHeadings() throws IOException {
        assertThat(tasks(SampleAnalyses.noPipeline()).lines()).hasSize(1);
        assertThat(idle(SampleAnalyses.empty()).lines()).hasSize(1);
    }

    private static String tasks(Analysis analysis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TasksCsv.write(analysis, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String idle(Analysis analysis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdleCsv.write(analysis, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<CSVRecord> records(String text) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            return parser.getRecords();
        }
    }
}
