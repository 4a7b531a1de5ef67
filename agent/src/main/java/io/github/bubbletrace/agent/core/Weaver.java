package io.github.bubbletrace.agent.core;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.scaffold.TypeInitializer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.auxiliary.AuxiliaryType;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Puts the targets' code into classes while the JVM loads or retransforms them. Whatever goes wrong, the class stays as it
 * was. Byte Buddy's own builder of agents would do the same; getting it ready takes longer than all the rest.
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
            return targets.stream().anyMatch(target -> target.covers(candidate));
        } catch (RuntimeException | LinkageError e) {
            failed(loaded.getName(), e);
            return false;
        }
    }

    private byte[] woven(Candidate candidate, byte[] classFile) {
        List<AsmVisitorWrapper> visitors = new ArrayList<>();
        for (Target target : targets) {
            if (target.covers(candidate)) {
                for (Probe probe : target.probes(candidate.type())) {
                    if (probe.fits(candidate.type())) {
                        visitors.add(probe.visitor());
                    }
                }
            }
        }
        if (visitors.isEmpty()) {
            return null;
        }
        byte[] changed = rewritten(candidate, classFile, new AsmVisitorWrapper.Compound(visitors));
        classes.add(candidate.name());
        if (candidate.loader() != null) {
            stages.add(candidate.name());
        }
        return changed;
    }

    private static byte[] rewritten(Candidate candidate, byte[] classFile, AsmVisitorWrapper code) {
        TypeDescription type = candidate.type();
        ClassFileVersion version = ClassFileVersion.ofClassFile(classFile);
        Implementation.Context context = Implementation.Context.Disabled.Factory.INSTANCE.make(
                type,
                new AuxiliaryType.NamingStrategy.SuffixingRandom("none"),
                TypeInitializer.None.INSTANCE,
                version,
                version,
                version.isAtLeast(ClassFileVersion.JAVA_V6)
                        ? Implementation.Context.FrameGeneration.GENERATE
                        : Implementation.Context.FrameGeneration.DISABLED);
        ClassReader reader = OpenedClassReader.of(classFile);
        int writing = code.mergeWriter(AsmVisitorWrapper.NO_FLAGS);
        int reading = code.mergeReader(AsmVisitorWrapper.NO_FLAGS);
        ClassWriter writer = new ClassWriter(reader, writing);
        ClassVisitor visitor = code.wrap(
                type,
                writer,
                context,
                candidate.pool(),
                type.getDeclaredFields(),
                type.getDeclaredMethods(),
                writing,
                reading);
        reader.accept(visitor, reading);
        return writer.toByteArray();
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
