package io.github.bubbletrace.agent.core;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Where the variables lie of a method that is given code. Ours lie beyond all of its own, which stay where they are: first
 * what its arguments were when it was called, then what the code at its start has left, then what it returns or throws.
 * Immutable.
 */
final class Slots {

    private final Member method;
    private final Type[] arguments;
    private final Type returned;
    private final int own;
    private final boolean keeps;
    private final String token;

    /**
     * The variables of {@code method}.
     *
     * @param own how many slots it uses itself
     * @param keeps whether its arguments are kept for the code at its end
     * @param token the type of what the code at its start leaves; null where it leaves nothing
     */
    Slots(Member method, int own, boolean keeps, String token) {
        this.method = method;
        this.arguments = Type.getArgumentTypes(method.descriptor());
        this.returned = Type.getReturnType(method.descriptor());
        this.own = own;
        this.keeps = keeps;
        this.token = token;
    }

    /** The slot of an argument, counted from 0, at the start of {@code method}: long and double take two. */
    static int ofArgument(Member method, int argument) {
        Type[] arguments = Type.getArgumentTypes(method.descriptor());
        int slot = method.isStatic() ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    /** The slot that keeps an argument; this is before the first, where there is one. */
    int kept(int argument) {
        return own + ofArgument(method, argument) - first();
    }

    /** The slot that keeps this. */
    int keptThis() {
        return own;
    }

    /** A constructor's this is nothing to be kept before it is made. */
    private int first() {
        return method.isConstructor() ? 1 : 0;
    }

    int token() {
        return own + (keeps ? sizeOfArguments() - first() : 0);
    }

    private int sizeOfArguments() {
        return ofArgument(method, arguments.length);
    }

    /** Where what is returned or thrown lies while code of ours runs. */
    int result() {
        return token() + (token == null ? 0 : 1);
    }

    Type returned() {
        return returned;
    }

    /** How many slots there are with ours. */
    int size() {
        return result() + Math.max(1, returned.getSize());
    }

    /** Keeps the arguments, at the method's start. */
    void keep(MethodVisitor code) {
        if (!keeps) {
            return;
        }
        if (!method.isStatic() && !method.isConstructor()) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.ASTORE, keptThis());
        }
        for (int i = 0; i < arguments.length; i++) {
            code.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), ofArgument(method, i));
            code.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), kept(i));
        }
    }

    /** Types of all variables at the method's start, as frames of {@code owner} have them, without the token. */
    List<Object> atStart(ClassShape owner) {
        List<Object> locals = new ArrayList<>();
        if (!method.isStatic()) {
            locals.add(method.isConstructor() ? Opcodes.UNINITIALIZED_THIS : owner.name());
        }
        addArguments(locals);
        return all(locals, owner, false);
    }

    /** The same where nothing is known of the method's own. */
    List<Object> anywhere(ClassShape owner) {
        return all(new ArrayList<>(), owner, true);
    }

    /** The same where {@code locals} are the method's own. */
    List<Object> with(List<Object> locals, ClassShape owner) {
        return all(locals, owner, true);
    }

    private List<Object> all(List<Object> locals, ClassShape owner, boolean hasToken) {
        int slots = 0;
        for (Object local : locals) {
            slots += local.equals(Opcodes.LONG) || local.equals(Opcodes.DOUBLE) ? 2 : 1;
        }
        for (; slots < own; slots++) {
            locals.add(Opcodes.TOP);
        }
        if (keeps) {
            if (!method.isStatic() && !method.isConstructor()) {
                locals.add(owner.name());
            }
            addArguments(locals);
        }
        if (hasToken && token != null) {
            locals.add(token);
        }
        return locals;
    }

    private void addArguments(List<Object> locals) {
        for (Type argument : arguments) {
            locals.add(inFrame(argument));
        }
    }

    /** A type as frames have it. */
    static Object inFrame(Type type) {
        switch (type.getSort()) {
            case Type.OBJECT:
            case Type.ARRAY:
                return type.getInternalName();
            case Type.LONG:
                return Opcodes.LONG;
            case Type.FLOAT:
                return Opcodes.FLOAT;
            case Type.DOUBLE:
                return Opcodes.DOUBLE;
            default:
                return Opcodes.INTEGER;
        }
    }
}
