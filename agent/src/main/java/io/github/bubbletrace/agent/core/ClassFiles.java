package io.github.bubbletrace.agent.core;

import net.bytebuddy.dynamic.ClassFileLocator;

/** Where class files are found. */
final class ClassFiles {

    /** The agent's own and those of the bootstrap loader's jar beside it. */
    static final ClassFileLocator OWN = new ClassFileLocator.Compound(
            ClassFileLocator.ForClassLoader.of(ClassFiles.class.getClassLoader()),
            ClassFileLocator.ForClassLoader.ofBootLoader());

    private ClassFiles() {}
}
