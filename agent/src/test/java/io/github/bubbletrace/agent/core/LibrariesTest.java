package io.github.bubbletrace.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;

/** The built-in rules against the libraries' own classes. */
class LibrariesTest {

    @Test
    void methodsOfDjl() throws IOException {
        ClassFileLocator djl = jar("api-0.");
        List<Rule> rules = Libraries.rules().stream()
                .filter(rule ->
                        rule.type().startsWith("ai.djl.") && !rule.type().contains("pytorch"))
                .toList();
        assertThat(rules).hasSize(4);
        for (Rule rule : rules) {
            TypeDescription type = type(djl, rule.type());
            assertThat(type.getDeclaredMethods().filter(RuleAdvice.methods(rule)))
                    .as(rule.toString())
                    .isNotEmpty()
                    .allSatisfy(method -> RuleAdvice.check(rule, type, method));
        }
    }

    @Test
    void methodsOfJcuda() throws IOException {
        TypeDescription type = type(jar("jcuda-"), "jcuda.runtime.JCuda");
        assertThat(type.getDeclaredMethods()
                        .filter(ElementMatchers.named("cudaSetDevice")
                                .and(ElementMatchers.takesArguments(int.class))
                                .and(ElementMatchers.returns(int.class))
                                .and(ElementMatchers.not(ElementMatchers.isNative()))))
                .hasSize(1);
    }

    private static TypeDescription type(ClassFileLocator jar, String name) {
        return TypePool.Default.of(
                        new ClassFileLocator.Compound(jar, ClassFileLocator.ForClassLoader.ofPlatformLoader()))
                .describe(name)
                .resolve();
    }

    private static ClassFileLocator jar(String prefix) throws IOException {
        Path jar = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow();
        return ClassFileLocator.ForJarFile.of(jar.toFile());
    }
}
