package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.Values;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.asm.Advice.ArgumentHandler;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.implementation.bytecode.member.FieldAccess;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Turns a {@link Value} into code that leaves it on the stack as an int, for one method; everything it names is looked up
 * in the classes' own declarations.
 */
final class ValueReader {

    private final Value value;
    private final TypeDescription owner;
    private final MethodDescription method;

    ValueReader(Value value, TypeDescription owner, MethodDescription method) {
        this.value = value;
        this.owner = owner;
        this.method = method;
    }

    /**
     * The code.
     *
     * @param arguments where the method's arguments lie, or null where only the names are to be checked
     * @throws AgentException where the method has no such argument, or a type no such method or field
     */
    StackManipulation read(ArgumentHandler arguments) {
        if (value.isConstant()) {
            return IntegerConstant.forValue(value.constant());
        }
        List<StackManipulation> code = new ArrayList<>();
        TypeDescription type = value.argument() == Value.THIS ? loadThis(code) : loadArgument(code, arguments);
        for (String step : value.steps()) {
            type = step.endsWith("()") ? call(code, type, step.substring(0, step.length() - 2)) : get(code, type, step);
        }
        toInt(code, type);
        return new StackManipulation.Compound(code);
    }

    private TypeDescription loadThis(List<StackManipulation> code) {
        if (method.isStatic()) {
            throw problem("the method is static, so there is no this");
        }
        code.add(MethodVariableAccess.loadThis());
        return owner;
    }

    private TypeDescription loadArgument(List<StackManipulation> code, ArgumentHandler arguments) {
        int count = method.getParameters().size();
        if (value.argument() >= count) {
            throw problem("the method has " + (count == 0 ? "no arguments" : "arguments up to arg" + (count - 1)));
        }
        var parameter = method.getParameters().get(value.argument());
        TypeDescription type = parameter.getType().asErasure();
        int offset = arguments == null ? parameter.getOffset() : arguments.argument(parameter.getOffset());
        code.add(MethodVariableAccess.of(type).loadFrom(offset));
        return type;
    }

    private TypeDescription call(List<StackManipulation> code, TypeDescription type, String name) {
        requireReference(type, name + "()");
        MethodDescription found = findMethod(type, name);
        code.add(MethodInvocation.invoke(found).virtual(type));
        return found.getReturnType().asErasure();
    }

    private MethodDescription findMethod(TypeDescription type, String name) {
        List<TypeDefinition> open = new ArrayList<>(List.of(type));
        for (int i = 0; i < open.size(); i++) {
            TypeDefinition at = open.get(i);
            for (MethodDescription found : at.getDeclaredMethods()
                    .filter(ElementMatchers.named(name).and(ElementMatchers.takesArguments(0)))) {
                if (!found.isStatic()
                        && found.asDefined().isVisibleTo(owner)
                        && !found.getReturnType().represents(void.class)) {
                    return found.asDefined();
                }
            }
            if (at.getSuperClass() != null) {
                open.add(at.getSuperClass());
            }
            open.addAll(at.getInterfaces());
        }
        throw problem("no method " + name + "() without arguments that " + owner.getSimpleName() + " may call in "
                + type.getName());
    }

    private TypeDescription get(List<StackManipulation> code, TypeDescription type, String name) {
        requireReference(type, name);
        if (type.isArray() && name.equals("length")) {
            code.add(ArrayLength.INSTANCE);
            return TypeDescription.ForLoadedType.of(int.class);
        }
        for (TypeDefinition at = type; at != null; at = at.getSuperClass()) {
            for (FieldDescription field : at.getDeclaredFields().filter(ElementMatchers.named(name))) {
                if (!field.isStatic() && field.asDefined().isVisibleTo(owner)) {
                    code.add(FieldAccess.forField(field.asDefined()).read());
                    return field.getType().asErasure();
                }
            }
        }
        throw problem("no field " + name + " that " + owner.getSimpleName() + " may read in " + type.getName());
    }

    private void requireReference(TypeDescription type, String step) {
        if (type.isPrimitive() || (type.isArray() && !step.equals("length"))) {
            throw problem(type.getName() + " has no " + step);
        }
    }

    private void toInt(List<StackManipulation> code, TypeDescription type) {
        if (type.represents(long.class)) {
            code.add(conversion(long.class));
        } else if (!type.isPrimitive() && !type.isArray()) {
            code.add(conversion(Object.class));
        } else if (type.isArray()
                || type.represents(float.class)
                || type.represents(double.class)
                || type.represents(boolean.class)) {
            throw problem("it is a " + type.getSimpleName() + ", no whole number");
        }
    }

    private static StackManipulation conversion(Class<?> from) {
        try {
            return MethodInvocation.invoke(new MethodDescription.ForLoadedMethod(Values.class.getMethod("of", from)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private AgentException problem(String text) {
        return new AgentException(
                "cannot read " + value + " of " + owner.getName() + "#" + method.getName() + ": " + text);
    }
}
