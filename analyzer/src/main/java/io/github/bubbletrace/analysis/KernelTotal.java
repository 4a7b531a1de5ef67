package io.github.bubbletrace.analysis;

import io.github.bubbletrace.trace.KernelKind;
import java.util.List;

/**
 * One of the kernels that took most of the time, over all inputs.
 *
 * @param name its short name; null for all others of its kind together
 * @param kind whether it computes or communicates
 * @param count how often it ran
 * @param totalNs sum of its times, in nanoseconds; kernels that run side by side are each counted in full
 * @param devices how often and how long on each device, in the order of {@link Analysis#devices()}
 */
public record KernelTotal(String name, KernelKind kind, long count, long totalNs, List<OnDevice> devices) {

    /**
     * Its share of one device.
     *
     * @param count how often it ran there
     * @param totalNs sum of its times there, in nanoseconds
     */
    public record OnDevice(long count, long totalNs) {}

    /** The same under another name. */
    public KernelTotal withName(String newName) {
        return new KernelTotal(newName, kind, count, totalNs, devices);
    }
}
