package io.github.bubbletrace.agent.core;

import java.nio.charset.StandardCharsets;

/** A class that may be given code: one that is loaded already, or one that its loader is about to define. */
final class Candidate {

    private static final byte[] NONE = {};

    private final String name;
    private final ClassLoader loader;
    private final Class<?> loaded;
    private byte[] file;
    private Types types;
    private ClassShape shape;

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
            byte[] found = ClassFiles.find(loader, name.replace('.', '/'));
            file = found == null ? NONE : found;
        }
        return file;
    }

    /** Where its description finds others. */
    Types types() {
        if (types == null) {
            types = new Types(loader, shape());
        }
        return types;
    }

    /** What its class file declares. */
    ClassShape shape() {
        if (shape == null) {
            shape = ClassShape.of(file());
        }
        return shape;
    }

    /** Whether it is a class, no interface, that is, extends or implements {@code wanted}. */
    boolean isSubtype(String wanted) {
        return loaded != null
                ? !loaded.isInterface() && isSubtype(loaded, wanted)
                : loader != null && !shape().isInterface() && isDeclaredSubtype(wanted.replace('.', '/'));
    }

    private boolean isDeclaredSubtype(String wanted) {
        try {
            return types().isSubtype(shape(), wanted);
        } catch (RuntimeException e) {
            // A class above it cannot be read: then it is not of the named one as far as anyone can tell.
            return false;
        }
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
}
