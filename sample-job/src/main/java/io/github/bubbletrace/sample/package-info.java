/** A pipeline of four threads and queues, with causes of idle time that the user plants. */
package io.github.bubbletrace.sample;
