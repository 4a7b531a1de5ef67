package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.ClockAnchorEvent;
import io.github.bubbletrace.event.ClockAnchors;
import io.github.bubbletrace.event.Spans;
import io.github.bubbletrace.event.StageEvent;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;

/** The agent at work in a JVM: what is instrumented, and the recording, if one runs. */
final class Session {

    private final Instrumenter instrumenter;
    private final Runnable anchors;
    private final Path jar;
    private AgentRecording recording;
    private Hooks hooks = Hooks.off();

    private Session(Instrumenter instrumenter, Runnable anchors, Path jar) {
        this.jar = jar;
        this.instrumenter = instrumenter;
        this.anchors = anchors;
    }

    /**
     * Starts as {@code options} say; on any problem everything is undone.
     *
     * @throws AgentException where it cannot start
     */
    static Session open(Instrumentation instrumentation, Path jar, Options options) {
        int[] replica = options.replica();
        options.isOn("hooks", false);
        options.isOn("recording", true);
        Runnable anchors = () -> ClockAnchors.write(replica[0], replica[1]);
        List<Rule> rules = rules(options);
        Thread recorder = awaken();
        BootJar.append(instrumentation, jar);
        RuleChecker checker = new RuleChecker(instrumentation, options.isOn("late", false));
        for (Rule rule : rules) {
            checker.check(rule);
        }
        Session session = new Session(new Instrumenter(instrumentation, rules, options), anchors, jar);
        AgentRecording wanted = wanted(options);
        try {
            session.instrumenter.install();
            await(recorder);
            FlightRecorder.register(StageEvent.class);
            FlightRecorder.addPeriodicEvent(ClockAnchorEvent.class, anchors);
            Spans.nameThreads(options.stages());
            Spans.reportFailures(anchors);
            session.record(wanted, options);
            Spans.awaken();
        } catch (RuntimeException | LinkageError e) {
            session.close();
            throw e;
        }
        return session;
    }

    /**
     * Flight Recorder takes longer to awake than all the rest, which is done meanwhile. Event classes are left to
     * this thread, as two threads that register one wait for each other for ever.
     */
    private static Thread awaken() {
        Thread recorder = new Thread(
                () -> {
                    try {
                        FlightRecorder.getFlightRecorder();
                    } catch (RuntimeException | LinkageError e) {
                        // Starting a recording meets the same, and says so.
                    }
                },
                "bubbletrace-start");
        recorder.setDaemon(true);
        recorder.start();
        return recorder;
    }

    private static void await(Thread recorder) {
        try {
            recorder.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Rule> rules(Options options) {
        List<Rule> rules = new ArrayList<>();
        for (String rule : options.rules()) {
            rules.add(Rule.parse(rule));
        }
        return rules;
    }

    /** The recording that {@code options} ask for; null where they want none. */
    private static AgentRecording wanted(Options options) {
        return options.isOn("recording", true) ? new AgentRecording(options) : null;
    }

    private void record(AgentRecording wanted, Options options) {
        if (wanted != null) {
            wanted.start();
            recording = wanted;
        }
        if (options.isOn("hooks", false)) {
            Path folder = recording == null ? Path.of("") : recording.file().getParent();
            hooks = Hooks.start(jar, folder.toAbsolutePath(), options.get("cupti"));
            if (hooks.problem() != null) {
                System.err.println("bubbletrace: stage spans alone, without kernels: " + hooks.problem());
            }
        }
    }

    /** A new recording with what is instrumented already. */
    String startAgain(Options options) {
        if (recording != null) {
            throw new AgentException("already recording to " + recording.file() + "; stop or detach first");
        }
        if (!options.rules().isEmpty() || options.stages() != null) {
            throw new AgentException("the agent is here already with its rules; detach first to give it others");
        }
        record(wanted(options), options);
        return status();
    }

    String stop() {
        hooks.stop();
        hooks = Hooks.off();
        if (recording == null) {
            return "no recording of the agent runs";
        }
        String stopped = recording.stop();
        recording = null;
        return stopped;
    }

    String dump(String file) {
        if (recording == null) {
            throw new AgentException("no recording of the agent runs; start one first");
        }
        hooks.flush();
        return recording.dump(file);
    }

    String status() {
        String now = recording == null ? "not recording" : recording.status();
        return now + "; " + instrumenter.status() + "; failed calls " + Spans.failures() + hooks.status();
    }

    String close() {
        String undone = instrumenter.undo();
        String stopped = stop();
        FlightRecorder.removePeriodicEvent(anchors);
        Spans.reportFailures(null);
        Spans.nameThreads(null);
        return stopped + "; " + undone;
    }
}
