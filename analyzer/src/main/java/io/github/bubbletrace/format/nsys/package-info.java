/** SQLite exports of Nsight Systems, schemas 2.9 to 3.25 and the older form without metadata tables. */
package io.github.bubbletrace.format.nsys;
