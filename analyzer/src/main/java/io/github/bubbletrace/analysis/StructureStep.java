package io.github.bubbletrace.analysis;

/**
 * One step of finding a pipeline without labels, and how sure it is.
 *
 * @param step what was found: {@code transfers}, {@code stages}, {@code tasks}, {@code weights},
 *     {@code recomputations}, {@code microBatches}, {@code names}, {@code iterations} or {@code lanes}
 * @param confidence 0 to 1
 * @param by what it was found by, a phrase
 */
public record StructureStep(String step, double confidence, String by) {}
