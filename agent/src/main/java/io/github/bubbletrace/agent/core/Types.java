package io.github.bubbletrace.agent.core;

import java.util.HashMap;
import java.util.Map;

/** Descriptions of classes as a class loader has them, by their class files: none is loaded for it. For one thread. */
final class Types {

    private static final String OBJECT = "java/lang/Object";

    private final ClassLoader loader;
    private final Map<String, ClassShape> known = new HashMap<>();

    /** Those of {@code loader}; null is the bootstrap loader. */
    Types(ClassLoader loader) {
        this.loader = loader;
    }

    /** The same, of which one is given. */
    Types(ClassLoader loader, ClassShape given) {
        this(loader);
        known.put(given.name(), given);
    }

    /** The class {@code name}, with slashes; null where there is none. */
    ClassShape find(String name) {
        ClassShape found = known.get(name);
        if (found == null) {
            byte[] file = ClassFiles.find(loader, name);
            if (file == null) {
                return null;
            }
            found = ClassShape.of(file);
            known.put(name, found);
        }
        return found;
    }

    /**
     * The class {@code name}.
     *
     * @throws IllegalStateException where there is none
     */
    ClassShape get(String name) {
        ClassShape found = find(name);
        if (found == null) {
            throw new IllegalStateException("there is no class file of " + name.replace('/', '.'));
        }
        return found;
    }

    /** Whether {@code type} extends or implements {@code wanted}, or is it, as far as its supertypes can be found. */
    boolean isSubtype(ClassShape type, String wanted) {
        if (type == null || type.name().equals(wanted)) {
            return type != null;
        }
        for (String each : type.interfaces()) {
            if (each.equals(wanted) || isSubtype(find(each), wanted)) {
                return true;
            }
        }
        String above = type.above();
        return above != null && (above.equals(wanted) || (!above.equals(OBJECT) && isSubtype(find(above), wanted)));
    }
}
