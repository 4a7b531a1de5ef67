package io.github.bubbletrace.agent.core;

import net.bytebuddy.jar.asm.Opcodes;

/** A method or a field, as its class file declares it. Immutable. */
final class Member {

    private static final String CONSTRUCTOR = "<init>";

    private final int access;
    private final String name;
    private final String descriptor;
    private final String annotated;

    /**
     * A member.
     *
     * @param annotated what its {@code @PipelineStage} says; null without one
     */
    Member(int access, String name, String descriptor, String annotated) {
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
        this.annotated = annotated;
    }

    String name() {
        return name;
    }

    /** Its type or types, as class files write them. */
    String descriptor() {
        return descriptor;
    }

    /** What its {@code @PipelineStage} says; null without one. */
    String annotated() {
        return annotated;
    }

    /** Whether {@code other} has its name and its types, as no two of a class do. */
    boolean isSame(Member other) {
        return name.equals(other.name) && descriptor.equals(other.descriptor);
    }

    boolean isStatic() {
        return is(Opcodes.ACC_STATIC);
    }

    boolean isPublic() {
        return is(Opcodes.ACC_PUBLIC);
    }

    boolean isProtected() {
        return is(Opcodes.ACC_PROTECTED);
    }

    boolean isPrivate() {
        return is(Opcodes.ACC_PRIVATE);
    }

    boolean isBridge() {
        return is(Opcodes.ACC_BRIDGE);
    }

    boolean hasBody() {
        return !is(Opcodes.ACC_ABSTRACT) && !is(Opcodes.ACC_NATIVE);
    }

    boolean isConstructor() {
        return name.equals(CONSTRUCTOR);
    }

    /** Whether it is a method that others may call by its name. */
    boolean isMethod() {
        return name.charAt(0) != '<';
    }

    private boolean is(int flag) {
        return (access & flag) != 0;
    }
}
