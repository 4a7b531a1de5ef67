package io.github.bubbletrace.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.reports.SampleAnalyses;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputTextTest {

    @Test
    void saysWhatIsInEveryInput() {
        String text = InputText.text(SampleAnalyses.pipeline().inputs());
        assertThat(text).startsWith("""
                traces/rank0.sqlite
                  format     nsys-sqlite
                  producer   2024.2.3
                  schema     3.11.4
                  ranks      0
                  GPUs       1
                  kernels    2,002 (12 point-to-point, 4 collective, 24 without an API call)
                  copies     5,005
                  ranges     1,004 (256 name a phase and a micro-batch)
                  API calls  45,000
                  clock      offset 0 ns, error up to 80 ns
                  missing    nothing

                traces/rank1.sqlite
                """);
    }

    @Test
    void ranksWithoutGapsAreASpan() {
        assertThat(InputText.ranks(List.of())).isEqualTo("none");
        assertThat(InputText.ranks(List.of(3))).isEqualTo("3");
        assertThat(InputText.ranks(List.of(0, 1, 2, 3))).isEqualTo("0 to 3");
        assertThat(InputText.ranks(List.of(0, 2, 3))).isEqualTo("0, 2 and 3");
    }
}
