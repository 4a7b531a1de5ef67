package io.github.bubbletrace.cli;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks at what recording needs. Whatever may crash is tried in a process of its own. */
final class Doctor {

    private static final long PROBE_LIMIT_S = 30;
    private static final int OLDEST_CUDA = 11000;

    private final Map<String, String> environment;

    Doctor(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Everything, what others depend on first. */
    List<Diagnosis> examine() {
        List<Diagnosis> all = new ArrayList<>();
        all.add(Diagnosis.ok(
                "java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ')'));
        try {
            all.add(Diagnosis.ok("hooks", HookLibrary.in(environment).library().toString()));
            all.addAll(probed(probe()));
        } catch (UnusableInputException e) {
            all.add(Diagnosis.fails("hooks", e.getMessage()));
        }
        all.add(injection("CUDA_INJECTION64_PATH"));
        all.add(injection("NVTX_INJECTION64_PATH"));
        all.add(output());
        return all;
    }

    /** What the probe says, a key a line; empty where it cannot be run. */
    private Map<String, String> probe() {
        Optional<Path> program = HookLibrary.in(environment).probe();
        Map<String, String> answers = new HashMap<>();
        if (program.isEmpty()) {
            return answers;
        }
        ProcessBuilder builder =
                new ProcessBuilder(program.get().toString()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("CUDA_INJECTION64_PATH");
        builder.environment().remove("NVTX_INJECTION64_PATH");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PROBE_LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                answers.put("probe", "it does not answer within " + PROBE_LIMIT_S + " s");
                return answers;
            }
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("="))
                    .forEach(line ->
                            answers.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            if (process.exitValue() != 0) {
                answers.put("probe", "it ends with status " + process.exitValue());
            }
        } catch (IOException e) {
            answers.put("probe", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answers;
    }

    private static List<Diagnosis> probed(Map<String, String> answers) {
        List<Diagnosis> all = new ArrayList<>();
        if (answers.containsKey("probe")) {
            all.add(Diagnosis.fails("probe", "the driver or CUPTI cannot be tried: " + answers.get("probe")));
        }
        all.add(driver(answers));
        if (answers.containsKey("devices")) {
            all.add(devices(answers.get("devices")));
        }
        all.add(cupti(answers));
        if (answers.containsKey("subscribe")) {
            all.add(
                    answers.get("subscribe").isEmpty()
                            ? Diagnosis.ok("subscription", "free")
                            : Diagnosis.fails("subscription", answers.get("subscribe")));
        }
        return all;
    }

    private static Diagnosis driver(Map<String, String> answers) {
        String version = answers.get("driver");
        if (version == null) {
            return Diagnosis.fails(
                    "driver", "no libcuda.so.1: install the NVIDIA driver, or run on a machine that has it");
        }
        String result = answers.getOrDefault("cuInit", "0");
        if (!result.equals("0")) {
            return Diagnosis.fails(
                    "driver",
                    "libcuda.so.1 is there, but cuInit fails with error " + result
                            + ": check nvidia-smi and, in a container, that the GPUs are passed in");
        }
        int number = Integer.parseInt(version);
        String text = "CUDA " + number / 1000 + "." + number % 1000 / 10;
        return number >= OLDEST_CUDA
                ? Diagnosis.ok("driver", text)
                : Diagnosis.fails("driver", text + " is too old: 11.0 or later is needed");
    }

    private static Diagnosis devices(String count) {
        return count.equals("0")
                ? Diagnosis.fails("GPUs", "none is visible: check CUDA_VISIBLE_DEVICES and nvidia-smi")
                : Diagnosis.ok("GPUs", count + " visible");
    }

    private static Diagnosis cupti(Map<String, String> answers) {
        if (answers.containsKey("cuptiProblem")) {
            return Diagnosis.fails("cupti", answers.get("cuptiProblem"));
        }
        if (!answers.containsKey("cupti")) {
            return Diagnosis.fails("cupti", "could not be tried");
        }
        return Diagnosis.ok("cupti", answers.get("cupti") + " (version " + answers.get("cuptiVersion") + ')');
    }

    private Diagnosis injection(String variable) {
        String value = environment.getOrDefault(variable, "");
        String name = variable.substring(0, variable.indexOf('_')) + " slot";
        return value.isEmpty()
                ? Diagnosis.ok(name, "free")
                : Diagnosis.warns(name, variable + " is set to " + value + ": unset it for bubbletrace run");
    }

    private Diagnosis output() {
        String told = environment.getOrDefault("BUBBLETRACE_OUTPUT", "");
        Path folder = Path.of(told.isEmpty() ? "." : told).toAbsolutePath().normalize();
        Path existing = folder;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing != null && Files.isDirectory(existing) && Files.isWritable(existing)
                ? Diagnosis.ok("output", folder + " can be written")
                : Diagnosis.warns("output", folder + " cannot be written: give run another folder with -o");
    }
}
