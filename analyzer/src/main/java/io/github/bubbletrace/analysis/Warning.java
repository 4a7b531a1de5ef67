package io.github.bubbletrace.analysis;

/**
 * One kind of oddity in the inputs.
 *
 * @param code stable name for scripts, as {@code kernels-without-api-call}
 * @param severity how much it matters
 * @param count how often it occurred
 * @param text what it is, one sentence
 * @param advice what to do about it
 */
public record Warning(String code, Severity severity, long count, String text, String advice) {}
