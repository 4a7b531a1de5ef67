package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.pipeline.extract.HostStops;
import io.github.bubbletrace.trace.IntervalSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the host's runtime did while devices were idle because of the host: garbage collections, safepoints, compilations.
 * Several may lie in the same time, so their shares are never summed.
 */
final class HostReasons {

    private final Map<String, Long> nsOfReason = new TreeMap<>();
    private final Set<String> pauses = new HashSet<>();
    private long hostNs;

    private HostReasons() {}

    static HostReasons of(Subject subject) {
        HostReasons reasons = new HostReasons();
        for (IterationAnalysis iteration : subject.analysis().iterations()) {
            if (!iteration.skipped()) {
                List<DeviceAnalysis> devices = iteration.devices();
                for (int device = 0; device < devices.size(); device++) {
                    reasons.add(
                            idle(devices.get(device)),
                            subject.run().devices().get(device).stops());
                }
            }
        }
        return reasons;
    }

    private static IntervalSet idle(DeviceAnalysis device) {
        IntervalSet.Builder host = new IntervalSet.Builder();
        for (int i = 0; i < device.idle().size(); i++) {
            if (device.idle().cause(i) == Cause.HOST) {
                host.add(device.idle().startNs(i), device.idle().endNs(i));
            }
        }
        return host.build();
    }

    private void add(IntervalSet idle, HostStops stops) {
        hostNs += idle.totalNs();
        stops.byReason().forEach((reason, times) -> {
            nsOfReason.merge(reason, idle.intersect(times).totalNs(), Long::sum);
            pauses.add(reason);
        });
        stops.beside()
                .forEach((reason, times) ->
                        nsOfReason.merge(reason, idle.intersect(times).totalNs(), Long::sum));
    }

    /**
     * The pause of all threads that lies in most of the idle time; empty where none lies in a tenth of it. What only ran
     * beside them is no reason by itself.
     */
    String leading() {
        return nsOfReason.entrySet().stream()
                .filter(reason -> pauses.contains(reason.getKey()))
                .max(Map.Entry.comparingByValue())
                .filter(reason -> reason.getValue() * 10 >= hostNs && reason.getValue() > 0)
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** Share of the host's idle time under {@code reason}. */
    double share(String reason) {
        return hostNs == 0 ? 0 : (double) nsOfReason.getOrDefault(reason, 0L) / hostNs;
    }

    /** Reasons and their shares in words, those of at least a hundredth; empty where there is none. */
    String text() {
        return nsOfReason.keySet().stream()
                .filter(reason -> share(reason) >= 0.01)
                .map(reason -> reason + " " + Subject.percent(share(reason)))
                .collect(Collectors.joining(", "));
    }
}
