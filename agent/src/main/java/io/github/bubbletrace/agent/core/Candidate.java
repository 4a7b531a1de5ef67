package io.github.bubbletrace.agent.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/** A class that may be given code: one that is loaded already, or one that its loader is about to define. */
final class Candidate {

    private final String name;
    private final ClassLoader loader;
    private final Class<?> loaded;
    private byte[] file;
    private TypePool pool;
    private TypeDescription type;

    private Candidate(String name, ClassLoader loader, Class<?> loaded, byte[] file) {
        this.name = name;
        this.loader = loader;
        this.loaded = loaded;
        this.file = file;
    }

    /** A loaded class; its class file is looked for in its loader where somebody asks. */
    static Candidate of(Class<?> loaded) {
        return new Candidate(loaded.getName(), loaded.getClassLoader(), loaded, null);
    }

    /**
     * A class in the hands of the JVM.
     *
     * @param name as the JVM writes it, with slashes
     * @param loaded the class that is being retransformed, or null
     * @param file its class file, which is not changed
     */
    static Candidate of(String name, ClassLoader loader, Class<?> loaded, byte[] file) {
        return new Candidate(name.replace('/', '.'), loader, loaded, file);
    }

    String name() {
        return name;
    }

    /** Null is the bootstrap loader. */
    ClassLoader loader() {
        return loader;
    }

    /** Whether its class file holds {@code text}, in ASCII; not where none can be found. */
    boolean mentions(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = file();
        for (int start = 0; start <= bytes.length - wanted.length; start++) {
            int same = 0;
            while (same < wanted.length && bytes[start + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private byte[] file() {
        if (file == null) {
            try (ClassFileLocator files = ClassFileLocator.ForClassLoader.of(loader)) {
                ClassFileLocator.Resolution found = files.locate(name);
                file = found.isResolved() ? found.resolve() : new byte[0];
            } catch (IOException e) {
                file = new byte[0];
            }
        }
        return file;
    }

    /** What its class file declares, and where its description finds others. */
    TypePool pool() {
        if (pool == null) {
            pool = ClassFiles.pool(new ClassFileLocator.Compound(
                    ClassFileLocator.Simple.of(name, file()), ClassFileLocator.ForClassLoader.of(loader)));
        }
        return pool;
    }

    /** Its description, by its class file. */
    TypeDescription type() {
        if (type == null) {
            type = pool().describe(name).resolve();
        }
        return type;
    }

    /** Whether it is a class, no interface, that is, extends or implements {@code wanted}. */
    boolean isSubtype(String wanted) {
        return loaded != null
                ? !loaded.isInterface() && isSubtype(loaded, wanted)
                : loader != null && !type().isInterface() && isSubtype(type(), wanted);
    }

    /** By reflection alone, which reads no class file. */
    private static boolean isSubtype(Class<?> type, String wanted) {
        if (type == null || type.getName().equals(wanted)) {
            return type != null;
        }
        for (Class<?> each : type.getInterfaces()) {
            if (isSubtype(each, wanted)) {
                return true;
            }
        }
        return isSubtype(type.getSuperclass(), wanted);
    }

    private static boolean isSubtype(TypeDescription type, String wanted) {
        try {
            return ElementMatchers.hasSuperType(ElementMatchers.named(wanted)).matches(type);
        } catch (RuntimeException e) {
            // A class above it cannot be found: then it is not of the named one as far as anyone can tell.
            return false;
        }
    }
}
