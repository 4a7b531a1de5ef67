package io.github.bubbletrace.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.event.Spans;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods with our code in them do what they did before, whatever ours does, and pass the verifier. */
class WovenClassTest {

    private static final String LOG = "io/github/bubbletrace/agent/core/WovenClassTest$Log";
    private static final String OBJECT = "java/lang/Object";

    /** What the code that is put into methods calls. */
    public static final class Log {

        private static final List<String> LINES = new ArrayList<>();
        private static boolean failsAtStart;
        private static boolean failsAtEnd;

        private Log() {}

        /** Gives {@code name} as a token. */
        public static Object start(String name) {
            if (failsAtStart) {
                throw new IllegalStateException("at start");
            }
            LINES.add("start " + name);
            return name;
        }

        /** Takes the token back. */
        public static void returning(Object token) {
            LINES.add("returning " + token);
            if (failsAtEnd) {
                throw new StackOverflowError("at end");
            }
        }

        /** Takes it back where the method throws. */
        public static void throwing(Object token) {
            LINES.add("throwing " + token);
            if (failsAtEnd) {
                throw new StackOverflowError("at end");
            }
        }
    }

    @BeforeEach
    void clear() {
        Log.LINES.clear();
        Log.failsAtStart = false;
        Log.failsAtEnd = false;
    }

    static List<String> subjects() {
        return Arrays.stream(Subject.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void methodsDoWhatTheyDid(String name) throws Exception {
        Object plain = call(Subject.class, name);
        assertThat(Log.LINES).isEmpty();
        assertThat(call(woven(Subject.class), name)).isEqualTo(plain);
        assertThat(Log.LINES)
                .containsExactly("start token", plain instanceof Thrown ? "throwing token" : "returning token");
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void whatOurCodeThrowsIsCountedAndGoesNoFurther(String name) throws Exception {
        Object plain = call(Subject.class, name);
        Class<?> woven = woven(Subject.class);
        Log.failsAtStart = true;
        Log.failsAtEnd = true;
        long before = Spans.failures();
        assertThat(call(woven, name)).isEqualTo(plain);
        assertThat(Spans.failures()).isEqualTo(before + 2);
        assertThat(Log.LINES).containsExactly((plain instanceof Thrown ? "throwing" : "returning") + " null");
    }

    @Test
    void theFirstProbeIsTheOutermost() throws Exception {
        Class<?> woven = woven(Subject.class, probe("outer"), probe("inner"));
        Log.LINES.clear();
        call(woven, "number");
        assertThat(Log.LINES).containsExactly("start outer", "start inner", "returning inner", "returning outer");
    }

    /** Frames came with version 50. */
    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_6, Opcodes.V1_8, Opcodes.V17})
    void methodsThatNoJavaCompilerMakes(int version) throws Exception {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "odd/Odd", null, OBJECT, null);
        MethodVisitor operands = begin(writer, "leavesOperands", "()J");
        operands.visitInsn(Opcodes.ICONST_1);
        operands.visitLdcInsn(5L);
        operands.visitInsn(Opcodes.LRETURN);
        end(operands, 3, 0);
        MethodVisitor loop = begin(writer, "loopsToItsStart", "(I)I");
        Label start = new Label();
        loop.visitLabel(start);
        if (version >= Opcodes.V1_6) {
            loop.visitFrame(Opcodes.F_NEW, 1, new Object[] {Opcodes.INTEGER}, 0, new Object[0]);
        }
        loop.visitIincInsn(0, -1);
        loop.visitVarInsn(Opcodes.ILOAD, 0);
        loop.visitJumpInsn(Opcodes.IFGT, start);
        loop.visitVarInsn(Opcodes.ILOAD, 0);
        loop.visitInsn(Opcodes.IRETURN);
        end(loop, 1, 1);
        MethodVisitor wide = begin(writer, "writesOverTheLastArgument", "(I)D");
        Label end = new Label();
        wide.visitLdcInsn(2.5);
        wide.visitVarInsn(Opcodes.DSTORE, 0);
        wide.visitInsn(Opcodes.ICONST_0);
        wide.visitJumpInsn(Opcodes.IFEQ, end);
        wide.visitInsn(Opcodes.NOP);
        wide.visitLabel(end);
        if (version >= Opcodes.V1_6) {
            wide.visitFrame(Opcodes.F_NEW, 1, new Object[] {Opcodes.DOUBLE}, 0, new Object[0]);
        }
        wide.visitVarInsn(Opcodes.DLOAD, 0);
        wide.visitInsn(Opcodes.DRETURN);
        end(wide, 2, 2);
        writer.visitEnd();
        Class<?> odd = new Woven(Map.of("odd.Odd", writer.toByteArray()), List.of(probe("token"))).loadClass("odd.Odd");
        assertThat(odd.getMethod("leavesOperands").invoke(null)).isEqualTo(5L);
        assertThat(odd.getMethod("loopsToItsStart", int.class).invoke(null, 3)).isEqualTo(0);
        assertThat(odd.getMethod("writesOverTheLastArgument", int.class).invoke(null, 3))
                .isEqualTo(2.5);
        assertThat(Log.LINES).hasSize(6).contains("start token", "returning token");
    }

    private static MethodVisitor begin(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        method.visitCode();
        return method;
    }

    private static void end(MethodVisitor method, int stack, int locals) {
        method.visitMaxs(stack, locals);
        method.visitEnd();
    }

    /** Those of jars that several compilers have made; a class is verified before others see what it declares. */
    @ParameterizedTest
    @ValueSource(strings = {"assertj-core", "junit-jupiter-engine", "api-0.", "jcuda-"})
    void everyMethodOfOtherPeoplesClasses(String jar) throws IOException {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("/" + jar))
                .findFirst()
                .orElseThrow();
        int methods = 0;
        try (JarFile file = new JarFile(path)) {
            Map<String, byte[]> classes = new HashMap<>();
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("-info.class") && !name.startsWith("META-INF")) {
                    classes.put(
                            name.substring(0, name.length() - 6).replace('/', '.'),
                            file.getInputStream(entry).readAllBytes());
                }
            }
            Woven loader = new Woven(classes, List.of(probe("token")));
            for (String name : classes.keySet()) {
                methods += verified(loader, name);
            }
            assertThat(loader.weaver.status()).doesNotContain(", not ");
            assertThat(loader.woven).isGreaterThan(10);
        }
        assertThat(methods).isGreaterThan(100);
    }

    /** How many methods of a class have passed the verifier; none where it needs others that are not there. */
    private static int verified(Woven loader, String name) {
        try {
            return loader.loadClass(name).getDeclaredMethods().length;
        } catch (VerifyError | ClassFormatError e) {
            throw new AssertionError(name, e);
        } catch (LinkageError | ClassNotFoundException e) {
            return 0;
        }
    }

    private static Object call(Class<?> type, String name) throws Exception {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(WovenClassTest::argument)
                        .toArray();
                var constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                Object subject = constructor.newInstance();
                Log.LINES.clear();
                try {
                    return method.invoke(subject, arguments);
                } catch (InvocationTargetException e) {
                    return new Thrown(e.getCause().toString());
                }
            }
        }
        throw new AssertionError(name);
    }

    private static Object argument(Class<?> type) {
        return type == int.class ? 3 : type == long.class ? (Object) 40L : type == double.class ? 0.5 : "text";
    }

    /** What a method has thrown, in words. */
    private record Thrown(String words) {}

    private static Probe probe(String name) {
        return Probe.around(
                method -> method.isMethod() && !method.name().contains("$"),
                OBJECT,
                (site, code) -> {
                    code.visitLdcInsn(name);
                    code.visitMethodInsn(
                            Opcodes.INVOKESTATIC, LOG, "start", "(Ljava/lang/String;)L" + OBJECT + ";", false);
                },
                (site, code) -> end("returning", site, code),
                (site, code) -> end("throwing", site, code),
                true);
    }

    private static void end(String name, Site site, MethodVisitor code) {
        site.pushToken(code);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, LOG, name, "(L" + OBJECT + ";)V", false);
    }

    private static Class<?> woven(Class<?> type, Probe... probes) throws Exception {
        byte[] file = ClassFiles.find(type.getClassLoader(), type.getName().replace('.', '/'));
        List<Probe> all = probes.length == 0 ? List.of(probe("token")) : List.of(probes);
        return new Woven(Map.of(type.getName(), file), all).loadClass(type.getName());
    }

    /** Loads classes with our code in them. */
    private static final class Woven extends ClassLoader {

        private final Map<String, byte[]> files;
        private final Weaver weaver;
        private int woven;

        Woven(Map<String, byte[]> files, List<Probe> probes) {
            super(WovenClassTest.class.getClassLoader());
            this.files = files;
            weaver = new Weaver(List.of(Target.of(candidate -> true, probes.toArray(Probe[]::new))));
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] file = findLoadedClass(name) == null ? files.get(name) : null;
                if (file == null) {
                    return super.loadClass(name, resolve);
                }
                byte[] changed = weaver.transform(this, name.replace('.', '/'), null, null, file);
                woven += changed == null ? 0 : 1;
                byte[] defined = changed == null ? file : changed;
                return defineClass(name, defined, 0, defined.length);
            }
        }
    }
}
