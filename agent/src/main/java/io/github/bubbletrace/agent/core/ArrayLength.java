package io.github.bubbletrace.agent.core;

import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.StackSize;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Replaces the array on top of the stack by its length. */
enum ArrayLength implements StackManipulation {
    /** The only one. */
    INSTANCE;

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public Size apply(MethodVisitor visitor, Implementation.Context context) {
        visitor.visitInsn(Opcodes.ARRAYLENGTH);
        return StackSize.ZERO.toIncreasingSize();
    }
}
