package io.github.bubbletrace.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads the agent's own classes from where no other loader looks for them: under {@code core/} of its jar, named {@code
 * .classdata}.
 */
final class CoreLoader extends ClassLoader {

    private static final String FOLDER = "core/";

    /** Files of other classes are there to be read: the bootstrap loader has these classes. */
    private static final String OWN = "io.github.bubbletrace.agent.";

    private final JarFile jar;

    CoreLoader(Path jar) throws IOException {
        super("bubbletrace", ClassLoader.getPlatformClassLoader());
        this.jar = new JarFile(jar.toFile());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = name.startsWith(OWN) ? bytes(name.replace('.', '/') + ".class") : null;
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        byte[] bytes = bytes(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }

    private byte[] bytes(String resource) {
        String hidden = resource.endsWith(".class") ? resource + "data" : resource;
        ZipEntry entry = jar.getEntry(FOLDER + hidden);
        if (entry == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
