package io.github.bubbletrace.agent.core;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/** Where class files are found. Descriptions come from them alone: reflection would need helpers made at run time. */
final class ClassFiles {

    /** The agent's own, those of the events, and the JDK's. */
    static final ClassFileLocator OWN = ClassFileLocator.ForClassLoader.of(ClassFiles.class.getClassLoader());

    private static final TypePool POOL = pool(OWN);

    private ClassFiles() {}

    /** Descriptions of what {@code files} holds. */
    static TypePool pool(ClassFileLocator files) {
        return new TypePool.Default(
                TypePool.CacheProvider.Simple.withObjectType(), files, TypePool.Default.ReaderMode.FAST);
    }

    /** A class of the agent or of the events. */
    static TypeDescription own(Class<?> type) {
        return POOL.describe(type.getName()).resolve();
    }

    /** The code of {@code advice}. */
    static Advice advice(Class<?> advice) {
        return Advice.to(own(advice), OWN);
    }
}
