package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import java.util.List;

/** One question about a pipeline run. */
interface Rule {

    /** What it found; empty where nothing is wrong. */
    List<Finding> examine(Subject subject);
}
