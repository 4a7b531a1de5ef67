/** The median iteration, stages, steps and heat map, as SVG and as pixels. */
package io.github.bubbletrace.reports.picture;
