/** What a change would buy: recorded steps replayed with other costs or in another order. One class a change. */
package io.github.bubbletrace.whatif;
