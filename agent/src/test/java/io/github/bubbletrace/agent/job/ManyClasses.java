package io.github.bubbletrace.agent.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * A job of many classes of all ages, which is its own agent: for each line on its input it prints hashes of their bytes, as
 * the JVM has them and without the constants that nothing in them refers to.
 */
public final class ManyClasses {

    /** What they implement. */
    public interface Part {

        /** The stage method. */
        int run(int stage, int microBatch);
    }

    private static final int COUNT = 1000;
    private static Instrumentation instrumentation;

    private ManyClasses() {}

    /** Keeps what the JVM gives: loaded once more, it sees what all agents before it have left. */
    public static void agentmain(String options, Instrumentation given) {
        instrumentation = given;
    }

    /** Makes the classes, then answers each line: {@code sum}, {@code hash}, {@code watch} and, after that, {@code seen}. */
    public static void main(String[] args) throws Exception {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            parts.add(part(i));
        }
        Reader watching = null;
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            switch (line) {
                case "watch" -> {
                    watching = new Reader();
                    instrumentation.addTransformer(watching, true);
                    System.out.println("watching");
                }
                case "seen" -> {
                    instrumentation.removeTransformer(watching);
                    System.out.println(watching.hash());
                }
                case "sum" -> System.out.println("sum " + sum(parts));
                default -> System.out.println(hash(parts) + " sum " + sum(parts));
            }
        }
    }

    private static int sum(List<Part> parts) {
        int sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += parts.get(i).run(i % 4, i);
        }
        return sum;
    }

    private static Part part(int number) throws ReflectiveOperationException {
        int age = 5 + number % 13;
        return new ByteBuddy(ClassFileVersion.ofJavaVersion(age))
                .subclass(Part.class)
                .name("parts.Part" + number)
                .method(ElementMatchers.named("run"))
                .intercept(FixedValue.value(number))
                .make()
                .load(ManyClasses.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER_PERSISTENT)
                .getLoaded()
                .getConstructor()
                .newInstance();
    }

    private static String hash(List<Part> parts) throws Exception {
        Reader reader = new Reader();
        instrumentation.addTransformer(reader, true);
        try {
            instrumentation.retransformClasses(
                    parts.stream().map(Object::getClass).distinct().toArray(Class<?>[]::new));
        } finally {
            instrumentation.removeTransformer(reader);
        }
        return reader.hash();
    }

    /** Keeps the class files that it is shown: added last, what all other transformers have left. */
    private static final class Reader implements ClassFileTransformer {

        private final Map<String, byte[]> files = new TreeMap<>();

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] classfile) {
            if (name.startsWith("parts/")) {
                files.put(name, classfile.clone());
            }
            return null;
        }

        String hash() throws NoSuchAlgorithmException {
            String all = digest(files);
            Map<String, byte[]> used = new TreeMap<>(files);
            used.replaceAll((name, file) -> withoutUnusedConstants(file));
            return "hash " + files.size() + ":" + digest(used) + " raw " + all;
        }
    }

    private static byte[] withoutUnusedConstants(byte[] file) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(file).accept(writer, 0);
        return writer.toByteArray();
    }

    private static String digest(Map<String, byte[]> bytes) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        bytes.values().forEach(digest::update);
        return String.format("%032x", new java.math.BigInteger(1, digest.digest()));
    }

    /** A jar that makes this class an agent. */
    public static Path agentJar(Path folder) throws IOException {
        Path jar = folder.resolve("many-classes.jar");
        java.util.jar.Manifest manifest = new java.util.jar.Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", ManyClasses.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (java.util.jar.JarOutputStream out =
                new java.util.jar.JarOutputStream(java.nio.file.Files.newOutputStream(jar), manifest)) {
            out.finish();
        }
        return jar;
    }
}
