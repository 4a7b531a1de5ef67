import java.nio.file.Path;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;

/**
 * What an event with the fields of a stage span costs by itself, written into a file by Flight Recorder: the least that a span
 * can cost on this machine. The best of several rounds, in nanoseconds.
 */
public final class BareEvent {

    private static final int EVENTS = 2_000_000;
    private static final int ROUNDS = 12;

    private BareEvent() {}

    @Name("bubbletrace.BareEvent")
    @StackTrace(false)
    static final class Bare extends Event {
        int stage;
        int microBatch;
        int iteration = -1;
        char phase = ' ';
        byte device = -1;
        long span;
    }

    /** Measures; the argument is the file to record into. */
    public static void main(String[] args) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable(Bare.class).withoutStackTrace();
            recording.setDestination(Path.of(args[0]));
            recording.setMaxSize(50_000_000);
            recording.start();
            double best = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < EVENTS; i++) {
                    Bare event = new Bare();
                    event.begin();
                    event.stage = i & 3;
                    event.microBatch = i;
                    event.end();
                    event.commit();
                }
                best = Math.min(best, (double) (System.nanoTime() - start) / EVENTS);
            }
            System.out.printf("%.1f%n", best);
        }
    }
}
