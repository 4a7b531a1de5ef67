package io.github.bubbletrace.agent.core;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Turns a {@link Value} into code that leaves it on the stack as an int, for one method, before its body has begun; everything
 * it names is looked up in the classes' own declarations.
 */
final class ValueReader {

    private static final String VALUES = "io/github/bubbletrace/event/Values";
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final Value value;
    private final Types types;
    private final ClassShape owner;
    private final Member method;

    ValueReader(Value value, Types types, ClassShape owner, Member method) {
        this.value = value;
        this.types = types;
        this.owner = owner;
        this.method = method;
    }

    /**
     * Writes the code.
     *
     * @throws AgentException where the method has no such argument, or a type no such method or field
     * @throws IllegalStateException where the class file of a type cannot be found
     */
    void read(MethodVisitor code) {
        if (value.isConstant()) {
            constant(code, value.constant());
            return;
        }
        Type type = value.argument() == Value.THIS ? loadThis(code) : loadArgument(code);
        for (String step : value.steps()) {
            type = step.endsWith("()") ? call(code, type, step.substring(0, step.length() - 2)) : get(code, type, step);
        }
        toInt(code, type);
    }

    /** Pushes {@code number}. */
    static void constant(MethodVisitor code, int number) {
        if (number >= -1 && number <= 5) {
            code.visitInsn(Opcodes.ICONST_0 + number);
        } else if (number == (short) number) {
            code.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            code.visitLdcInsn(number);
        }
    }

    private Type loadThis(MethodVisitor code) {
        if (method.isStatic()) {
            throw problem("the method is static, so there is no this");
        }
        code.visitVarInsn(Opcodes.ALOAD, 0);
        return Type.getObjectType(owner.name());
    }

    private Type loadArgument(MethodVisitor code) {
        Type[] arguments = Type.getArgumentTypes(method.descriptor());
        if (value.argument() >= arguments.length) {
            throw problem("the method has "
                    + (arguments.length == 0 ? "no arguments" : "arguments up to arg" + (arguments.length - 1)));
        }
        Type type = arguments[value.argument()];
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), Slots.ofArgument(method, value.argument()));
        return type;
    }

    private Type call(MethodVisitor code, Type type, String name) {
        requireReference(type, name + "()");
        ClassShape receiver = types.get(type.getInternalName());
        Member found = findMethod(receiver, name);
        int opcode = found.isPrivate()
                ? Opcodes.INVOKESPECIAL
                : receiver.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        code.visitMethodInsn(opcode, receiver.name(), name, found.descriptor(), receiver.isInterface());
        return Type.getReturnType(found.descriptor());
    }

    private Member findMethod(ClassShape receiver, String name) {
        List<ClassShape> open = new ArrayList<>(List.of(receiver));
        for (int i = 0; i < open.size(); i++) {
            ClassShape at = open.get(i);
            for (Member found : at.methods()) {
                if (found.name().equals(name)
                        && found.descriptor().startsWith("()")
                        && !found.descriptor().equals("()V")
                        && isUsable(found, at, receiver)) {
                    return found;
                }
            }
            if (at.above() != null) {
                open.add(types.get(at.above()));
            }
            for (String each : at.interfaces()) {
                open.add(types.get(each));
            }
        }
        throw problem(
                "no method " + name + "() without arguments that " + simple(owner.name()) + " may call in " + receiver);
    }

    private Type get(MethodVisitor code, Type type, String name) {
        requireReference(type, name);
        if (type.getSort() == Type.ARRAY && name.equals("length")) {
            code.visitInsn(Opcodes.ARRAYLENGTH);
            return Type.INT_TYPE;
        }
        ClassShape receiver = types.get(type.getInternalName());
        for (ClassShape at = receiver; at != null; at = at.above() == null ? null : types.get(at.above())) {
            for (Member field : at.fields()) {
                if (field.name().equals(name) && isUsable(field, at, receiver)) {
                    code.visitFieldInsn(Opcodes.GETFIELD, receiver.name(), name, field.descriptor());
                    return Type.getType(field.descriptor());
                }
            }
        }
        throw problem("no field " + name + " that " + simple(owner.name()) + " may read in " + receiver);
    }

    /** Whether code of the owner may use {@code member} of {@code at} by a reference of the type {@code receiver}. */
    private boolean isUsable(Member member, ClassShape at, ClassShape receiver) {
        if (member.isStatic()) {
            return false;
        }
        boolean isOwn = at.name().equals(owner.name());
        return member.isPublic()
                || (isOwn && (!member.isPrivate() || receiver.name().equals(owner.name())))
                || (!member.isPrivate() && at.isBeside(owner))
                || (member.isProtected() && receiver.name().equals(owner.name()));
    }

    private void requireReference(Type type, String step) {
        if (type.getSort() != Type.OBJECT && !(type.getSort() == Type.ARRAY && step.equals("length"))) {
            throw problem(type.getClassName() + " has no " + step);
        }
    }

    private void toInt(MethodVisitor code, Type type) {
        switch (type.getSort()) {
            case Type.LONG:
                conversion(code, Type.LONG_TYPE);
                break;
            case Type.OBJECT:
                conversion(code, OBJECT);
                break;
            case Type.ARRAY:
            case Type.FLOAT:
            case Type.DOUBLE:
            case Type.BOOLEAN:
                throw problem("it is a " + simple(type.getClassName()) + ", no whole number");
            default:
                break;
        }
    }

    private static void conversion(MethodVisitor code, Type from) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, VALUES, "of", Type.getMethodDescriptor(Type.INT_TYPE, from), false);
    }

    private static String simple(String name) {
        return name.substring(
                1 + Math.max(name.lastIndexOf('/'), Math.max(name.lastIndexOf('.'), name.lastIndexOf('$'))));
    }

    private AgentException problem(String text) {
        return new AgentException("cannot read " + value + " of " + owner + "#" + method.name() + ": " + text);
    }
}
