package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.format.DecimalTime;
import io.github.bubbletrace.format.StampStep;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.TraceBuilder;

/** Brings the events of a file, one after the other, where they belong in its trace. */
final class EventCollector implements EventSink {

    private final TraceBuilder builder = new TraceBuilder();
    private final NcclEvents nccl = new NcclEvents(builder);
    private final HostProcesses processes = new HostProcesses(builder);
    private final SpanEvents spans = new SpanEvents(builder, processes);
    private final GpuEvents gpu = new GpuEvents(builder, processes, spans, nccl);
    private final MemoryEvents memory = new MemoryEvents(builder, processes);
    private final StampStep stamps = new StampStep();
    private final EventCounts counts = new EventCounts();
    private final TextPool texts = new TextPool();
    private final TextNumbers numbers = new TextNumbers(texts, builder.strings());
    private final Event event = new Event();
    private long baseNs = DecimalTime.NONE;

    /** A parser of events that come one by one. */
    EventParser parser() {
        return new EventParser(texts, counts);
    }

    @Override
    public Event next() {
        return event;
    }

    @Override
    public void add(boolean isOfUse) {
        counts.read();
        if (isOfUse) {
            event.renumber(numbers);
            add(event);
        }
    }

    /** Adds the events of a block. */
    void add(EventBatch batch) {
        TextNumbers own = new TextNumbers(batch.texts(), builder.strings());
        counts.add(batch.counts());
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).renumber(own);
            add(batch.get(i));
        }
    }

    private void add(Event added) {
        if (added.type == 'M') {
            spans.addMetadata(added);
        } else if (isTimed(added)) {
            stamps.see(added.startNs);
            baseNs = baseNs == DecimalTime.NONE ? added.startNs : baseNs;
            added.startNs -= baseNs;
            if (added.category == Category.SPAN) {
                spans.add(added);
            } else if (added.category == Category.MEMORY) {
                memory.add(added);
            } else if (added.type == 'X') {
                gpu.add(added);
            }
        }
    }

    private boolean isTimed(Event added) {
        boolean wanted = added.type == 'X' || added.type == 'B' || added.type == 'E' || added.type == 'i';
        boolean timed = added.startNs != DecimalTime.NONE && (added.type != 'X' || added.lengthNs >= 0);
        builder.log().count(Oddity.BAD_TIMES, wanted && !timed ? 1 : 0);
        return wanted && timed;
    }

    TraceBuilder builder() {
        return builder;
    }

    NcclEvents nccl() {
        return nccl;
    }

    SpanEvents spans() {
        return spans;
    }

    GpuEvents gpu() {
        return gpu;
    }

    MemoryEvents memory() {
        return memory;
    }

    HostProcesses processes() {
        return processes;
    }

    /** How far apart two stamps of the file can be told, in nanoseconds. */
    long stampNs() {
        return stamps.ns();
    }

    EventCounts counts() {
        return counts;
    }

    /** What was taken off all times, or {@link DecimalTime#NONE}. */
    long baseNs() {
        return baseNs;
    }
}
