/** Schedules as data: generators of every device's order, closed forms, recognition. */
package io.github.bubbletrace.schedule;
