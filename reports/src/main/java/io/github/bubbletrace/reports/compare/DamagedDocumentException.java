package io.github.bubbletrace.reports.compare;

/** A document that is not what its schema says; the message says where. */
final class DamagedDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedDocumentException(String message) {
        super(message);
    }
}
