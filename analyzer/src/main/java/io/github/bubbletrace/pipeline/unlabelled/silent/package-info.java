/** What transfers do whose kernels do not say whether they send or receive. */
package io.github.bubbletrace.pipeline.unlabelled.silent;
