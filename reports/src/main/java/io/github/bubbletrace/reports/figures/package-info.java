/** The figures of an analysis as reports show them: shares that sum, devices, stages, columns of iterations. */
package io.github.bubbletrace.reports.figures;
