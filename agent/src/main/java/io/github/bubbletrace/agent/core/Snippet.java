package io.github.bubbletrace.agent.core;

import net.bytebuddy.jar.asm.MethodVisitor;

/** A few instructions that are put into a method. They do not branch. */
interface Snippet {

    /** Most that one leaves on the stack or needs of it. */
    int DEPTH = 10;

    /** Writes them. */
    void write(Site site, MethodVisitor code);
}
