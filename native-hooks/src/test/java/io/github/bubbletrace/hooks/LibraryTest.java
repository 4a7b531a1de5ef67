package io.github.bubbletrace.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the built library shows and needs. */
class LibraryTest {

    private static String nm(String option) throws Exception {
        Player.requirePrograms();
        Process nm = new ProcessBuilder("nm", "-D", option, Player.library().toString()).start();
        String out = new String(nm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(nm.waitFor()).isZero();
        return out;
    }

    @Test
    void onlyItsInterfaceIsVisible() throws Exception {
        Stream<String> names = nm("--defined-only").lines().map(line -> line.replaceAll(".* ", ""));
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "InitializeInjection",
                        "InitializeInjectionNvtx",
                        "InitializeInjectionNvtx2",
                        "bubbletrace_flush",
                        "bubbletrace_get_status",
                        "bubbletrace_pop_span",
                        "bubbletrace_push_span",
                        "bubbletrace_start",
                        "bubbletrace_stop",
                        "bubbletrace_version"));
    }

    /** CentOS 7 and Ubuntu 14.04 had 2.17; CUDA itself asks for no older. */
    @Test
    void anOldSystemLoadsIt() throws Exception {
        Matcher version = Pattern.compile("@GLIBC_2\\.(\\d+)").matcher(nm("--undefined-only"));
        assertThat(version.results()
                        .mapToInt(m -> Integer.parseInt(m.group(1)))
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(17);
    }

    @Test
    void nothingOfCudaIsLinked() throws Exception {
        assertThat(nm("--undefined-only")).doesNotContainPattern("(?i)\\b(cu|cupti)[A-Z]");
    }
}
