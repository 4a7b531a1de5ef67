package io.github.bubbletrace.agent.core;

import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatchers;

/** Which classes a rule applies to. Loaded classes are asked by reflection alone, which reads no class file. */
final class TypeNames {

    private TypeNames() {}

    static AgentBuilder.RawMatcher of(Rule rule) {
        String name = rule.type();
        if (!rule.hasSubtypes()) {
            return (type, loader, module, loaded, domain) -> type.getName().equals(name);
        }
        return (type, loader, module, loaded, domain) -> loaded != null
                ? isSubtype(loaded, name)
                : loader != null && !type.isInterface() && isSubtype(type, name);
    }

    private static boolean isSubtype(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().equals(name)) {
                return !type.isInterface();
            }
            for (Class<?> each : at.getInterfaces()) {
                if (implementsInterface(each, name)) {
                    return !type.isInterface();
                }
            }
        }
        return false;
    }

    private static boolean implementsInterface(Class<?> type, String name) {
        if (type.getName().equals(name)) {
            return true;
        }
        for (Class<?> each : type.getInterfaces()) {
            if (implementsInterface(each, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSubtype(TypeDescription type, String name) {
        try {
            return ElementMatchers.hasSuperType(ElementMatchers.named(name)).matches(type);
        } catch (RuntimeException e) {
            // A class above it cannot be found: then it is not of the named one as far as anyone can tell.
            return false;
        }
    }
}
