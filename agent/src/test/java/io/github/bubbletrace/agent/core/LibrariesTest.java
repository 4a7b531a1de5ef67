package io.github.bubbletrace.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in rules against the libraries' own classes, as they lie in Maven Central. */
class LibrariesTest {

    private static final List<String> JARS = List.of("api-0.", "pytorch-engine-", "onnxruntime-", "jcuda-");

    @Test
    void everyRuleFindsItsMethods() {
        Types types = new Types(new Libraried(List.of()));
        for (Rule rule : Libraries.rules()) {
            ClassShape type = types.get(rule.type().replace('.', '/'));
            assertThat(type.methods().stream().filter(RuleAdvice.methods(rule)))
                    .as(rule.toString())
                    .isNotEmpty()
                    .allSatisfy(method -> RuleAdvice.check(rule, types, type, method));
        }
    }

    /** Its launches are Java methods that call native ones, so that rules may name them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jcuda.driver.JCudaDriver#cuLaunchKernel(stage=device)",
                "jcuda.driver.JCudaDriver#cuGraphLaunch(stage=device)",
                "jcuda.driver.JCudaDriver#cuMemcpyPeerAsync(stage=device)",
                "jcuda.runtime.JCuda#cudaMemcpyAsync(stage=device)",
                "jcuda.runtime.JCuda#cudaMemcpyPeerAsync(stage=arg1)"
            })
    void launchesOfJcudaCanBeNamed(String text) throws IOException {
        Rule rule = Rule.parse(text);
        assertFits(RuleAdvice.target(rule), rule.type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ai.djl.inference.Predictor",
                "ai.djl.pytorch.engine.PtSymbolBlock",
                "ai.djl.training.EasyTrain",
                "ai.djl.training.Trainer",
                "ai.onnxruntime.OrtSession",
                "jcuda.runtime.JCuda"
            })
    void classesWithOurCodeInThemPassTheVerifier(String name) throws IOException {
        assertFits(name);
    }

    private static void assertFits(String name) throws IOException {
        try (Libraried loader = new Libraried(Libraries.targets())) {
            loader.link(name);
        }
    }

    private static void assertFits(Target target, String name) throws IOException {
        try (Libraried loader = new Libraried(List.of(target))) {
            loader.link(name);
        }
    }

    @Test
    void classesWithoutTheMethodsStayAsTheyAre() throws IOException {
        byte[] file = new net.bytebuddy.ByteBuddy()
                .subclass(Object.class)
                .name("ai.onnxruntime.OrtSession")
                .make()
                .getBytes();
        assertThat(new Weaver(Libraries.targets()).transform(null, "ai/onnxruntime/OrtSession", null, null, file))
                .isNull();
    }

    /** Loads the libraries with our code in the classes of some targets. */
    private static final class Libraried extends URLClassLoader {

        private final Weaver weaver;

        Libraried(List<Target> targets) {
            super(urls(), ClassLoader.getPlatformClassLoader());
            weaver = new Weaver(targets);
        }

        private static URL[] urls() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(path -> JARS.stream().anyMatch(path.getFileName().toString()::startsWith))
                    .map(Libraried::url)
                    .toArray(URL[]::new);
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.github.bubbletrace.")) {
                return LibrariesTest.class.getClassLoader().loadClass(name);
            }
            String path = name.replace('.', '/');
            try (InputStream in = getResourceAsStream(path + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] file = in.readAllBytes();
                byte[] woven = weaver.transform(this, path, null, null, file);
                return woven == null
                        ? defineClass(name, file, 0, file.length)
                        : defineClass(name, woven, 0, woven.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        /** A class is verified before it is initialised; that may then fail for want of a GPU or of other libraries. */
        void link(String name) {
            try {
                Class.forName(name, true, this);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            } catch (LinkageError e) {
                assertThat(Stream.iterate((Throwable) e, t -> t != null, Throwable::getCause)
                                .flatMap(t -> Arrays.stream(t.getStackTrace()))
                                .map(StackTraceElement::getMethodName))
                        .as("%s", e)
                        .contains("<clinit>");
            }
            assertThat(weaver.classes()).contains(name);
        }
    }
}
