package io.github.bubbletrace.cli;

import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.reports.json.WhatIfJson;
import io.github.bubbletrace.reports.whatif.WhatIfTable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Predicts what changes would make of a recorded run. */
@Command(
        name = "whatif",
        description = "Replays traces with changes and says what each would buy; without --change, all that fit.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class WhatIfCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceArguments arguments;

    @Mixin
    private SelectionArguments selection;

    @Mixin
    private ModelArguments model;

    @Option(
            names = "--change",
            paramLabel = "C",
            description = "microbatches=32 (of the same size) or microbatches=32@batch (of the same global batch);"
                    + " schedule=KIND or schedule=interleaved:2; stage:3=mean; balanced; device:rank5=median;"
                    + " link:0-1=median; transfers=0, transfers=0.5 or transfers=overlapped; host=0, or host:1=0 on"
                    + " one stage; inflight=4; continuous (batching), speculate=4@0.7 or speculate=4@0.7:0.1 (tokens a"
                    + " pass, share accepted, cost of a draft over a pass); stages=8, or stages=4@tp:200us on the same devices with so much for"
                    + " collectives; recompute=full, recompute=4 (segments) or recompute=none. Several at once are"
                    + " joined by +. May be repeated.")
    private List<String> changes = List.of();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the predictions as a JSON document to FILE; - prints it instead of the table.")
    private Path json;

    @Override
    public Integer call() {
        WhatIfAnalysis whatIf = Watched.run(
                spec,
                model.on(selection.on(arguments.options())),
                options -> Analyzer.whatIf(arguments.traces(), options, changes));
        boolean toStdout = Delivery.isStdout(json);
        if (json != null && !toStdout) {
            Delivery.replace(json, WhatIfJson.document(whatIf));
        }
        ResultStream.print(spec, toStdout ? WhatIfJson.document(whatIf) : WhatIfTable.text(whatIf));
        return ExitStatus.DONE;
    }
}
