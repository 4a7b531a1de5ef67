/** Captures that the hook library writes (native-hooks/FORMAT.md), readable for ever. */
package io.github.bubbletrace.format.capture;
