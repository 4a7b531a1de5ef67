package io.github.bubbletrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipelineSpanTest {

    @Test
    void withoutTheAgentAllSpansAreOneThatDoesNothing() {
        PipelineSpan first = PipelineSpan.begin(0, 1);
        PipelineSpan second = PipelineSpan.begin(3, 2, 1, 'B');
        assertThat(first).isSameAs(second);
        first.end();
        second.close();
    }
}
