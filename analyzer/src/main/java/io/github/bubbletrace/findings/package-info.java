/** Findings: one small class a question, each with its verdict, evidence, gain, advice and check. */
package io.github.bubbletrace.findings;
