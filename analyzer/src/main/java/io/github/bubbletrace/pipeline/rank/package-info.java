/** Which rank each file and lane is, and which ranks its communicators join. */
package io.github.bubbletrace.pipeline.rank;
