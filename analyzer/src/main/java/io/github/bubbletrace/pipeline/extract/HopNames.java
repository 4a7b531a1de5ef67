package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Hop;
import io.github.bubbletrace.trace.Trace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ranges that say what is sent or received, and of which micro-batch not: Megatron-LM's {@code recv_forward}, {@code
 * send_backward_recv_forward} and the like, with or without the module before it.
 */
final class HopNames {

    private static final String HOP = "(send|recv)_(forward|backward)";
    private static final Pattern NAME = Pattern.compile("(?:[\\w.]*\\.)?" + HOP + "(?:_" + HOP + ")?");

    private final Trace trace;

    HopNames(Trace trace) {
        this.trace = trace;
    }

    /** Whether a range's text is such a name. */
    static boolean isHop(String text) {
        return text.endsWith("ward") && NAME.matcher(text).matches();
    }

    /** What a range says that its kernels do. */
    Direction direction(int row) {
        String text = text(row);
        boolean sends = text.contains("send_");
        boolean receives = text.contains("recv_");
        return sends && receives ? Direction.BOTH : sends ? Direction.SEND : Direction.RECV;
    }

    /** What a range sends, or else receives, is for: forwards or backwards. */
    Hop hop(int row, boolean send) {
        Matcher name = NAME.matcher(text(row));
        Hop found = Hop.UNSAID;
        if (name.matches()) {
            for (int part = 1; part < name.groupCount(); part += 2) {
                if ((send ? "send" : "recv").equals(name.group(part))) {
                    found = "forward".equals(name.group(part + 1)) ? Hop.FORWARD : Hop.BACKWARD;
                }
            }
        }
        return found;
    }

    private String text(int row) {
        return trace.strings().get(trace.ranges().text(row));
    }
}
