package io.github.bubbletrace.reports.picture;

/**
 * One coloured stretch of a lane.
 *
 * @param startNs its start on the document's axis
 * @param endNs its end
 * @param css class that fills it
 * @param label letters inside it where there is room; may be empty
 * @param title what it is, in words
 */
record PictureSpan(long startNs, long endNs, String css, String label, String title) {

    long lengthNs() {
        return endNs - startNs;
    }
}
