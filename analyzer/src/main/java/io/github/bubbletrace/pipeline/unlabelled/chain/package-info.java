/** The order of stages by who sends to whom, and which transfers are of forwards. */
package io.github.bubbletrace.pipeline.unlabelled.chain;
