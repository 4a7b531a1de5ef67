package io.github.bubbletrace.agent.core;

import java.util.Set;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

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

    private static final String EVENT = "io/github/bubbletrace/event/TransferEvent";
    private static final String OBJECT = "Ljava/lang/Object;";

    private QueueAdvice() {}

    static Target target() {
        return Target.of(
                candidate -> candidate.loader() == null && QUEUES.contains(candidate.name()), put(), offer(), take());
    }

    /** Waits until there is room. */
    private static Probe put() {
        return probe("put", "transfer", 1, 1, false, (site, code) -> {
            pushHandOver(site, code);
            site.pushArgument(0, code);
            Site.call("exitPut", "(L" + EVENT + ";" + OBJECT + OBJECT + ")V", code);
        });
    }

    /** May fail where there is no room. */
    private static Probe offer() {
        return probe("offer", "tryTransfer", 1, 3, true, (site, code) -> {
            pushHandOver(site, code);
            site.pushArgument(0, code);
            site.pushReturned(code);
            Site.call("exitOffer", "(L" + EVENT + ";" + OBJECT + OBJECT + "Z)V", code);
        });
    }

    /** Gives null where nothing came. */
    private static Probe take() {
        return probe("take", "poll", 0, 2, false, (site, code) -> {
            pushHandOver(site, code);
            site.pushReturned(code);
            Site.call("exitTake", "(L" + EVENT + ";" + OBJECT + OBJECT + ")V", code);
        });
    }

    private static void pushHandOver(Site site, MethodVisitor code) {
        site.pushToken(code);
        site.pushThis(code);
    }

    private static Probe probe(
            String name, String other, int arguments, int orArguments, boolean answers, Snippet returning) {
        return Probe.around(
                method -> isMethod(method, name, other)
                        && hasArguments(method, arguments, orArguments)
                        && (!answers || method.descriptor().endsWith(")Z")),
                EVENT,
                (site, code) -> Site.call("enterQueue", "()L" + EVENT + ";", code),
                returning,
                (site, code) -> {
                    site.pushToken(code);
                    Site.call("failQueue", "(L" + EVENT + ";)V", code);
                },
                true);
    }

    /** Bridges call the method with the same arguments; one of them is enough. */
    private static boolean isMethod(Member method, String name, String other) {
        return (method.name().equals(name) || method.name().equals(other)) && method.isPublic() && !method.isBridge();
    }

    private static boolean hasArguments(Member method, int number, int other) {
        int arguments = Type.getArgumentTypes(method.descriptor()).length;
        return arguments == number || arguments == other;
    }
}
