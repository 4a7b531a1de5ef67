package io.github.bubbletrace.agent.core;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts the targets' code into classes while the JVM loads or retransforms them. Whatever goes wrong, the class stays as it
 * was.
 */
final class Weaver implements ClassFileTransformer {

    /** Never touched: the code put into others calls these. */
    private static final String EVENTS = "io/github/bubbletrace/event/";

    /** Nor what works here: a class that is being loaded cannot help to describe itself. */
    private static final ClassLoader OWN = Weaver.class.getClassLoader();

    private final List<Target> targets;
    private final Set<String> classes = ConcurrentHashMap.newKeySet();
    private final Set<String> stages = ConcurrentHashMap.newKeySet();

    /** Describing a class may load others on the same thread. */
    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();

    private volatile String problem;

    Weaver(List<Target> targets) {
        this.targets = List.copyOf(targets);
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] classFile) {
        if (name == null || name.startsWith(EVENTS) || loader == OWN || busy.get() != null) {
            return null;
        }
        busy.set(true);
        try {
            return woven(Candidate.of(name, loader, loaded, classFile), classFile);
        } catch (Throwable e) {
            failed(name.replace('/', '.'), e);
            return null;
        } finally {
            busy.remove();
        }
    }

    /** Whether any code is meant for {@code loaded}. */
    boolean wants(Class<?> loaded) {
        if (loaded.getClassLoader() == OWN) {
            return false;
        }
        try {
            Candidate candidate = Candidate.of(loaded);
            for (Target target : targets) {
                if (target.covers(candidate)) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException | LinkageError e) {
            failed(loaded.getName(), e);
            return false;
        }
    }

    private byte[] woven(Candidate candidate, byte[] classFile) {
        Map<String, List<Probe>> open = probes(candidate);
        if (open.isEmpty()) {
            return null;
        }
        byte[] changed = classFile;
        while (!open.isEmpty()) {
            changed = WovenClass.of(changed, candidate.types(), candidate.shape(), last(open));
        }
        classes.add(candidate.name());
        if (candidate.loader() != null) {
            stages.add(candidate.name());
        }
        return changed;
    }

    /** What is put into methods, each by its name with its descriptor; the first probe is to be the outermost. */
    private Map<String, List<Probe>> probes(Candidate candidate) {
        Map<String, List<Probe>> probes = new HashMap<>();
        for (Target target : targets) {
            if (target.covers(candidate)) {
                for (Probe probe : target.probes(candidate.shape())) {
                    for (Member method : candidate.shape().methods()) {
                        if (probe.fits(method)) {
                            probes.computeIfAbsent(method.name() + method.descriptor(), key -> new ArrayList<>())
                                    .add(probe);
                        }
                    }
                }
            }
        }
        return probes;
    }

    /** Takes the last probe of each method away. */
    private static Map<String, Probe> last(Map<String, List<Probe>> open) {
        Map<String, Probe> last = new HashMap<>();
        for (Map.Entry<String, List<Probe>> each : open.entrySet()) {
            last.put(each.getKey(), each.getValue().remove(each.getValue().size() - 1));
        }
        open.values().removeIf(List::isEmpty);
        return last;
    }

    /** Says of {@code name} why it stays as it was. */
    void failed(String name, Throwable reason) {
        problem = name + ": " + reason.getMessage();
    }

    /** Names of the classes that were given code. */
    Set<String> classes() {
        return classes;
    }

    String status() {
        return stages.size() + " classes with stage methods instrumented" + (problem == null ? "" : ", not " + problem);
    }
}
