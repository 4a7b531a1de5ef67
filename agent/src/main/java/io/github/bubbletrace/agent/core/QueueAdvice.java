package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.Spans;
import io.github.bubbletrace.event.TransferEvent;
import java.util.Set;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** The code put into the JDK's blocking queues: what a stage's thread puts and takes, and how long that takes. */
final class QueueAdvice {

    private static final Set<String> QUEUES = Set.of(
            "java.util.concurrent.ArrayBlockingQueue",
            "java.util.concurrent.DelayQueue",
            "java.util.concurrent.LinkedBlockingDeque",
            "java.util.concurrent.LinkedBlockingQueue",
            "java.util.concurrent.LinkedTransferQueue",
            "java.util.concurrent.PriorityBlockingQueue",
            "java.util.concurrent.SynchronousQueue");

    private QueueAdvice() {}

    static Target target() {
        return Target.of(
                candidate -> candidate.loader() == null && QUEUES.contains(candidate.name()),
                Probe.of(Put.class, method("put", "transfer").and(ElementMatchers.takesArguments(1))),
                Probe.of(
                        Offer.class,
                        method("offer", "tryTransfer")
                                .and(ElementMatchers.returns(boolean.class))
                                .and(ElementMatchers.takesArguments(1).or(ElementMatchers.takesArguments(3)))),
                Probe.of(
                        Take.class,
                        method("take", "poll")
                                .and(ElementMatchers.takesArguments(0).or(ElementMatchers.takesArguments(2)))));
    }

    /** Bridges call the method with the same arguments; one of them is enough. */
    private static ElementMatcher.Junction<MethodDescription> method(String... names) {
        return ElementMatchers.<MethodDescription>namedOneOf(names)
                .and(ElementMatchers.isPublic())
                .and(ElementMatchers.not(ElementMatchers.isBridge()));
    }

    /** Waits until there is room. */
    static final class Put {

        private Put() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static TransferEvent enter() {
            return Spans.enterQueue();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter TransferEvent event,
                @Advice.This Object queue,
                @Advice.Argument(0) Object item,
                @Advice.Thrown Throwable thrown) {
            Spans.exitQueue(event, TransferEvent.PUT, queue, thrown == null ? item : null);
        }
    }

    /** May fail where there is no room. */
    static final class Offer {

        private Offer() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static TransferEvent enter() {
            return Spans.enterQueue();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter TransferEvent event,
                @Advice.This Object queue,
                @Advice.Argument(0) Object item,
                @Advice.Return boolean taken) {
            Spans.exitQueue(event, TransferEvent.PUT, queue, taken ? item : null);
        }
    }

    /** Gives null where nothing came. */
    static final class Take {

        private Take() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static TransferEvent enter() {
            return Spans.enterQueue();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@Advice.Enter TransferEvent event, @Advice.This Object queue, @Advice.Return Object item) {
            Spans.exitQueue(event, TransferEvent.TAKE, queue, item);
        }
    }
}
