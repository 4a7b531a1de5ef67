package io.github.bubbletrace.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Leaves signals to the job. A terminal sends an interrupt to the job as well, so it is enough not to die of it; a request
 * to end comes to this process alone and is passed on.
 */
final class JobSignals {

    private JobSignals() {}

    /** From now on, {@code pass} is called with TERM or HUP; interrupts are left to the terminal. */
    static void leaveTo(Consumer<String> pass) {
        for (String name : List.of("INT", "QUIT", "TERM", "HUP")) {
            try {
                handle(name, pass);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // A JVM without this class, or one that keeps the signal: it then does what it always does.
            }
        }
    }

    /** By reflection: the class is no part of the JDK's promises, and the compiler warns of it. */
    private static void handle(String name, Consumer<String> pass) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object handling = Proxy.newProxyInstance(
                JobSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    if (method.getName().equals("handle") && (name.equals("TERM") || name.equals("HUP"))) {
                        pass.accept(name);
                    }
                    return method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy) : null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
    }
}
