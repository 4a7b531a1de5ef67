/** Which send meets which receive. */
package io.github.bubbletrace.pipeline.unlabelled.join;
