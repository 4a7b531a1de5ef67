package io.github.bubbletrace.agent.core;

import java.io.IOException;
import java.io.InputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;

/** Finds and reads class files, those of versions to come too. */
final class ClassFiles {

    static final int API = Opcodes.ASM9;

    /** The latest version that the reader knows; later ones have been read as this one so far. */
    private static final int LATEST = Opcodes.V25;

    private static final int MAJOR = 6;

    private ClassFiles() {}

    static ClassReader reader(byte[] file) {
        if (version(file) <= LATEST) {
            return new ClassReader(file);
        }
        byte[] known = file.clone();
        known[MAJOR] = LATEST >> Byte.SIZE;
        known[MAJOR + 1] = (byte) LATEST;
        return new ClassReader(known);
    }

    /** Writes the version of {@code from} into {@code to}. */
    static byte[] sameVersion(byte[] from, byte[] to) {
        System.arraycopy(from, MAJOR - 2, to, MAJOR - 2, 4);
        return to;
    }

    /** Major version of a class file. */
    static int version(byte[] file) {
        return (file[MAJOR] & 0xff) << Byte.SIZE | (file[MAJOR + 1] & 0xff);
    }

    /**
     * The class file of a type as {@code loader} has it, of which null is the bootstrap loader.
     *
     * @param type its name with slashes
     * @return null where there is none
     */
    static byte[] find(ClassLoader loader, String type) {
        ClassLoader from = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
        try (InputStream in = from.getResourceAsStream(type + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }
}
