package io.github.bubbletrace.agent.core;

import java.util.function.Predicate;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/** Applies a {@link Rule} to the methods of a class. */
final class RuleAdvice {

    private static final String EVENT = "io/github/bubbletrace/event/StageEvent";
    private static final String ENTER = "(IIIC)L" + EVENT + ";";
    private static final String EXIT = "(L" + EVENT + ";)V";

    private RuleAdvice() {}

    /** The methods of {@code rule} in any class it applies to. */
    static Predicate<Member> methods(Rule rule) {
        return method -> method.name().equals(rule.method())
                && method.isMethod()
                && method.hasBody()
                && !method.isBridge()
                && hasTypes(method, rule);
    }

    private static boolean hasTypes(Member method, Rule rule) {
        if (rule.parameters() == null) {
            return true;
        }
        Type[] types = Type.getArgumentTypes(method.descriptor());
        if (types.length != rule.parameters().size()) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            String name = types[i].getClassName();
            String wanted = rule.parameters().get(i);
            if (!name.equals(wanted) && !name.endsWith("." + wanted) && !name.endsWith("$" + wanted)) {
                return false;
            }
        }
        return true;
    }

    /** Checks everything that {@code rule} names for {@code method} of {@code type}. */
    static void check(Rule rule, Types types, ClassShape type, Member method) {
        MethodVisitor nowhere = new MethodVisitor(ClassFiles.API) {};
        new ValueReader(rule.stage(), types, type, method).read(nowhere);
        new ValueReader(rule.microBatch(), types, type, method).read(nowhere);
        new ValueReader(rule.iteration(), types, type, method).read(nowhere);
    }

    /** The classes of {@code rule}, and the code around its methods. */
    static Target target(Rule rule) {
        String name = rule.type();
        Probe probe = probe(rule, methods(rule));
        return rule.hasSubtypes() ? Target.of(candidate -> candidate.isSubtype(name), probe) : Target.of(name, probe);
    }

    /** The code of {@code rule} around {@code methods}. */
    static Probe probe(Rule rule, Predicate<Member> methods) {
        Snippet end = (site, code) -> {
            site.pushToken(code);
            Site.call("exit", EXIT, code);
        };
        return Probe.around(
                methods,
                EVENT,
                (site, code) -> {
                    site.push(rule.stage(), code);
                    site.push(rule.microBatch(), code);
                    site.push(rule.iteration(), code);
                    ValueReader.constant(code, rule.phase());
                    Site.call("enter", ENTER, code);
                },
                end,
                end,
                false);
    }
}
