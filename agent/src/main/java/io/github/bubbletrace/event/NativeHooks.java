package io.github.bubbletrace.event;

/** The hook library that records kernels and copies, through JNI. Results are its own numbers: 0 is done. */
public final class NativeHooks {

    private NativeHooks() {}

    /**
     * Loads {@code glue}, this class's native methods, and with it {@code library}, the hook library.
     *
     * @return null, or why the library cannot be loaded
     * @throws IllegalCallerException where this JVM denies native access
     * @throws UnsatisfiedLinkError where the glue cannot be loaded
     */
    public static String load(String glue, String library) {
        System.load(glue);
        return open(library);
    }

    private static native String open(String library);

    /** Starts recording kernels into {@code folder}; {@code cupti} may be null. */
    public static native int start(String folder, String cupti);

    /** Ends the recording and writes the rest of it. */
    public static native int stop();

    /** Writes what is there. */
    public static native int flush();

    /** Kernels and dropped records so far, the capture's path, and the last problem, one a line. */
    public static native String status();

    static native void push(long span);

    static native void pop();
}
