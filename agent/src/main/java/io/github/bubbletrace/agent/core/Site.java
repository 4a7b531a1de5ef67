package io.github.bubbletrace.agent.core;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A method that is given code: what it is, and where its variables lie. Immutable. */
final class Site {

    private static final String SPANS = "io/github/bubbletrace/event/Spans";

    private final Types types;
    private final ClassShape owner;
    private final Member method;
    private final Slots slots;

    Site(Types types, ClassShape owner, Member method, Slots slots) {
        this.types = types;
        this.owner = owner;
        this.method = method;
        this.slots = slots;
    }

    ClassShape owner() {
        return owner;
    }

    Slots slots() {
        return slots;
    }

    /** Pushes what a rule says; only at the method's start. */
    void push(Value value, MethodVisitor code) {
        new ValueReader(value, types, owner, method).read(code);
    }

    /** Pushes what the code at the method's start has left. */
    void pushToken(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, slots.token());
    }

    /** Pushes the object whose method it is. */
    void pushThis(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, slots.keptThis());
    }

    /** Pushes an argument, as it was when the method was called. */
    void pushArgument(int argument, MethodVisitor code) {
        Type type = Type.getArgumentTypes(method.descriptor())[argument];
        code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slots.kept(argument));
    }

    /** Pushes what the method is about to return. */
    void pushReturned(MethodVisitor code) {
        code.visitVarInsn(slots.returned().getOpcode(Opcodes.ILOAD), slots.result());
    }

    /** Pops what the method is to return instead. */
    void popReturned(MethodVisitor code) {
        code.visitVarInsn(slots.returned().getOpcode(Opcodes.ISTORE), slots.result());
    }

    /** Calls a method of {@link io.github.bubbletrace.event.Spans}. */
    static void call(String name, String descriptor, MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, SPANS, name, descriptor, false);
    }
}
