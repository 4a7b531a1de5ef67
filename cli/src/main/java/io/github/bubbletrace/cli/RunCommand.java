package io.github.bubbletrace.cli;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a CUDA job under the hook library. Streams and exit status are the job's own. */
@Command(
        name = "run",
        description = "Runs any CUDA job (Python, C++, a launcher of many processes) and records its kernels, copies,"
                + " calls and NVTX ranges: one capture a process, without Nsight and without a change of the job."
                + " Ends with the job's exit status.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        footer = {
            "",
            "Variables for the job's processes, also without this command (CUDA_INJECTION64_PATH and"
                    + " NVTX_INJECTION64_PATH name the library then): BUBBLETRACE_OUTPUT, BUBBLETRACE_CUPTI,"
                    + " BUBBLETRACE_ENABLED=0, BUBBLETRACE_CALLS=0, BUBBLETRACE_CHATTY=1, BUBBLETRACE_NVTX=0,"
                    + " BUBBLETRACE_ALLOCATIONS=0, BUBBLETRACE_WHOLE_GRAPHS=1, BUBBLETRACE_MEMORY_MB=256,"
                    + " BUBBLETRACE_BUFFER_KB=1024, BUBBLETRACE_FLUSH_MS=1000."
        })
final class RunCommand implements Callable<Integer> {

    private static final String CUDA = "CUDA_INJECTION64_PATH";
    private static final String NVTX = "NVTX_INJECTION64_PATH";
    private static final String ENDING = ".btcap";

    /** What the launcher sets for this program alone. */
    private static final List<String> OWN = List.of("BUBBLETRACE_TTY", "BUBBLETRACE_LC_ALL", "BUBBLETRACE_JAVA_OPTS");

    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for the captures; without it, BUBBLETRACE_OUTPUT or bubbletrace-captures in the"
                    + " working directory.")
    private Path folder;

    @Option(
            names = "--analyze",
            description = "Analyses the captures when the job has ended, as analyze does; the verdict goes to the error"
                    + " stream, so that the job's output stays its own.")
    private boolean isAnalysed;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "bubbletrace-report",
            description = "Folder for the reports of --analyze; without it, ${DEFAULT-VALUE}.")
    private Path report;

    @Option(
            names = "--cupti",
            paramLabel = "FILE",
            description = "The libcupti to load where the job has loaded none; without it, those of known names.")
    private Path cupti;

    @Option(names = "--no-ranges", description = "Records no NVTX ranges.")
    private boolean isWithoutRanges;

    @Option(
            names = "--no-calls",
            description = "Records no API calls: less overhead, but kernels then belong to no range.")
    private boolean isWithoutCalls;

    @Option(names = "--whole-graphs", description = "Records a CUDA graph's launch as one block: less overhead.")
    private boolean hasWholeGraphs;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The job and its arguments, best after --.")
    private List<String> command = List.of();

    /** What follows the job's name is the job's. */
    @Spec
    void setSpec(CommandSpec ownSpec) {
        spec = ownSpec;
        spec.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        Path library = HookLibrary.in(System.getenv()).library();
        Path captures = folder();
        Set<Path> before = captures(captures);
        ProcessBuilder job = new ProcessBuilder(command).inheritIO();
        prepare(job.environment(), library, captures);
        int status = run(job);
        if (isAnalysed) {
            analyze(captures, before);
        }
        return status;
    }

    private Path folder() {
        String told = System.getenv().getOrDefault("BUBBLETRACE_OUTPUT", "");
        Path chosen = folder != null ? folder : Path.of(told.isEmpty() ? "bubbletrace-captures" : told);
        return chosen.toAbsolutePath().normalize();
    }

    private void prepare(Map<String, String> environment, Path library, Path captures) {
        refuseOther(environment, CUDA, library);
        refuseOther(environment, NVTX, library);
        restoreLocale(environment);
        OWN.forEach(environment::remove);
        environment.put(CUDA, library.toString());
        environment.put("BUBBLETRACE_OUTPUT", captures.toString());
        if (!isWithoutRanges) {
            environment.put(NVTX, library.toString());
        }
        set(environment, "BUBBLETRACE_NVTX", isWithoutRanges, "0");
        set(environment, "BUBBLETRACE_CALLS", isWithoutCalls, "0");
        set(environment, "BUBBLETRACE_WHOLE_GRAPHS", hasWholeGraphs, "1");
        if (cupti != null) {
            environment.put("BUBBLETRACE_CUPTI", cupti.toAbsolutePath().toString());
        }
    }

    private static void set(Map<String, String> environment, String variable, boolean isSet, String value) {
        if (isSet) {
            environment.put(variable, value);
        }
    }

    /** The driver injects one library; to take another's place silently would break what the user set up. */
    private static void refuseOther(Map<String, String> environment, String variable, Path library) {
        String other = environment.getOrDefault(variable, "");
        if (!other.isEmpty() && !Path.of(other).getFileName().equals(library.getFileName())) {
            throw new UnusableInputException(
                    variable, "is set to " + other + ", another tool's library", "unset it, or run without that tool");
        }
    }

    /** The launcher gives Java a locale that the job did not have. */
    private static void restoreLocale(Map<String, String> environment) {
        String before = environment.get("BUBBLETRACE_LC_ALL");
        if (before != null && before.isEmpty()) {
            environment.remove("LC_ALL");
        } else if (before != null) {
            environment.put("LC_ALL", before);
        }
    }

    private static int run(ProcessBuilder job) throws InterruptedException {
        // Before the job runs, so that none is lost: one that comes meanwhile waits in its own thread.
        CompletableFuture<Process> started = new CompletableFuture<>();
        JobSignals.leaveTo(signal -> started.join().destroy());
        try {
            Process process = job.start();
            started.complete(process);
            return process.waitFor();
        } catch (IOException e) {
            throw new UnusableInputException(
                    job.command().get(0), "cannot be run", "check the command's name and its permissions", e);
        }
    }

    private static Set<Path> captures(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(ENDING)).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UnusableInputException(folder.toString(), "cannot be listed", "check its permissions", e);
        }
    }

    /** Only what this job left: an earlier one's captures in the same folder are of another run. */
    private void analyze(Path folder, Set<Path> before) {
        Set<Path> own = new TreeSet<>(captures(folder));
        own.removeAll(before);
        PrintWriter err = spec.commandLine().getErr();
        if (own.isEmpty()) {
            err.println("bubbletrace: " + folder + ": the job left no capture; see bubbletrace doctor");
            return;
        }
        List<String> words = new ArrayList<>(List.of("analyze"));
        own.forEach(capture -> words.add(capture.toString()));
        words.addAll(List.of("-o", report.toString()));
        CommandLineTool.run(err, err, RootCommand.of(spec).isWatched(), words.toArray(new String[0]));
    }
}
