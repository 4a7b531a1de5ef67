package io.github.bubbletrace.findings;

/** One question about a pipeline run. */
interface Rule {

    /** The answer for one replica. */
    Answer examine(Subject subject);
}
